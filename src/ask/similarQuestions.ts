/** Questions as they are compared with each other, and when two of them ask the same. */
import { sha256 } from "../bytes.ts";
import type { Generation } from "../index/generation.ts";
import type { Encoding } from "../models/encoder/encoding.ts";
import { prepareCentring } from "../search/centring.ts";
import { primaryTag } from "../search/language.ts";
import { questionKey } from "../search/question.ts";
import type { Question } from "../search/question.ts";
import { numbersIn } from "../terms/numbers/numbers.ts";
import { foldText } from "../text/fold.ts";
import { signsIn, wordRuns } from "../text/wordSymbols.ts";
import { dot, quantizeRows, scaleOf } from "../vectors.ts";

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

/** A question that was read, and its language. */
export type ReadQuestion = Pick<Question, "text" | "language">;

/** Prepares the vectors of questions in an index. */
export function prepareQuestionVectors(
  generation: Pick<Generation, "questionMeans" | "dimensions" | "manifest">,
): (question: ReadQuestion, encoding: Encoding) => QuestionVector {
  const { questionMeans, dimensions } = generation;
  const { centreWhole } = prepareCentring(questionMeans, dimensions);
  const space = spaceOf(generation);
  return ({ text, language }, encoding) => ({
    key: questionKey(text),
    language: primaryTag(language),
    row: quantizeRows(centreWhole(encoding), dimensions).rows,
    space,
  });
}

const SPACE_CHARS = 16;

/** The model, and the question means that are taken out of its vectors. */
export function spaceOf({
  manifest,
  questionMeans,
}: Pick<Generation, "manifest" | "questionMeans">): string {
  return sha256(JSON.stringify([manifest.sources.model, questionMeans])).slice(0, SPACE_CHARS);
}

/** How near a question must be: always; where the search has the approved passage among its own; where it has it first. */
export interface CosineThresholds {
  readonly alone: number;
  readonly listed: number;
  readonly first: number;
}

/**
 * Cosines from which a question counts as the approved one. Between languages even the same question is farther than two of one
 * language: `npm run eval` with XQuAD's questions in two languages prints how many are found, and how many wrongly.
 */
const SAME_LANGUAGE: CosineThresholds = { alone: 0.95, listed: 0.9, first: 0.8 };
export const OTHER_LANGUAGE: CosineThresholds = { alone: 0.78, listed: 0.68, first: 0.6 };

/** A question as it is written, and as it is compared. */
export interface ComparedQuestion {
  readonly question: string;
  readonly vector: QuestionVector;
}

/** Whether two questions ask the same, with nothing but their vectors to tell. */
export function asksTheSame(one: ComparedQuestion, other: ComparedQuestion): boolean {
  const [a, b] = [one.vector, other.vector];
  if (a.key === b.key) return true;
  if (a.space !== b.space || a.row.length === 0) return false;
  const cosine = dot(a.row, b.row) * scaleOf(a.row) * scaleOf(b.row);
  return cosine >= thresholdsFor(a, b).alone && nameTheSame(one.question, other.question);
}

/** The cosines from which two questions of such languages count as the same. */
export function thresholdsFor(a: QuestionVector, b: QuestionVector): CosineThresholds {
  return a.language === b.language ? SAME_LANGUAGE : OTHER_LANGUAGE;
}

/** Whether two questions have the same numbers and codes: two years, or C++ and C#, are near each other for the model alone. */
export function nameTheSame(a: string, b: string): boolean {
  const hasLetters = HAN.test(a) && HAN.test(b);
  return (
    haveSameNumbers(a, b) &&
    haveSameSigns(a, b) &&
    codesOf(a, hasLetters) === codesOf(b, hasLetters)
  );
}

/** What one question says in signs the other may say in words (10%, ten percent): only other signs tell them apart. */
function haveSameSigns(a: string, b: string): boolean {
  const [ofA, ofB] = [loneSigns(a), loneSigns(b)];
  return ofA === ofB || ofA === "" || ofB === "";
}

/** The signs that are no code: decimals are compared with their numbers. */
function loneSigns(text: string): string {
  const signs = signsIn(foldText(text)).filter((it) => it !== "." && !WITH_SYMBOL.test(it));
  return [...new Set(signs)].sort().join(" ");
}

const WITH_SYMBOL = /^(?=.*\p{L}).*[.+#&-]/u;
const HAN = /\p{Script=Han}/u;
const LETTER = /^[a-z]$/u;

/** The words with symbols in them, and the single letters: C++班, A座, A-级. In a text without Han characters such a letter is a word. */
function codesOf(text: string, hasLetters: boolean): string {
  const folded = foldText(text);
  const codes = [...wordRuns(folded), ...signsIn(folded)].filter(
    (it) => WITH_SYMBOL.test(it) || (hasLetters && LETTER.test(it)),
  );
  return [...new Set(codes)].sort().join(" ");
}

function haveSameNumbers(a: string, b: string): boolean {
  const ofA = new Set(numbersIn(a));
  const ofB = new Set(numbersIn(b));
  const isIn = (others: ReadonlySet<string>, number: string, text: string): boolean =>
    others.has(number) || !isTold(number, text);
  return (
    [...ofA].every((number) => isIn(ofB, number, a)) &&
    [...ofB].every((number) => isIn(ofA, number, b))
  );
}

/** A small number in words may be an article, or part of a word (一个, one, un): it tells questions apart only in digits. */
function isTold(number: string, text: string): boolean {
  return number.length > 1 || text.normalize("NFKC").includes(number);
}
