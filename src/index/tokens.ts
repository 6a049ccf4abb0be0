import type { CentredRows } from "../embed/quantize.ts";

/** The centred token vectors of all sentences, one after the other, as they stand in their files. */
export interface TokenTable {
  readonly dimensions: number;
  /** `tokens × dimensions` signed bytes. */
  readonly rows: Int8Array;
  /** One scale a token. */
  readonly scales: Float32Array;
  /** Length of each centred vector. */
  readonly lengths: Float32Array;
  /** What was subtracted from every token vector: `dimensions` values. */
  readonly mean: Float32Array;
  /** First token of each sentence, and the number of all tokens last: `sentences + 1` values. */
  readonly offsets: Uint32Array;
  /** [start, end) of each token in its sentence, UTF-16 code units: `2 × tokens` values. */
  readonly spans: Uint32Array;
}

/** One sentence's token vectors. */
export interface SentenceTokens extends CentredRows {
  /** [start, end) of each token in the sentence, UTF-16 code units. */
  readonly spans: Uint32Array;
}

/** The tokens of one sentence, as views into the table. */
export function tokensOf(table: TokenTable, sentence: number): SentenceTokens {
  const from = table.offsets[sentence];
  const to = table.offsets[sentence + 1];
  if (from === undefined || to === undefined) throw new RangeError(`no sentence ${sentence}`);
  return {
    rows: table.rows.subarray(from * table.dimensions, to * table.dimensions),
    scales: table.scales.subarray(from, to),
    lengths: table.lengths.subarray(from, to),
    spans: table.spans.subarray(2 * from, 2 * to),
  };
}
