import * as v from "valibot";
import data from "./intents.json" with { type: "json" };

/**
 * What a question is about, where that is not simply the text: the document itself, who said what, or nothing that a report holds
 * (`chat`: a joke, the weather, a bit of code, a game).
 */
export type Intent = (typeof INTENTS)[number];

const INTENTS = [
  "title",
  "author",
  "date",
  "sections",
  "about",
  "heading",
  "speaker",
  "said",
  "chat",
] as const;

/** Fitted by scripts/dev/fit.ts; its provenance stands with it. */
const fitted = v.parse(
  v.object({
    kinds: v.array(v.string()),
    scale: v.number(),
    mean: v.array(v.number()),
    weights: v.array(v.array(v.number())),
    biases: v.array(v.number()),
  }),
  data,
);

/** A kind of question, and how likely it is that one; 0..1. */
export interface IntentGuess {
  readonly intent: Intent | "other";
  readonly probability: number;
}

/** Of a question that is simply about the text. */
export const NO_INTENT: IntentGuess = { intent: "other", probability: 1 };

/**
 * Tells a question's kind from its vector, in any language: a linear classifier (multinomial logistic regression), fitted by
 * scripts/dev/fit.ts on examples in 16 languages. With a model of other dimensions than it was fitted for, it knows no kinds.
 */
export function classifyIntent(vector: Float32Array): IntentGuess {
  if (fitted.mean.length !== vector.length) return NO_INTENT;
  const centred = vector.map((value, k) => fitted.scale * (value - (fitted.mean[k] ?? 0)));
  const scores = fitted.weights.map(
    (row, i) =>
      row.reduce((sum, weight, k) => sum + weight * (centred[k] ?? 0), 0) + (fitted.biases[i] ?? 0),
  );
  const highest = Math.max(...scores);
  const total = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
  const name = fitted.kinds[scores.indexOf(highest)];
  return { intent: INTENTS.find((kind) => kind === name) ?? "other", probability: 1 / total };
}
