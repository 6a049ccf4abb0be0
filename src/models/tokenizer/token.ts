/** A token of a text: its number in the vocabulary, its weight, min(−log p, 12), and its place. */
export interface Token {
  readonly id: number;
  readonly weight: number;
  /** [start, end) in UTF-16 code units; a token that stands for a space alone has an empty place. */
  readonly start: number;
  readonly end: number;
}

/** Cuts texts into the tokens that a model knows. */
export interface Tokenizer {
  /** The tokens that stand before and after the tokens of each text. */
  readonly first: number;
  readonly last: number;
  tokenize(text: string): Token[];
}

/** Weight of a piece that never occurs in training, −log p; the cap keeps one odd piece from deciding a search. */
const MAX_TOKEN_WEIGHT = 12;

/** A token's weight from its piece's score, log p; that of one without a score is the highest. */
export function tokenWeight(score = -Infinity): number {
  return Math.min(-score, MAX_TOKEN_WEIGHT);
}
