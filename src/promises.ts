/** Promises that others wait for. */
import { once } from "node:events";

/** Goes on beside others; whoever awaits it later sees a failure, which until then must not count as unhandled. */
export function inBackground<Work extends Promise<unknown> | undefined>(work: Work): Work {
  work?.catch(() => undefined);
  return work;
}

/**
 * What some work comes to; where the signal comes first, if there is one, the work goes on unseen.
 *
 * @throws {unknown} the signal's reason, or what the work throws.
 */
export async function unlessAborted<Done>(
  work: Promise<Done>,
  signal: AbortSignal | undefined,
): Promise<Done> {
  if (signal === undefined) return work;
  void inBackground(work);
  signal.throwIfAborted();
  const over = new AbortController();
  const aborted = once(signal, "abort", { signal: over.signal }).then(() => {
    signal.throwIfAborted();
    throw new Error("a signal told of its end and is not aborted");
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    over.abort();
  }
}

/**
 * What some work comes to within `timeoutMs`; after that it goes on unseen.
 *
 * @param tooLate Makes what is thrown then.
 */
export async function inTime<Done>(
  work: Promise<Done>,
  timeoutMs: number,
  tooLate: () => Error,
): Promise<Done> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(tooLate());
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
