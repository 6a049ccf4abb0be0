/** Promises that others wait for. */

/** Goes on beside others; whoever awaits it later sees a failure, which until then must not count as unhandled. */
export function inBackground<Work extends Promise<unknown> | undefined>(work: Work): Work {
  work?.catch(() => undefined);
  return work;
}
