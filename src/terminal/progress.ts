import { SingleBar } from "cli-progress";

/** Told how much of the work is done. */
type OnProgress = (done: number, total: number) => void;

/** Draws a bar on `stream` while work goes on, if it is a terminal. */
export async function withProgress<Result>(
  stream: NodeJS.WriteStream,
  label: string,
  work: (onProgress: OnProgress) => Promise<Result>,
): Promise<Result> {
  if (!stream.isTTY) return work(() => undefined);
  const bar = new SingleBar({
    stream,
    format: `${label} {bar} {value}/{total} · {eta_formatted} left`,
    hideCursor: true,
    clearOnComplete: true,
  });
  let isStarted = false;
  try {
    return await work((done, total) => {
      if (isStarted) bar.update(done);
      else bar.start(total, done);
      isStarted = true;
    });
  } finally {
    bar.stop();
  }
}
