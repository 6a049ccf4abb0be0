import * as v from "valibot";
import type { Background } from "../../index/generation.ts";
import type { IntentGuess } from "../intent/intent.ts";
import type { EncodedQuestion, RankedPassage, Ranking } from "../ranking.ts";
import fitted from "./decision.json" with { type: "json" };
import { FEATURES, featuresOf } from "./features.ts";
import type { Features } from "./features.ts";

/** Whether the passage that was asked for is there, may be there, or is not in the reports. */
export type State = "found" | "maybe" | "none";

/** What may be said of a search, and why. */
export interface Decision {
  readonly state: State;
  /** How likely the reports answer, by a logistic model of the features; 0..1. */
  readonly confidence: number;
  /** Undefined where no passage was found at all, and for a question about the document itself. */
  readonly reasons: Reasons | undefined;
}

/** What a confidence comes from. */
export interface Reasons {
  readonly features: Features;
  /** What each feature adds to the logit of the confidence; they and the bias make its sum. */
  readonly effects: Features;
  readonly bias: number;
  readonly thresholds: Thresholds;
}

/** The least confidence of each state. */
export interface Thresholds {
  readonly found: number;
  readonly maybe: number;
}

const Coefficients = v.object({
  bias: v.number(),
  weights: v.object({
    interaction: v.number(),
    strength: v.number(),
    dense: v.number(),
    unmatched: v.number(),
    lexical: v.number(),
    margin: v.number(),
    lead: v.number(),
    length: v.number(),
  }),
  thresholds: v.object({ found: v.number(), maybe: v.number() }),
});

/** Fitted by scripts/fit.ts; its provenance stands with it. */
const MODELS = v.parse(v.object({ native: Coefficients, foreign: Coefficients }), fitted);

/**
 * From this share of a question on that is a name in pinyin of the best passage, it is not refused. The model sees nothing in such a
 * name, and among the questions that the decision is fitted on there are too few to learn it from.
 */
const NAMED_SHARE = 0.3;

/** What a decision needs besides the question and the passages. */
export interface DecisionContext {
  readonly ranking: Ranking;
  readonly intent: IntentGuess;
  readonly background: Background;
}

/**
 * Decides what may be said of a search.
 *
 * @param passages Best first.
 */
export function decide(
  question: EncodedQuestion,
  passages: readonly RankedPassage[],
  { ranking, intent, background }: DecisionContext,
): Decision {
  const { isNative } = question;
  const [best] = passages;
  const evidence = best && ranking.centredMatch(question, best);
  const features =
    evidence && featuresOf(passages, evidence, isNative ? background.native : background.foreign);
  if (best === undefined || features === undefined) {
    return { state: "none", confidence: 0, reasons: undefined };
  }
  const { bias, weights, thresholds } = isNative ? MODELS.native : MODELS.foreign;
  const effects = weigh(features, weights);
  // Below even odds it is no chat: "who is the mayor" sounds like "who are you".
  const isAboutReports = intent.intent === "chat" ? Math.min(1, 2 * (1 - intent.probability)) : 1;
  const logit = FEATURES.reduce((sum, name) => sum + effects[name], bias);
  const isNamed = best.scores.pinyin >= NAMED_SHARE;
  const confidence = isAboutReports * Math.max(logistic(logit), isNamed ? thresholds.maybe : 0);
  return {
    state: stateOf(confidence, thresholds),
    confidence,
    reasons: { features, effects, bias, thresholds },
  };
}

/** A question that quotes the reports is found. */
export const EXACT: Decision = { state: "found", confidence: 1, reasons: undefined };

/** From here on it is certain enough that a question is about the document. */
const FOUND_SHARE = 0.7;

/** Decides what may be said of a question about the document itself whose answer is there: as much as is sure of its kind. */
export function decideDocument({ probability }: IntentGuess): Decision {
  return {
    state: probability >= FOUND_SHARE ? "found" : "maybe",
    confidence: probability,
    reasons: undefined,
  };
}

/** The state that a confidence allows. */
export function stateOf(confidence: number, { found, maybe }: Thresholds): State {
  if (confidence >= found) return "found";
  return confidence >= maybe ? "maybe" : "none";
}

function weigh(features: Features, weights: Features): Features {
  return {
    interaction: weights.interaction * features.interaction,
    strength: weights.strength * features.strength,
    dense: weights.dense * features.dense,
    unmatched: weights.unmatched * features.unmatched,
    lexical: weights.lexical * features.lexical,
    margin: weights.margin * features.margin,
    lead: weights.lead * features.lead,
    length: weights.length * features.length,
  };
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
