/** The words of Chinese passages, with their readings and senses, as the index has them and the site shows them. */
import { setImmediate } from "node:timers/promises";
import type { Report } from "../report.ts";
import type { Dictionary } from "../terms/dictionary.ts";
import { prepareWords } from "../terms/wordByWord/wordByWord.ts";
import type { GlossReport, GlossedWord } from "../terms/wordByWord/wordByWord.ts";
import { isChinese, mayBeChinese } from "../text/chinese.ts";
import { sliceOf } from "../text/spans.ts";

/** Passages between two looks at what else there is to do. */
const AT_ONCE = 64;

/** A passage's text, and its words in order: none where it is not Chinese. */
interface GlossedPassage {
  readonly text: string;
  readonly words: readonly GlossedWord[];
}

/** The passages of a report, in order, each when it is asked for. */
type GlossPassages = (report: Report) => AsyncGenerator<GlossedPassage>;

/** Prepares the words of reports. */
export function prepareGlossing(dictionary: Dictionary): GlossPassages {
  let glossReport: GlossReport | undefined;
  let done = 0;
  return async function* ({ text: whole, passages }) {
    const texts = passages.map(({ span }) => sliceOf(whole, span));
    const chinese = mayBeChinese(whole) ? texts.filter(isChinese) : [];
    // Loaded where it is needed: the readings of all characters take 20 MB.
    if (chinese.length > 0) glossReport ??= await prepareWords(dictionary);
    const gloss = glossReport?.(chinese);
    const known = new Set(chinese);
    for (const text of texts) {
      yield { text, words: known.has(text) ? (gloss?.(text) ?? []) : [] };
      if (++done % AT_ONCE === 0) await setImmediate();
    }
  };
}
