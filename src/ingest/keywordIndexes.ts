/** The keyword indexes: a sentence's own words, the English glosses of its words, and its names in pinyin. */
import type { KeywordIndexName } from "../index/generation.ts";
import { buildPostings } from "../index/postings/buildPostings.ts";
import type { PostingsDocument } from "../index/postings/buildPostings.ts";
import type { PostingsData } from "../index/postings/postings.ts";
import { isCitable } from "../report.ts";
import type { Report } from "../report.ts";
import { sliceOf } from "../text/spans.ts";
import { readGlosses } from "../terms/glosses.ts";
import { partKindTerms, partNameAt, partTerms } from "../terms/partNames.ts";
import type { PartName } from "../terms/partNames.ts";
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

/** The terms of numbered parts, by the sentences that begin them. */
function partsOf({ text, blocks, sentences }: Report): ReadonlyMap<number, readonly string[]> {
  const terms = new Map<number, string[]>();
  sentences.forEach(({ span, block }, i) => {
    if (sentences[i - 1]?.block === block) return;
    const named = partNameAt(sliceOf(text, span));
    if (named === undefined) return;
    const isHeading = !isCitable(blocks[block]?.kind ?? "paragraph");
    const next = sentences[i + 1];
    const hasText = next !== undefined && isCitable(blocks[next.block]?.kind ?? "paragraph");
    const isSaidBelow = hasText && (named.isAlone || (isHeading && !isStructure(named.part)));
    const at = isSaidBelow ? i + 1 : i;
    const own = [...partTerms(named.part), ...partKindTerms(named.part)];
    terms.set(at, [...(terms.get(at) ?? []), ...own]);
  });
  return terms;
}

/** Whether a part is made of others, so that its heading says what it is about. */
function isStructure({ kinds: [kind] }: PartName): boolean {
  return kind === "chapter" || kind === "part";
}
