import { passageOf } from "../index/generation.ts";
import type { Generation, KeywordScores } from "../index/generation.ts";
import { isCitable } from "../report.ts";
import { numbersIn } from "../terms/numbers/numbers.ts";
import { foldText } from "../text/fold.ts";
import { highest } from "./scorers/keywords.ts";

/** Fewer letters and digits are a name or a term, which a report may hold in other senses too. */
const MIN_CHARS = 6;

/** Sentences that are compared: those that share the most words with the question. */
const MAX_COMPARED = 12;

/** A passage that holds the whole question shares this much of its words at least, however long it is. */
const MIN_SHARE = 0.25;

const LETTER = /\p{L}/u;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}]+/gu;

/** A sentence that a question has words of. */
export interface Quotation {
  readonly sentence: number;
  /** Whether the question holds all of it: part of a sentence may stand in a question that asks for something else. */
  readonly isWhole: boolean;
}

/**
 * The sentences that stand whole in a question, and those of passages that hold all of the question: the same letters and digits in the
 * same order, whatever the script, width and marks. A title or heading in a question proves nothing. Of a question of numbers alone, the
 * sentences that hold them all, however written.
 */
export async function findExactMatches(
  index: Pick<Generation, "sentences" | "passages" | "readTexts">,
  question: string,
  words: KeywordScores,
): Promise<Quotation[]> {
  const compare = LETTER.test(question) ? compareWords(question) : compareNumbers(question);
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

function compareNumbers(question: string): Compare {
  const asked = numbersIn(question);
  return (_, passage) => {
    const said = new Set(numbersIn(passage));
    const stands = asked.length > 0 && asked.every((number) => said.has(number));
    return { stands, holds: false };
  };
}

function bare(text: string): string {
  return foldText(text).replace(NEITHER_LETTER_NOR_DIGIT, "");
}
