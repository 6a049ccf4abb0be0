import { passageOf } from "../index/generation.ts";
import type { Generation, KeywordScores } from "../index/generation.ts";
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

/**
 * The sentences of passages that a question quotes, or that stand whole in it: the same letters and digits in the same order,
 * whatever the script, width and marks. Of a question of numbers alone, the sentences that hold them all, however written.
 */
export async function findExactMatches(
  index: Pick<Generation, "sentences" | "passages" | "readTexts">,
  question: string,
  words: KeywordScores,
): Promise<number[]> {
  const isQuoted = LETTER.test(question) ? quotes(question) : holdsNumbers(question);
  const compared = highest(words, MAX_COMPARED).flatMap((sentence) => {
    const passage = passageOf(index, sentence);
    if (passage === undefined) return [];
    const isLonger = passage.span.end - passage.span.start > question.length;
    const isFar = isLonger && (words.scores[sentence] ?? 0) < MIN_SHARE;
    return isFar ? [] : [{ sentence, passage }];
  });
  const texts = await index.readTexts(compared.map(({ passage }) => passage));
  return compared.flatMap(({ sentence }, i) => (isQuoted(texts[i] ?? "") ? [sentence] : []));
}

function quotes(question: string): (text: string) => boolean {
  const asked = bare(question);
  if (asked.length < MIN_CHARS) return () => false;
  return (text) => {
    const said = bare(text);
    return said.includes(asked) || (said.length >= MIN_CHARS && asked.includes(said));
  };
}

function holdsNumbers(question: string): (text: string) => boolean {
  const asked = numbersIn(question);
  return (text) => {
    const said = new Set(numbersIn(text));
    return asked.length > 0 && asked.every((number) => said.has(number));
  };
}

function bare(text: string): string {
  return foldText(text).replace(NEITHER_LETTER_NOR_DIGIT, "");
}
