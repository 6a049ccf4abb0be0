import type { SentenceVectors } from "../../index/generation.ts";
import { quantizeRows, weightedMean } from "../../vectors.ts";
import type { Interaction, MaxSim } from "../maxsim/maxsim.ts";

/** How well a sentence answers a question, token by token. */
export interface SentenceMatch {
  readonly sentence: number;
  /** Σ w·max cos / Σ w over the question's tokens, in −1..1. */
  readonly score: number;
  /** For each question token its best cosine in the sentence, and the sentence's token that gives it. */
  readonly interaction: Interaction;
  /** [start, end) of each of the sentence's tokens in it, UTF-16 code units; two values a token. */
  readonly spans: Uint32Array;
}

/** A question's tokens: `n × dimensions` values in rows of length 1, and their `n` weights. */
interface WeightedTokens {
  readonly tokens: Float32Array;
  readonly weights: Float32Array;
}

/**
 * Late interaction: score(q, d) = Σ_t w_t · max_j cos(q_t, d_j) / Σ_t w_t (ColBERT, Khattab and Zaharia 2020,
 * section 3.3), here over an encoder's own last hidden states, with weights w_t = min(−log p(t), 12).
 */
export function matchSentences(
  maxSim: MaxSim,
  { tokens, weights }: WeightedTokens,
  sentences: readonly Pick<SentenceVectors, "sentence" | "tokens">[],
): SentenceMatch[] {
  maxSim.setQuestion(quantizeRows(tokens, maxSim.dimensions));
  return sentences.map(({ sentence, tokens: ofSentence }) => {
    const interaction = maxSim.interact(ofSentence);
    const score = weightedMean(interaction.maxima, weights) ?? 0;
    return { sentence, interaction, score, spans: ofSentence.spans };
  });
}
