/** Builds an inverted index from documents. */
import { CONTEXT_HUNDREDTHS, MAX_COUNT, OWN_SHIFT, PER_TERM } from "./postings.ts";
import type { PostingsData } from "./postings.ts";

/** What is indexed of a document. A term counts as often as it stands there. */
export interface PostingsDocument {
  readonly terms: readonly string[];
  /** Terms of the headings above it: each counts {@link CONTEXT_WEIGHT} of one of its own. */
  readonly headings?: readonly string[];
  /**
   * The paragraph that it stands in; the documents of a paragraph follow one another and have the same headings. The terms of the others count
   * {@link CONTEXT_WEIGHT} of its own. Alone where not given.
   */
  readonly paragraph?: number;
}

/** No term may hold a line feed, which separates them, or half a surrogate pair, which UTF-8 cannot hold. */
const NOT_IN_TERMS = /[\n\p{Surrogate}]/u;

/**
 * Indexes documents. Terms of the context are added to a document's own at a fraction, before saturation, and so are the
 * lengths: BM25 over weighted fields (Robertson and Zaragoza 2009, section 3.6). Those of the paragraph are added when a query
 * comes: stored with each of its sentences they would take five times the memory.
 *
 * @throws {RangeError} if a term holds a line feed or half a surrogate pair.
 */
export function buildPostings(documents: Iterable<PostingsDocument>): PostingsData {
  const postingsOf = new Map<string, { documents: number[]; frequencies: number[] }>();
  const all = [...documents];
  all.forEach(({ terms, headings = [] }, document) => {
    for (const [term, frequency] of frequenciesOf(terms, headings)) {
      let postings = postingsOf.get(term);
      if (!postings) postingsOf.set(term, (postings = { documents: [], frequencies: [] }));
      postings.documents.push(document);
      postings.frequencies.push(frequency);
    }
  });
  const sorted = Array.from(postingsOf).sort(([a], [b]) => (a < b ? -1 : 1));
  const wrong = sorted.find(([term]) => NOT_IN_TERMS.test(term));
  if (wrong) throw new RangeError(`cannot be indexed as a term: ${JSON.stringify(wrong[0])}`);
  const offsets = new Uint32Array(sorted.length + 1);
  sorted.forEach(([, postings], i) => {
    offsets[i + 1] = (offsets[i] ?? 0) + postings.documents.length;
  });
  const paragraphs = paragraphsOf(all);
  const sizes = countEach(paragraphs);
  const data = {
    terms: sorted.map(([term]) => term).join("\n"),
    offsets,
    documentFrequencies: Uint32Array.from(sorted, ([, postings]) =>
      documentFrequencyOf(postings.documents, paragraphs, sizes),
    ),
    documents: new Uint32Array(offsets.at(-1) ?? 0),
    frequencies: new Uint16Array(offsets.at(-1) ?? 0),
    lengths: lengthsOf(all, paragraphs),
    paragraphs,
  };
  sorted.forEach(([, postings], i) => {
    data.documents.set(postings.documents, offsets[i]);
    data.frequencies.set(postings.frequencies, offsets[i]);
  });
  return data;
}

/** How often each term stands there, and in the headings, as one number. */
function frequenciesOf(
  terms: readonly string[],
  headings: readonly string[],
): ReadonlyMap<string, number> {
  const frequencies = new Map<string, number>();
  const count = (list: readonly string[], shift: number): void => {
    for (const term of list) {
      const frequency = frequencies.get(term) ?? 0;
      const isFull = ((frequency >>> shift) & MAX_COUNT) === MAX_COUNT;
      if (!isFull) frequencies.set(term, frequency + (1 << shift));
    }
  };
  count(terms, OWN_SHIFT);
  count(headings, 0);
  return frequencies;
}

/** The first document of each document's paragraph. */
function paragraphsOf(documents: readonly PostingsDocument[]): Uint32Array {
  const firsts = new Uint32Array(documents.length);
  documents.forEach(({ paragraph }, i) => {
    const isFirst = paragraph === undefined || paragraph !== documents[i - 1]?.paragraph;
    firsts[i] = isFirst ? i : (firsts[i - 1] ?? 0);
  });
  return firsts;
}

/** How often each number stands in a list, at its place. */
function countEach(numbers: Uint32Array): Uint32Array {
  const counts = new Uint32Array(numbers.length);
  for (const number of numbers) counts[number] = (counts[number] ?? 0) + 1;
  return counts;
}

/** The documents of all paragraphs that hold one of the given documents. */
function documentFrequencyOf(
  documents: readonly number[],
  paragraphs: Uint32Array,
  sizes: Uint32Array,
): number {
  let sum = 0;
  let last: number | undefined;
  for (const document of documents) {
    const paragraph = paragraphs[document] ?? 0;
    if (paragraph !== last) sum += sizes[paragraph] ?? 0;
    last = paragraph;
  }
  return sum;
}

/** Each document's length with its context at its weight, in hundredths. */
function lengthsOf(documents: readonly PostingsDocument[], paragraphs: Uint32Array): Uint32Array {
  const totals = new Uint32Array(documents.length);
  documents.forEach(({ terms }, i) => {
    const paragraph = paragraphs[i] ?? 0;
    totals[paragraph] = (totals[paragraph] ?? 0) + terms.length;
  });
  return Uint32Array.from(documents, ({ terms, headings = [] }, i) => {
    const others = (totals[paragraphs[i] ?? 0] ?? 0) - terms.length;
    return terms.length * PER_TERM + (others + headings.length) * CONTEXT_HUNDREDTHS;
  });
}
