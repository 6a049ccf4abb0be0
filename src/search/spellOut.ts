/** Chinese questions with the report's own words for the abbreviations that it does not use. */
import type { KeywordIndex } from "../index/generation.ts";
import { abbreviationsIn, replaceAbbreviations } from "../terms/latinAbbreviations.ts";
import type { Abbreviations } from "../terms/latinAbbreviations.ts";
import { termsOf } from "../terms/words.ts";

/**
 * Replaces the abbreviations of a Chinese question by the words that they stand for: "GDP多少" by "生产总值多少", since neither encoder nor
 * reader knows that one means the other. An abbreviation that the reports use stays, and so does one whose words they do not hold.
 */
export async function spellOut(
  question: string,
  words: KeywordIndex,
  abbreviations: Abbreviations,
): Promise<string> {
  const spelledOut = new Map<string, string>();
  for (const it of abbreviationsIn(question)) {
    const meant = abbreviations.get(it.toUpperCase()) ?? [];
    if (meant.length === 0 || (await holds(words, it))) continue;
    for (const word of meant.toSorted((a, b) => b.length - a.length)) {
      if (!(await holds(words, word))) continue;
      spelledOut.set(it, word);
      break;
    }
  }
  return replaceAbbreviations(question, spelledOut);
}

/** Whether all terms of a word stand in the reports, though perhaps apart. */
async function holds(words: KeywordIndex, word: string): Promise<boolean> {
  return (await words.weigh(termsOf(word))).every(({ isKnown }) => isKnown);
}
