import { quantizeRows } from "../embed/quantize.ts";
import { dotRows } from "../embed/rows.ts";
import type { Generation } from "../index/generation.ts";
import { tokensOf } from "../index/tokens.ts";
import { createMaxSim } from "./maxsim.ts";
import type { Interaction } from "./maxsim.ts";

/** How well a sentence answers a question, token by token. */
export interface SentenceMatch {
  readonly sentence: number;
  /** Σ w·max cos / Σ w over the question's tokens, in −1..1. */
  readonly score: number;
  /** For each question token its best cosine in the sentence, and the sentence's token that gives it. */
  readonly interaction: Interaction;
}

/** A question's tokens, `n × dimensions` values in rows of length 1, and their `n` weights. */
export interface WeightedTokens {
  readonly tokens: Float32Array;
  readonly weights: Float32Array;
}

/** Scores sentences of one index against a question. */
export type Interact = (question: WeightedTokens, sentences: readonly number[]) => SentenceMatch[];

/** Late interaction with the sentences of one index. */
export interface LateInteraction {
  /** With vectors as the model gives them. */
  readonly plain: Interact;
  /** With centred vectors, for a question that is centred too. */
  readonly centred: Interact;
}

/**
 * Prepares late interaction: score(q, d) = Σ_t w_t · max_j cos(q_t, d_j) / Σ_t w_t (ColBERT, Khattab and Zaharia 2020,
 * section 3.3), here over an encoder's own last hidden states, with weights w_t = min(−log p(t), 12).
 *
 * The index holds centred vectors c and their lengths l, with d = l·c + m. So q·d = l·(q·c) + q·m, and as q·m is the same
 * for every d, the best row is found without it.
 */
export function prepareInteraction({
  tokens,
  dimensions,
}: Pick<Generation, "tokens" | "dimensions">): LateInteraction {
  const maxSim = createMaxSim(dimensions);
  const plainScales = tokens.scales.map((scale, i) => scale * (tokens.lengths[i] ?? 0));
  const plainTable = { ...tokens, scales: plainScales };
  return {
    plain: (question, sentences) => {
      maxSim.setQuestion(quantizeRows(question.tokens, dimensions));
      const shares = dotRows(question.tokens, tokens.mean);
      return sentences.map((sentence) => {
        const { maxima, matches } = maxSim.interact(tokensOf(plainTable, sentence));
        const cosines = maxima.map((value, t) => value + (shares[t] ?? 0));
        return toMatch(sentence, { maxima: cosines, matches }, question.weights);
      });
    },
    centred: (question, sentences) => {
      maxSim.setQuestion(quantizeRows(question.tokens, dimensions));
      return sentences.map((sentence) =>
        toMatch(sentence, maxSim.interact(tokensOf(tokens, sentence)), question.weights),
      );
    },
  };
}

function toMatch(sentence: number, interaction: Interaction, weights: Float32Array): SentenceMatch {
  return { sentence, interaction, score: weightedMean(interaction.maxima, weights) };
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
