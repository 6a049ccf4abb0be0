import MiniSearch from "minisearch";
import { termsOf } from "../lexicon/terms.ts";

/** A sentence that shares terms with the question, and its BM25 score, above 0. */
export interface KeywordHit {
  readonly sentence: number;
  readonly score: number;
}

/** BM25 over the terms of sentences. */
export interface KeywordIndex {
  /** Sentences that share a term with the question, best first, at most `limit`. */
  search(question: string, limit: number): KeywordHit[];
  /** The index as text, for {@link openKeywords}. */
  serialize(): string;
}

/** What is indexed of a sentence: its own words, and the headings above it, which count less. */
export interface KeywordDocument {
  readonly id: number;
  readonly text: string;
  readonly headings: string;
}

/** A heading's words lift every sentence below it a little: enough to break a tie, not to win. */
const HEADING_BOOST = 0.15;

const options = {
  fields: ["text", "headings"],
  tokenize: termsOf,
  processTerm: (term: string) => term,
  searchOptions: { boost: { headings: HEADING_BOOST }, combineWith: "OR" },
} satisfies ConstructorParameters<typeof MiniSearch<KeywordDocument>>[0];

/** Indexes the terms of sentences. */
export function buildKeywords(documents: readonly KeywordDocument[]): KeywordIndex {
  const index = new MiniSearch<KeywordDocument>(options);
  index.addAll(documents);
  return wrap(index);
}

/** Opens what {@link KeywordIndex.serialize} gave. */
export function openKeywords(serialized: string): KeywordIndex {
  return wrap(MiniSearch.loadJSON<KeywordDocument>(serialized, options));
}

function wrap(index: MiniSearch<KeywordDocument>): KeywordIndex {
  return {
    search: (question, limit) =>
      index
        .search(question)
        .slice(0, limit)
        .map(({ id, score }) => ({ sentence: Number(id), score })),
    serialize: () => JSON.stringify(index),
  };
}
