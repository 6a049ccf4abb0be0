import type { QuestionMeans } from "../index/generation.ts";
import type { Encoder } from "../models/encoder/encoder.ts";
import { foldHan } from "../text/fold.ts";
import { meanOfRows } from "../vectors.ts";
import questionBank from "./questionBank.json" with { type: "json" };

/** Significant digits of a stored mean: more than a float has. */
const DIGITS = 9;

/** The mean vector and the mean token vector of each language, over a bank of ordinary questions. */
export async function measureBank(encoder: Encoder): Promise<QuestionMeans> {
  const mean = (rows: Float32Array[]): number[] =>
    Array.from(meanOfRows(rows, encoder.dimensions), (value) => Number(value.toPrecision(DIGITS)));
  const means: QuestionMeans = {};
  for (const [language, questions] of Object.entries(questionBank)) {
    const vectors: Float32Array[] = [];
    const tokens: Float32Array[] = [];
    for (const question of questions) {
      const encoding = await encoder.encode(foldHan(question), "query");
      vectors.push(encoding.vector);
      tokens.push(encoding.tokens);
    }
    means[language] = { vector: mean(vectors), token: mean(tokens) };
  }
  return means;
}
