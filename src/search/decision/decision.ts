import * as v from "valibot";
import { mapNames } from "../../names.ts";
import type { ReadPassage } from "../reading/reranking.ts";
import type { Searched } from "../search.ts";
import fitted from "./decision.json" with { type: "json" };
import { FEATURES, featuresOf } from "./features.ts";
import type { Features } from "./features.ts";
import { judge } from "./judgement.ts";
import type { Judgement } from "./judgement.ts";

/** Whether the passage that was asked for is there, may be there, or is not in the reports. */
export type State = "found" | "maybe" | "none";

/** What may be said of a search, and why. */
export interface Decision {
  readonly state: State;
  /** How likely the first passage answers; 0..1. */
  readonly confidence: number;
  /** Undefined where no passage was found at all, and for a question that quotes the reports. */
  readonly reasons: Reasons | undefined;
}

/** What a decision comes from. */
export interface Reasons {
  /** By their names: {@link FEATURES}, of a question that leans on the one before the features of `followUp/leaning.ts`. */
  readonly features: Readonly<Record<string, number>>;
  /** Whether the first passage answers: what is found needs the threshold. */
  readonly answers: Judgement;
  /** Whether the question has to do with the reports at all: below the threshold nothing is offered. */
  readonly relates?: Judgement;
}

const Coefficients = v.object({
  bias: v.number(),
  weights: v.object(mapNames(FEATURES, () => v.number())),
  /** For questions in a language of the reports and in others. */
  thresholds: v.object({ native: v.number(), foreign: v.number() }),
});

const Models = v.object({ answers: Coefficients, relates: Coefficients });

/** Fitted by scripts/dev/fit.ts, for searches with a reader and without; their provenance stands with them. */
const MODELS = v.parse(v.object({ read: Models, unread: Models }), fitted);

/** A question that quotes a sentence of the reports is found. */
const EXACT: Decision = { state: "found", confidence: 1, reasons: undefined };

/** What is said where there is no passage, or none of the number that is asked for. */
const NOTHING: Decision = { state: "none", confidence: 0, reasons: undefined };

/**
 * Decides what may be said of a search: by what the question quotes, else by its passages.
 *
 * @param passages Best first.
 */
export function decide(
  [best, ...others]: readonly ReadPassage[],
  { exact, windows, ranked, question: { isNative } }: Searched,
): Decision {
  if (exact.quotations.some(({ isWhole }) => isWhole)) return EXACT;
  if (best === undefined || exact.isMissing) return NOTHING;
  const unreadFirst = ranked[0]?.passage;
  const features = featuresOf({ passages: [best, ...others], windows, unreadFirst, isNative });
  const models = windows.length > 0 ? MODELS.read : MODELS.unread;
  const answers = judgeBy(models.answers, features, isNative);
  const relates = judgeBy(models.relates, features, isNative);
  return {
    state: stateOf(answers, relates, windows.length > 0),
    confidence: answers.probability,
    reasons: { features, answers, relates },
  };
}

function judgeBy(
  model: v.InferOutput<typeof Coefficients>,
  features: Features,
  isNative: boolean,
): Judgement {
  const { native, foreign } = model.thresholds;
  return judge(FEATURES, features, model, isNative ? native : foreign);
}

/** What answers more likely than not is never refused: a byline shares no word with the question who wrote this. */
const OFFERED = 0.5;

/** What was not read is never called found: matching alone cannot tell an answer from what only sounds like one. */
function stateOf(answers: Judgement, relates: Judgement, wasRead: boolean): State {
  if (wasRead && answers.probability >= answers.threshold) return "found";
  const isOffered = relates.probability >= relates.threshold || answers.probability >= OFFERED;
  return isOffered ? "maybe" : "none";
}
