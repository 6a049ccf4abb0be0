/** A question as other questions are compared with it. */
import type { Encoding } from "../models/encoder/encoding.ts";
import { quantizeRows } from "../vectors.ts";
import type { Generation } from "../index/generation.ts";
import { sha256 } from "../bytes.ts";
import { foldText } from "../text/fold.ts";
import { prepareCentring } from "../search/centring.ts";
import { detectLanguage, primaryTag } from "../search/language.ts";
import { readQuestion } from "../search/question.ts";

/** A question's words and meaning, small enough to be stored with it. */
export interface QuestionVector {
  /** Its letters and numbers, folded: two questions with one key are the same. */
  readonly key: string;
  /** Its language, without script. */
  readonly language: string;
  /** Its centred vector; one value a dimension, −127..127. */
  readonly row: Int8Array;
  /** What the vector was made with: only vectors of one space can be compared. */
  readonly space: string;
}

/** Everything between words, and marks that do not change what is asked. */
const NEITHER_LETTER_NOR_NUMBER = /[^\p{L}\p{M}\p{N}]+/gu;

/** The key of a question. */
export function questionKey(question: string): string {
  return foldText(readQuestion(question)).replace(NEITHER_LETTER_NOR_NUMBER, " ").trim();
}

/** Prepares the vectors of questions in an index. */
export function prepareQuestionVectors(
  generation: Pick<Generation, "questionMeans" | "dimensions" | "manifest">,
): (question: string, encoding: Encoding) => QuestionVector {
  const { questionMeans, dimensions } = generation;
  const { centreWhole } = prepareCentring(questionMeans, dimensions);
  const space = spaceOf(generation);
  return (question, encoding) => ({
    key: questionKey(question),
    language: primaryTag(detectLanguage(readQuestion(question))),
    row: quantizeRows(centreWhole(encoding), dimensions).rows,
    space,
  });
}

/** The model, and the question means that are taken out of its vectors. */
export function spaceOf({
  manifest,
  questionMeans,
}: Pick<Generation, "manifest" | "questionMeans">): string {
  return sha256(JSON.stringify([manifest.sources.model, questionMeans])).slice(0, SPACE_CHARS);
}

const SPACE_CHARS = 16;
