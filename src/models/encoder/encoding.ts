/** What the model makes of one text. */

/** Which side of a search a text stands on; E5 models are trained with a prefix for each. */
export type Role = "query" | "passage";

/** The vectors of one text of `n` tokens, in a model of `d` dimensions. */
export interface Encoding {
  /** Mean over all tokens, L2-normalised; `d` values. */
  readonly vector: Float32Array;
  /** One L2-normalised vector a token, row after row; `n × d` values. Prefix and special tokens are left out. */
  readonly tokens: Float32Array;
  /** One weight a token, min(−log p, 12): rare pieces count more; `n` values in 0..12. */
  readonly weights: Float32Array;
  /** Where each token stands in the text, [start, end) in UTF-16 code units; `2n` values. */
  readonly spans: Int32Array;
}

/** A text of `n` tokens, without the special tokens at its ends. */
export interface TokenizedText {
  readonly ids: Uint32Array;
  /** Where each token stands in the text, [start, end) in UTF-16 code units; `2n` values. */
  readonly spans: Int32Array;
}
