/** How far long work is: a bar on a terminal, elsewhere a line now and then. */
import { SingleBar } from "cli-progress";

/** Told how much of a step is done, of how much. */
type OnProgress = (step: string, done: number, total: number) => void;

/** Where progress is shown. */
interface ProgressOptions {
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** What is being done. */
  readonly label: string;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** Without a terminal a line is written so often, in milliseconds. */
const LINE_EVERY_MS = 10_000;

/** Shows how far work is, from the first time that it tells. */
export async function withProgress<Result>(
  options: ProgressOptions,
  work: (onProgress: OnProgress) => Promise<Result>,
): Promise<Result> {
  const { show, end } = options.stream.isTTY ? showBar(options) : showLines(options);
  const { now = performance.now.bind(performance) } = options;
  let first: Moment | undefined;
  try {
    return await work((step, done, total) => {
      const moment = { step, done, total, at: now() };
      if (first?.step !== step) first = moment;
      show(moment, paceOf(first, moment));
    });
  } finally {
    end();
  }
}

/** How far work was at a moment. */
interface Moment {
  readonly step: string;
  readonly done: number;
  readonly total: number;
  readonly at: number;
}

/** How fast a step goes and how long it still takes, in words; empty until that can be told. */
function paceOf(first: Moment, { done, total, at }: Moment): string {
  const perSecond = (1_000 * (done - first.done)) / (at - first.at);
  if (!(perSecond > 0 && perSecond < Infinity)) return "";
  const rate = perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond);
  return ` · ${rate}/s · ${duration((total - done) / perSecond)} left`;
}

/** Minutes from 90 seconds on. */
function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

/** A way to show progress. */
interface Show {
  readonly show: (moment: Moment, pace: string) => void;
  readonly end: () => void;
}

function showBar({ stream, label }: ProgressOptions): Show {
  const bar = new SingleBar({
    stream,
    format: `${label}: {step} {bar} {value}/{total}{pace}`,
    hideCursor: true,
    clearOnComplete: true,
  });
  let shown: string | undefined;
  return {
    show: ({ step, done, total }, pace) => {
      if (shown === undefined) bar.start(total, done, { step, pace });
      else if (shown !== step) bar.setTotal(total);
      shown = step;
      bar.update(done, { step, pace });
    },
    end: () => {
      bar.stop();
    },
  };
}

function showLines({ stream, label }: ProgressOptions): Show {
  let last: number | undefined;
  return {
    show: ({ step, done, total, at }, pace) => {
      last ??= at;
      if (at - last < LINE_EVERY_MS) return;
      last = at;
      stream.write(`${label}: ${step} ${done}/${total}${pace}\n`);
    },
    end: () => undefined,
  };
}
