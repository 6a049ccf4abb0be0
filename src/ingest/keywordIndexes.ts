/** The keyword indexes: a sentence's own words, the English glosses of its words, and its names in pinyin. */
import { readGlosses } from "../terms/glosses.ts";
import { readPinyin } from "../terms/pinyinNames.ts";
import { latinTerms } from "../terms/stems.ts";
import { termsOf } from "../terms/words.ts";
import type { KeywordIndexName } from "../index/generation.ts";
import { buildPostings } from "../index/postings/postings.ts";
import type { PostingsDocument } from "../index/postings/postings.ts";
import { encodePostings } from "../index/postings/postingsFile.ts";

/** A sentence, and what it stands in. */
export interface KeywordDocument {
  readonly text: string;
  /** The headings above it, joined. */
  readonly headings: string;
  /** Counted through all reports. */
  readonly paragraph: number;
}

/** Indexes sentences in each of the ways; the files' contents. Loads a dictionary, which only indexing needs. */
export async function buildKeywordIndexes(
  documents: readonly KeywordDocument[],
): Promise<Record<KeywordIndexName, Uint8Array>> {
  const glossTerms = await readGlosses();
  const pinyinTerms = await readPinyin();
  const encode = (terms: (document: KeywordDocument) => PostingsDocument): Uint8Array =>
    encodePostings(buildPostings(documents.map(terms)));
  return {
    words: encode(({ text, headings, paragraph }) => ({
      terms: termsOf(text),
      headings: termsOf(headings),
      paragraph,
    })),
    glosses: encode(({ text }) => ({
      terms: [...new Set([...glossTerms(text), ...latinTerms(text)])],
    })),
    pinyin: encode(({ text }) => ({ terms: pinyinTerms(text) })),
  };
}
