/** The words of Chinese passages, with their readings and senses: of what stands in the reports alone, since the whole dictionary takes 74 MB. */
import { setImmediate } from "node:timers/promises";
import type { Glossary, GlossaryEntry } from "../index/store.ts";
import type { Report } from "../report.ts";
import type { Dictionary } from "../terms/dictionary.ts";
import { prepareWords } from "../terms/wordByWord/wordByWord.ts";
import type { GlossReport } from "../terms/wordByWord/wordByWord.ts";
import { isChinese, mayBeChinese } from "../text/chinese.ts";
import { sliceOf } from "../text/spans.ts";

/** Start, end and entry. */
const VALUES_OF_WORD = 3;

/** Passages between two looks at what else there is to do. */
const AT_ONCE = 64;

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
  let glossReport: GlossReport | undefined;
  for (const report of reports) {
    const texts = report.passages.map(({ span }) => sliceOf(report.text, span));
    const chinese = mayBeChinese(report.text) ? texts.filter(isChinese) : [];
    // Loaded where it is needed: the readings of all characters take 20 MB.
    if (chinese.length > 0) glossReport ??= await prepareWords(dictionary);
    const gloss = glossReport?.(chinese);
    const known = new Set(chinese);
    for (const text of texts) {
      const found = known.has(text) ? (gloss?.(text) ?? []) : [];
      for (const { start, end, ...entry } of found) words.push(start, end, add(entry));
      ends.push(words.length / VALUES_OF_WORD);
      if (ends.length % AT_ONCE === 0) await setImmediate();
    }
  }
  return {
    words: Uint32Array.from(words),
    ends: Uint32Array.from(ends),
    entries: [...entries.values()],
  };
}
