import { tracingChannel } from "node:diagnostics_channel";

/** Where the steps of a start tell when they begin and end. `npm run bench -- --start` listens; else nobody does, and it costs nothing. */
export const START_CHANNEL = "verbatim:start";

/** What is told of a step. */
export interface TracedStep {
  readonly step: string;
}

const channel = tracingChannel<string, TracedStep>(START_CHANNEL);

/** Does a step of the start, and tells of it. */
export function traced<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
  return channel.tracePromise(work, { step });
}
