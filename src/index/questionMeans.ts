import * as v from "valibot";
import type { Encoder } from "../embed/encoder.ts";
import { meanOfRows } from "../embed/rows.ts";
import { foldHan } from "../text/fold.ts";
import { QUESTION_BANK } from "./questionBank.ts";

const Vector = v.array(v.number());

/** What the questions of a language have in common, whatever they ask: the means over the question bank. */
export const QuestionMeans = v.record(v.string(), v.object({ vector: Vector, token: Vector }));

export type QuestionMeans = v.InferOutput<typeof QuestionMeans>;

/** Significant digits of a stored mean: more than a float has. */
const DIGITS = 9;

/** Encodes the question bank and takes the mean vector and mean token vector of each language. */
export async function encodeBank(encoder: Encoder): Promise<QuestionMeans> {
  const means: QuestionMeans = {};
  for (const [language, questions] of Object.entries(QUESTION_BANK)) {
    const encodings = [];
    for (const question of questions)
      encodings.push(await encoder.encode(foldHan(question), "query"));
    const mean = (rows: Float32Array[]): number[] =>
      Array.from(meanOfRows(rows, encoder.dimensions), (value) =>
        Number(value.toPrecision(DIGITS)),
      );
    means[language] = {
      vector: mean(encodings.map(({ vector }) => vector)),
      token: mean(encodings.map(({ tokens }) => tokens)),
    };
  }
  return means;
}
