/** Whether a question leans on the one before it, and what may be said of it then: fitted models, and how its passages are ordered. Pure. */
import * as v from "valibot";
import { mapNames } from "../../names.ts";
import type { Conclusion } from "../conclusion.ts";
import { UNREAD_SCORE } from "../decision/features.ts";
import { judge } from "../decision/judgement.ts";
import type { Judgement } from "../decision/judgement.ts";
import { RankWeights } from "../reading/reranking.ts";
import fitted from "./leaning.json" with { type: "json" };

/** How surely the first passage of both questions together answers, by reading: with the new words `alone`, and with both `together`. */
export interface BothReadings {
  readonly alone: number;
  readonly together: number;
}

/** The readings of a passage that was not read. */
export const UNREAD: BothReadings = { alone: UNREAD_SCORE, together: UNREAD_SCORE };

/** What tells whether a passage answers a question that leans on the one before. */
export const ANSWER_FEATURES = ["alone", "together"] as const;

/**
 * What tells whether a question leans on the one before: `confidence`, the logit of how likely the new words are answered by what is found
 * for them alone; `length`, ln of the number of their tokens; and both readings of what is found for the two together.
 */
export const LEANING_FEATURES = ["confidence", "length", ...ANSWER_FEATURES] as const;

type LeaningFeatures = Readonly<Record<(typeof LEANING_FEATURES)[number], number>>;

/** The weights of a logistic model. */
const modelOf = <Name extends string>(names: readonly Name[]) =>
  v.object({ bias: v.number(), weights: v.object(mapNames(names, () => v.number())) });

/** Fitted by scripts/dev/fit.ts, for searches with a reader and without; the provenance stands with it. */
const MODELS = v.parse(
  v.object({
    leans: v.object({ read: modelOf(LEANING_FEATURES), unread: modelOf(LEANING_FEATURES) }),
    order: RankWeights,
    answers: v.object({ ...modelOf(ANSWER_FEATURES).entries, threshold: v.number() }),
  }),
  fitted,
);

/** How the passages of a question that leans are ordered, by its own words and by reading both together. */
export const LEANING_ORDER = MODELS.order;

/** From here on it leans more likely than not. */
const LEANING_THRESHOLD = 0.5;

/** Nearer to 0 and 1 a confidence says no more. */
const LEAST_CONFIDENCE = 1e-4;

/** The features of a question that was searched alone and together with the one before. */
export function leaningFeatures(
  { decision, searched }: Conclusion,
  readings: BothReadings,
): LeaningFeatures {
  const likely = Math.min(Math.max(decision.confidence, LEAST_CONFIDENCE), 1 - LEAST_CONFIDENCE);
  return {
    confidence: Math.log(likely / (1 - likely)),
    length: Math.log(1 + searched.query.encoding.weights.length),
    ...readings,
  };
}

/** Whether a question leans on the one before. */
export function leans(alone: Conclusion, readings: BothReadings): boolean {
  const model = alone.searched.windows.length > 0 ? MODELS.leans.read : MODELS.leans.unread;
  const features = leaningFeatures(alone, readings);
  return judge(LEANING_FEATURES, features, model, 0).probability >= LEANING_THRESHOLD;
}

/** Whether a passage answers a question that leans on the one before. */
export function judgeAnswer(readings: BothReadings): Judgement {
  const { answers } = MODELS;
  return judge(ANSWER_FEATURES, { ...readings }, answers, answers.threshold);
}
