/** The keyword indexes: a sentence's own words, the English glosses of its words, and its names in pinyin. */
import { setImmediate } from "node:timers/promises";
import type { KeywordIndexName } from "../index/generation.ts";
import { buildPostings } from "../index/postings/buildPostings.ts";
import type { PostingsDocument } from "../index/postings/buildPostings.ts";
import type { PostingsData } from "../index/postings/postings.ts";
import type { Report } from "../report.ts";
import { sliceOf } from "../text/spans.ts";
import { partsOf } from "./numberedParts.ts";
import type { Dictionary } from "../terms/dictionary.ts";
import { prepareGlosses } from "../terms/glosses.ts";
import { readPinyin } from "../terms/pinyinNames.ts";
import { latinTerms } from "../terms/stems.ts";
import { termsOf } from "../terms/words.ts";
import type { OnProgress } from "./steps.ts";

/** Sentences between two looks at what else there is to do, such as the windows' tokens. */
const AT_ONCE = 64;

/** Indexes the sentences of reports in each of the ways. Loads the readings of characters, which only indexing needs. */
export async function buildKeywordIndexes(
  reports: readonly Report[],
  dictionary: Dictionary,
  onProgress: OnProgress = () => undefined,
): Promise<Record<KeywordIndexName, PostingsData>> {
  const glossTerms = prepareGlosses(dictionary);
  const pinyinTerms = await readPinyin();
  const headingTerms = remembering(termsOf);
  const sentences = sentencesOf(reports);
  const words: PostingsDocument[] = [];
  const glosses: PostingsDocument[] = [];
  const pinyin: PostingsDocument[] = [];
  for (const { text, headings, paragraph, parts } of sentences) {
    words.push({
      terms: [...termsOf(text), ...parts],
      headings: headingTerms(headings),
      paragraph,
    });
    glosses.push({ terms: [...new Set([...glossTerms(text), ...latinTerms(text)])] });
    pinyin.push({ terms: pinyinTerms(text) });
    if (words.length % AT_ONCE !== 0 && words.length < sentences.length) continue;
    onProgress("words", words.length, sentences.length);
    await setImmediate();
  }
  return {
    words: buildPostings(words),
    glosses: buildPostings(glosses),
    pinyin: buildPostings(pinyin),
  };
}

/** Many sentences stand below the same headings. */
function remembering(termsOfText: (text: string) => string[]): (text: string) => string[] {
  let last: { readonly text: string; readonly terms: string[] } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, terms: termsOfText(text) };
    return last.terms;
  };
}

/** A sentence, and what it stands in. */
interface Sentence {
  readonly text: string;
  /** The headings above it and the heads of its columns, joined. */
  readonly headings: string;
  /** Counted through all reports. */
  readonly paragraph: number;
  /** The terms of the article, section or chapter that it begins. */
  readonly parts: readonly string[];
}

function sentencesOf(reports: readonly Report[]): Sentence[] {
  let paragraphs = 0;
  return reports.flatMap((report) => {
    const { text, blocks, sections, sentences } = report;
    const first = paragraphs;
    const parts = partsOf(report);
    paragraphs += blocks.length;
    return sentences.map(({ span, block }, i) => {
      const { section = -1, columns } = blocks[block] ?? {};
      const above = [...(sections[section]?.path ?? []), columns ? sliceOf(text, columns) : ""];
      return {
        text: sliceOf(text, span),
        headings: above.join("\n"),
        paragraph: first + block,
        parts: parts.get(i) ?? [],
      };
    });
  });
}
