import type { Generation } from "../index/generation.ts";
import { foldText } from "../text/fold.ts";
import { highest } from "./lexical.ts";
import type { LexicalScores } from "./lexical.ts";

/** Fewer letters and digits are a name or a term, which a report may hold in other senses too. */
const MIN_CHARS = 6;

/** Sentences that are compared: those that share the most words with the question. */
const MAX_COMPARED = 12;

const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}]+/gu;

/**
 * The sentences of passages that a question quotes, or that stand whole in it: the same letters and digits in the same order,
 * whatever the script, width and marks.
 */
export function findQuoted(
  { sentences, passages, readText }: Pick<Generation, "sentences" | "passages" | "readText">,
  question: string,
  words: LexicalScores,
): number[] {
  const asked = bare(question);
  if (asked.length < MIN_CHARS) return [];
  return highest(words, MAX_COMPARED).filter((sentence) => {
    const passage = passages[sentences[sentence]?.passage ?? -1];
    if (passage === undefined) return false;
    const text = bare(readText(passage.report, passage.span));
    return text.includes(asked) || (text.length >= MIN_CHARS && asked.includes(text));
  });
}

function bare(text: string): string {
  return foldText(text).replace(NEITHER_LETTER_NOR_DIGIT, "");
}
