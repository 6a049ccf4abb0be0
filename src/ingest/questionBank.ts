import type { QuestionMeans } from "../index/generation.ts";
import type { Encoder } from "../models/encoder/encoder.ts";
import type { Encoding } from "../models/encoder/encoding.ts";
import { meanOfRows } from "../vectors.ts";
import { foldHan } from "../text/fold.ts";
import questionBank from "./questionBank.json" with { type: "json" };

/** An ordinary question of the bank, and what the model makes of it. */
export interface BankQuestion {
  readonly language: string;
  readonly question: string;
  readonly encoding: Encoding;
}

/** Significant digits of a stored mean: more than a float has. */
const DIGITS = 9;

/** Encodes the question bank. */
export async function encodeBank(encoder: Encoder): Promise<BankQuestion[]> {
  const questions: BankQuestion[] = [];
  for (const [language, ofLanguage] of Object.entries(questionBank)) {
    for (const question of ofLanguage) {
      const encoding = await encoder.encode(foldHan(question), "query");
      questions.push({ language, question, encoding });
    }
  }
  return questions;
}

/** The mean vector and the mean token vector of each language. */
export function meansOf(bank: readonly BankQuestion[], dimensions: number): QuestionMeans {
  const mean = (rows: Float32Array[]): number[] =>
    Array.from(meanOfRows(rows, dimensions), (value) => Number(value.toPrecision(DIGITS)));
  const languages = new Set(bank.map(({ language }) => language));
  return Object.fromEntries(
    Array.from(languages, (language) => {
      const ofLanguage = bank.filter((it) => it.language === language);
      const vector = mean(ofLanguage.map(({ encoding }) => encoding.vector));
      const token = mean(ofLanguage.map(({ encoding }) => encoding.tokens));
      return [language, { vector, token }];
    }),
  );
}
