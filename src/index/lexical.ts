/** The keyword indexes: a sentence's own words, the English glosses of its words, and its names in pinyin. */
import { latinTerms } from "../lexicon/latin.ts";
import { termsOf } from "../lexicon/terms.ts";
import { buildPostings } from "./postings.ts";
import type { Postings, PostingsDocument } from "./postings.ts";
import { encodePostings } from "./postingsFile.ts";

/** The ways in which a question can share terms with a sentence. */
export type LexicalLeg = "words" | "glosses" | "pinyin";

/** One keyword index for each way; their documents are the sentences of all reports. */
export type Lexical = Readonly<Record<LexicalLeg, Postings>>;

/** A sentence, and what it stands in. */
export interface LexicalDocument {
  readonly text: string;
  /** The headings above it, joined. */
  readonly headings: string;
  /** Counted through all reports. */
  readonly paragraph: number;
}

/** Indexes sentences in each of the ways; the files' contents. Loads a dictionary, which only indexing needs. */
export async function buildLexical(
  documents: readonly LexicalDocument[],
): Promise<Record<LexicalLeg, Uint8Array>> {
  const { readGlosses } = await import("../lexicon/glosses.ts");
  const { pinyinTerms } = await import("../lexicon/pinyin.ts");
  const glossTerms = await readGlosses();
  const encode = (terms: (document: LexicalDocument) => PostingsDocument): Uint8Array =>
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
