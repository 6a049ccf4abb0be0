/** The end of the bot's process. It is loaded before all else, so that a signal finds it prepared. */

/** All may take so long to end after a signal, in milliseconds: Docker and others kill after ten seconds. */
const END_TIMEOUT_MS = 8_000;

/** npm hands on to its child what a terminal has told that child already: signals within so many milliseconds are one. */
const ONE_SIGNAL_MS = 500;

const controller = new AbortController();
const SIGNALS = ["SIGINT", "SIGTERM"] as const;
let toldAt: number | undefined;

/** Aborted when the process is asked to end. */
export const endOfProcess = controller.signal;

for (const signal of SIGNALS) process.on(signal, askToEnd);

/** The first time it asks; a second time, or when it takes too long, the process ends as it is: what it writes is whole or not there. */
export function askToEnd(): void {
  if (toldAt === undefined) {
    toldAt = performance.now();
    setTimeout(() => process.exit(0), END_TIMEOUT_MS).unref();
    controller.abort();
  } else if (performance.now() - toldAt > ONE_SIGNAL_MS) {
    process.exit(0);
  }
}

/** Leaves signals to whatever else the process does. */
export function listenNoMore(): void {
  for (const signal of SIGNALS) process.off(signal, askToEnd);
}
