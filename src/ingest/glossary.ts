/** The words of Chinese passages, with their readings and senses: of what stands in the reports alone, since the whole dictionary takes 74 MB. */
import type { Glossary, GlossaryEntry } from "../index/store.ts";
import type { Report } from "../report.ts";
import type { Dictionary } from "../terms/dictionary.ts";
import { prepareGlossing } from "./glossing.ts";

/** Start, end and entry. */
const VALUES_OF_WORD = 3;

/** Makes the glossary of reports; of those that are not Chinese it has no words. */
export async function buildGlossary(
  reports: readonly Report[],
  dictionary: Dictionary,
): Promise<Glossary> {
  const words: number[] = [];
  const ends: number[] = [];
  const entries = new Map<string, GlossaryEntry>();
  const places = new Map<string, number>();
  const add = ({ pinyin, senses }: GlossaryEntry): number => {
    const key = [pinyin, ...senses].join("\n");
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    entries.set(key, { pinyin, senses });
    return place;
  };
  const gloss = prepareGlossing(dictionary);
  for (const report of reports) {
    for await (const passage of gloss(report)) {
      for (const { start, end, ...entry } of passage.words) words.push(start, end, add(entry));
      ends.push(words.length / VALUES_OF_WORD);
    }
  }
  return {
    words: Uint32Array.from(words),
    ends: Uint32Array.from(ends),
    entries: [...entries.values()],
  };
}
