import { kindOf, passageOf } from "../index/generation.ts";
import type { Generation, KeywordScores } from "../index/generation.ts";
import { isCitable } from "../report.ts";
import { numbersIn, splitNumbers } from "../terms/numbers/numbers.ts";
import { valueTerms } from "../terms/words.ts";
import { foldText } from "../text/fold.ts";
import { withoutMarks } from "../text/wordSymbols.ts";
import { findNamedParts } from "./namedParts.ts";
import { highest } from "./scorers/keywords.ts";

/** Fewer letters and digits are a name or a term, which a report may hold in other senses too. */
const MIN_CHARS = 6;

/** Sentences that are compared: those that share the most words with the question. */
const MAX_COMPARED = 12;

/** A passage that holds the whole question shares this much of its words at least, however long it is. */
const MIN_SHARE = 0.25;

/** A number with so few letters beside it is asked for with what it counts: `5度`, `3.5 km`. */
const MAX_UNIT_CHARS = 3;

/** A sentence that a question has words of. */
interface Quotation {
  readonly sentence: number;
  /** Whether the question holds all of it: part of a sentence may stand in a question that asks for something else. */
  readonly isWhole: boolean;
}

/** What a question quotes or names of the reports. */
export interface ExactMatches {
  /** In the order of the reports, where they are named by number. */
  readonly quotations: readonly Quotation[];
  /** Whether the question asks for a number that is not there, and for nothing else. */
  readonly isMissing: boolean;
}

/** What is found where nothing is quoted. */
export const NO_MATCHES: ExactMatches = { quotations: [], isMissing: false };

/** What finding takes of an index. */
type ExactIndex = Pick<Generation, "sentences" | "passages" | "reports" | "keywords" | "readTexts">;

/**
 * What a question quotes: the articles and chapters that it names by their number; where it consists of numbers, the sentences that hold
 * them all, however written; else the sentences that stand whole in it, and those of passages that hold all of it: the same letters and
 * digits in the same order, whatever the script, width and marks. A title or heading in a question proves nothing.
 */
export async function findExactMatches(
  index: ExactIndex,
  question: string,
  words: KeywordScores,
): Promise<ExactMatches> {
  const { sentences, isAll, isMissing } = await findNamedParts(index, question);
  if (isMissing) return { quotations: [], isMissing };
  const named = sentences.map((sentence) => ({ sentence, isWhole: isAll }));
  if (isAll && named.length > 0) return { quotations: named, isMissing };
  const { numbers, rest } = splitNumbers(question);
  const unit = bare(rest);
  if (named.length === 0 && numbers.length > 0 && unit.length <= MAX_UNIT_CHARS) {
    return findNumbers(index, numbers, unit);
  }
  const quoted = await findQuotations(index, question, words);
  return { quotations: quoted.length > 0 ? quoted : named, isMissing: false };
}

/** The passages that hold all of the numbers and what they count; with a unit they come first, and prove nothing. */
async function findNumbers(
  index: ExactIndex,
  numbers: readonly string[],
  unit: string,
): Promise<ExactMatches> {
  const scores = await index.keywords.words.score(valueTerms(numbers));
  const compared = highest(scores, MAX_COMPARED).flatMap((number) => {
    const passage = passageOf(index, number);
    return passage ? [{ number, passage }] : [];
  });
  const texts = await index.readTexts(compared.map(({ passage }) => passage));
  const quotations = compared.flatMap(({ number, passage }, i) => {
    const text = texts[i] ?? "";
    const said = new Set(numbersIn(text));
    const holds = numbers.every((it) => said.has(it)) && bare(text).includes(unit);
    const isWhole = unit === "" && isCitable(kindOf(passage));
    return holds ? [{ sentence: number, isWhole }] : [];
  });
  return { quotations, isMissing: unit === "" && scores.sentences.length === 0 };
}

async function findQuotations(
  index: ExactIndex,
  question: string,
  words: KeywordScores,
): Promise<Quotation[]> {
  const compare = compareWords(question);
  const compared = highest(words, MAX_COMPARED).flatMap((number) => {
    const [passage, sentence] = [passageOf(index, number), index.sentences[number]];
    if (passage === undefined || sentence === undefined) return [];
    const isLonger = passage.span.end - passage.span.start > question.length;
    const isFar = isLonger && (words.scores[number] ?? 0) < MIN_SHARE;
    return isFar ? [] : [{ number, passage, sentence }];
  });
  const passages = await index.readTexts(compared.map(({ passage }) => passage));
  const sentences = await index.readTexts(
    compared.map(({ passage: { report }, sentence: { span } }) => ({ report, span })),
  );
  return compared.flatMap(({ number, sentence: { kind } }, i) => {
    const { stands, holds } = compare(sentences[i] ?? "", passages[i] ?? "");
    const isWhole = stands && isCitable(kind);
    return isWhole || holds ? [{ sentence: number, isWhole }] : [];
  });
}

/** Whether a sentence stands whole in a question, and whether its passage holds all of that. */
type Compare = (sentence: string, passage: string) => { stands: boolean; holds: boolean };

/** The folded words of the passages that are quoted. */
export function quotedWords(
  index: Pick<Generation, "sentences" | "passages">,
  quotations: readonly Quotation[],
): ReadonlySet<string> {
  return new Set(
    quotations.flatMap(({ sentence }) => passageOf(index, sentence)?.foldedHash ?? []),
  );
}

function compareWords(question: string): Compare {
  const asked = bare(question);
  return (sentence, passage) => {
    const said = bare(sentence);
    return {
      stands: said.length >= MIN_CHARS && asked.includes(said),
      holds: asked.length >= MIN_CHARS && bare(passage).includes(asked),
    };
  };
}

function bare(text: string): string {
  return withoutMarks(foldText(text), "");
}
