/** The same words in several places: which of them a question means. */
import { passageOf, sectionOf } from "../index/generation.ts";
import type { Generation, IndexedPassage } from "../index/generation.ts";
import { termsOf } from "../terms/words.ts";

/** Most copies that are looked at: what stands oftener is a form's own line. */
const MAX_COPIES = 64;

/** What is known of an index's copies. */
export interface Copies {
  /** These sentences, and those of the passages that say the same elsewhere. */
  readonly withAll: (sentences: readonly number[]) => number[];
  /** How many of a question's terms stand in the title and the headings above a passage. */
  readonly nearness: (asked: ReadonlySet<string>, passage: IndexedPassage) => number;
}

/** Prepares to tell copies apart. */
export function prepareCopies(
  index: Pick<Generation, "sentences" | "passages" | "copies">,
): Copies {
  const sentencesOf = new Map<string, number[]>();
  if (index.copies.size > 0) {
    index.sentences.forEach((_, sentence) => {
      const words = passageOf(index, sentence)?.foldedHash ?? "";
      if (!index.copies.has(words)) return;
      const known = sentencesOf.get(words) ?? [];
      if (known.length < MAX_COPIES) known.push(sentence);
      sentencesOf.set(words, known);
    });
  }
  return {
    withAll: (sentences) => {
      const copies = sentences.flatMap(
        (it) => sentencesOf.get(passageOf(index, it)?.foldedHash ?? "") ?? [],
      );
      return [...new Set([...sentences, ...copies])];
    },
    nearness: (asked, passage) => {
      const above = [passage.report.title, ...(sectionOf(passage)?.path ?? [])].join("\n");
      return new Set(termsOf(above).filter((it) => asked.has(it))).size;
    },
  };
}
