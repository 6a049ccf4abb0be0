import { quantizeRows } from "../../vectors.ts";
import type { Generation } from "../../index/generation.ts";
import { createMaxSim } from "../maxsim/maxsim.ts";
import type { Interaction } from "../maxsim/maxsim.ts";

/** How well a sentence answers a question, token by token. */
export interface SentenceMatch {
  readonly sentence: number;
  /** Σ w·max cos / Σ w over the question's tokens, in −1..1. */
  readonly score: number;
  /** For each question token its best cosine in the sentence, and the sentence's token that gives it. */
  readonly interaction: Interaction;
}

/** A question's tokens, centred: `n × dimensions` values in rows of length 1, and their `n` weights. */
export interface WeightedTokens {
  readonly tokens: Float32Array;
  readonly weights: Float32Array;
}

/** Scores sentences of one index against a question. */
export type Interact = (question: WeightedTokens, sentences: readonly number[]) => SentenceMatch[];

/**
 * Prepares late interaction: score(q, d) = Σ_t w_t · max_j cos(q_t, d_j) / Σ_t w_t (ColBERT, Khattab and Zaharia 2020,
 * section 3.3), here over an encoder's own last hidden states, with weights w_t = min(−log p(t), 12).
 */
export function prepareInteraction({
  tokens,
  dimensions,
}: Pick<Generation, "tokens" | "dimensions">): Interact {
  const maxSim = createMaxSim(dimensions);
  return (question, sentences) => {
    maxSim.setQuestion(quantizeRows(question.tokens, dimensions));
    return sentences.map((sentence) => {
      const interaction = maxSim.interact(tokens.read(sentence));
      const score = weightedMean(interaction.maxima, question.weights);
      return { sentence, interaction, score };
    });
  };
}

function weightedMean(values: Float32Array, weights: Float32Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    sum += weight * (values[i] ?? 0);
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}
