/** Channels that tell of steps and events; where nobody listens they cost nothing. */
import { channel as namedChannel, tracingChannel } from "node:diagnostics_channel";

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

/** Where is told, in words, what becomes of the worker that runs the models: of a bot, the log listens. */
export const MODELS_CHANNEL = "verbatim:models";

const models = namedChannel(MODELS_CHANNEL);

/** Tells of the models' worker. */
export function tellOfModels(what: string): void {
  models.publish(what);
}
