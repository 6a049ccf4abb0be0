import type { QuestionMeans } from "../index/generation.ts";
import type { Encoder } from "../models/encoder/encoder.ts";
import { foldHan } from "../text/fold.ts";
import { meanOfRows } from "../vectors.ts";
import type { OnProgress } from "./steps.ts";
import questionBank from "./questionBank.json" with { type: "json" };

/** Significant digits of a stored mean: more than a float has. */
const DIGITS = 9;

/** The mean vector and the mean token vector of each language, over a bank of ordinary questions. */
export async function measureBank(
  encoder: Pick<Encoder, "dimensions" | "encode">,
  onProgress: OnProgress = () => undefined,
): Promise<QuestionMeans> {
  const mean = (rows: Float32Array[]): number[] =>
    Array.from(meanOfRows(rows, encoder.dimensions), (value) => Number(value.toPrecision(DIGITS)));
  const means: QuestionMeans = {};
  const total = Object.values(questionBank).flat().length;
  let done = 0;
  for (const [language, questions] of Object.entries(questionBank)) {
    const encodings = await Promise.all(
      questions.map((question) => encoder.encode(foldHan(question), "query")),
    );
    const vectors = encodings.map(({ vector }) => vector);
    const tokens = encodings.map((encoding) => encoding.tokens);
    means[language] = { vector: mean(vectors), token: mean(tokens) };
    done += questions.length;
    onProgress("ordinary questions", done, total);
  }
  return means;
}
