/** The keyword indexes: a sentence's own words, the English glosses of its words, and its names in pinyin. */
import type { KeywordIndexName } from "../index/generation.ts";
import { buildPostings } from "../index/postings/buildPostings.ts";
import type { PostingsDocument } from "../index/postings/buildPostings.ts";
import type { PostingsData } from "../index/postings/postings.ts";
import type { Report } from "../report.ts";
import { sliceOf } from "../text/spans.ts";
import { partsOf } from "./numberedParts.ts";
import { readGlosses } from "../terms/glosses.ts";
import { readPinyin } from "../terms/pinyinNames.ts";
import { latinTerms } from "../terms/stems.ts";
import { termsOf } from "../terms/words.ts";

/** Indexes the sentences of reports in each of the ways. Loads a dictionary, which only indexing needs. */
export async function buildKeywordIndexes(
  reports: readonly Report[],
): Promise<Record<KeywordIndexName, PostingsData>> {
  const glossTerms = await readGlosses();
  const pinyinTerms = await readPinyin();
  const sentences = sentencesOf(reports);
  const build = (toDocument: (sentence: Sentence) => PostingsDocument): PostingsData =>
    buildPostings(sentences.map(toDocument));
  return {
    words: build(({ text, headings, paragraph, parts }) => ({
      terms: [...termsOf(text), ...parts],
      headings: termsOf(headings),
      paragraph,
    })),
    glosses: build(({ text }) => ({
      terms: [...new Set([...glossTerms(text), ...latinTerms(text)])],
    })),
    pinyin: build(({ text }) => ({ terms: pinyinTerms(text) })),
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
