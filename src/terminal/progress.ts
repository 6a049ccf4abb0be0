import { SingleBar } from "cli-progress";

/** A progress bar on a terminal; nothing elsewhere. */
export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

/** Draws a bar on `stream` while work goes on. */
export function createProgress(stream: NodeJS.WriteStream, label: string): Progress {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    stream,
    format: `${label} {bar} {value}/{total} · {eta_formatted} left`,
    hideCursor: true,
    clearOnComplete: true,
  });
  let isStarted = false;
  return {
    update: (done, total) => {
      if (isStarted) bar.update(done);
      else bar.start(total, done);
      isStarted = true;
    },
    stop: () => {
      if (isStarted) bar.stop();
    },
  };
}
