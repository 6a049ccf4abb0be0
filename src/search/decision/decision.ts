import * as v from "valibot";
import type { Background } from "../../index/generation.ts";
import type { IntentGuess } from "../intent/intent.ts";
import type { Query, RankedPassage, Ranking } from "../ranking.ts";
import type { SentenceMatch } from "../scorers/lateInteraction.ts";
import fitted from "./decision.json" with { type: "json" };
import { mapNames } from "../../names.ts";
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
interface Thresholds {
  readonly found: number;
  readonly maybe: number;
}

const Coefficients = v.object({
  bias: v.number(),
  weights: v.object(mapNames(FEATURES, () => v.number())),
  thresholds: v.object({ found: v.number(), maybe: v.number() }),
});

/** Fitted by scripts/dev/fit.ts; its provenance stands with it. */
const MODELS = v.parse(v.object({ native: Coefficients, foreign: Coefficients }), fitted);

/**
 * From this share of a question on that is a name in pinyin of the best passage, it is not refused. The model sees nothing in such a
 * name, and among the questions that the decision is fitted on there are too few to learn it from.
 */
const NAMED_SHARE = 0.3;

/** What a decision needs besides the passages. */
interface DecisionContext {
  readonly isNative: boolean;
  readonly guess: IntentGuess;
  readonly background: Background;
  /** How the best passage matches the centred question; undefined where there is none. */
  readonly match: SentenceMatch | undefined;
}

/**
 * Decides what may be said of a search.
 *
 * @param passages Best first.
 */
export function decide(
  passages: readonly RankedPassage[],
  { isNative, guess, background, match }: DecisionContext,
): Decision {
  const [best] = passages;
  const features =
    match && featuresOf(passages, match, isNative ? background.native : background.foreign);
  if (best === undefined || features === undefined) {
    return { state: "none", confidence: 0, reasons: undefined };
  }
  const { bias, weights, thresholds } = isNative ? MODELS.native : MODELS.foreign;
  const effects = mapNames(FEATURES, (name) => weights[name] * features[name]);
  // Below even odds it is no chat: "who is the mayor" sounds like "who are you".
  const isAboutReports = guess.intent === "chat" ? Math.min(1, 2 * (1 - guess.probability)) : 1;
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
const EXACT: Decision = { state: "found", confidence: 1, reasons: undefined };

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

/** What was found, in each of the ways. */
interface FoundPassages {
  /** What the question quotes. */
  readonly quoted: readonly RankedPassage[];
  /** What answers a question about the document itself. */
  readonly ofDocument: readonly RankedPassage[];
  /** Of the text, best first. */
  readonly ofText: readonly RankedPassage[];
}

/** What is compared with what was found. */
interface Asked {
  readonly query: Query;
  readonly guess: IntentGuess;
  readonly background: Background;
}

/** Decides what may be said of a search by the best of the ways in which something was found. */
export async function decideFound(
  { quoted, ofDocument, ofText }: FoundPassages,
  { query, guess, background }: Asked,
  ranking: Pick<Ranking, "centredMatch">,
): Promise<Decision> {
  if (quoted.length > 0) return EXACT;
  if (ofDocument.length > 0) return decideDocument(guess);
  const [best] = ofText;
  const match = best && (await ranking.centredMatch(query, best));
  return decide(ofText, { isNative: query.isNative, guess, background, match });
}

/** The state that a confidence allows. */
export function stateOf(confidence: number, { found, maybe }: Thresholds): State {
  if (confidence >= found) return "found";
  return confidence >= maybe ? "maybe" : "none";
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
