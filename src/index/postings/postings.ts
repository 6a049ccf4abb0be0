/**
 * An inverted index: for each term the documents that hold it, scored with BM25. Typed arrays throughout, so that it is
 * opened as it lies in its file (`postingsFile.ts`) and a query costs one step a posting.
 */

/** An inverted index as it is stored. Documents are numbered from 0 in the order they were given. */
export interface PostingsData {
  /** Every term once, in ascending order of UTF-16 code units, joined by line feeds. */
  readonly terms: string;
  /** First posting of each term, the number of postings last: `terms + 1` values. */
  readonly offsets: Uint32Array;
  /** In how many documents each term counts: those of its postings, and the others of their paragraphs. */
  readonly documentFrequencies: Uint32Array;
  /** The documents of each posting, in ascending order within a term. */
  readonly documents: Uint32Array;
  /** How often the term stands in the document, at most 255, times 256, and in the headings above it, at most 255. */
  readonly frequencies: Uint16Array;
  /** How many terms each document has, those of its context at their weight, in hundredths: one value a document. */
  readonly lengths: Uint32Array;
  /** The first document of each document's paragraph: one value a document. */
  readonly paragraphs: Uint32Array;
}

/** The scores of one query. They are the index's own memory: valid until its next query, to be copied if kept. */
interface TermScores {
  /** The documents in which a term of the query counts, each once, in no particular order. */
  readonly documents: Uint32Array;
  /** The score of every document by its number, 0 for those that hold none of the terms. */
  readonly scores: Float32Array;
}

/** An opened inverted index. */
export interface Postings {
  /** How many documents there are. */
  readonly count: number;
  /**
   * ln(1 + (N − n + .5)/(n + .5)) for a term of n of the N documents; the highest one where it is in none. Without the 1
   * (Robertson and Zaragoza 2009, section 3.1) a term of most documents would count against them.
   */
  idf(term: string): number;
  /** Whether the term counts in any document. */
  has(term: string): boolean;
  /** The BM25 score of each document in which one of the terms counts. A repeated term counts once. */
  score(terms: readonly string[]): TermScores;
}

/** The words of a heading and of neighbouring sentences lift a sentence a little: enough to break a tie, not to win. */
const CONTEXT_WEIGHT = 0.15;

/** The unit of stored frequencies and lengths: two decimals, for the weight of the context. */
export const PER_TERM = 100;
export const CONTEXT_HUNDREDTHS = CONTEXT_WEIGHT * PER_TERM;

/** A posting's two counts share 16 bits; beyond so many BM25 is saturated. */
export const MAX_COUNT = 255;
export const OWN_SHIFT = 8;

/** BM25's usual values (Robertson and Zaragoza 2009, section 3.4): saturation, and share of the document's length. */
const K1 = 1.2;
const B = 0.75;

/**
 * Opens an index for queries. Its arrays are used as they are, not copied.
 *
 * @throws {RangeError} if there are not as many terms as offsets name.
 */
export function openPostings(data: PostingsData): Postings {
  const numberOf = numberTerms(data);
  const count = data.lengths.length;
  const accumulator = new Accumulator(data);
  const countOf = (number: number | undefined): number =>
    number === undefined ? 0 : (data.documentFrequencies[number] ?? 0);
  const idf = (n: number): number => Math.log(1 + (count - n + 0.5) / (n + 0.5));
  return {
    count,
    idf: (term) => idf(countOf(numberOf(term))),
    has: (term) => numberOf(term) !== undefined,
    score: (terms) => {
      accumulator.clear();
      for (const term of new Set(terms)) {
        const number = numberOf(term);
        if (number !== undefined) accumulator.add(number, idf(countOf(number)));
      }
      return accumulator.result();
    },
  };
}

/** The number of a term, undefined where it is not among those that are indexed. */
type TermNumber = (term: string) => number | undefined;

/** Looks terms up by halving: a Map of the two million names of 100,000 sentences would take 200 MB. */
function numberTerms({ terms, offsets }: PostingsData): TermNumber {
  const count = offsets.length - 1;
  const starts = startsOf(terms, count);
  const termAt = (i: number): string => terms.slice(starts[i], (starts[i + 1] ?? 0) - 1);
  return (term) => {
    let [from, to] = [0, count];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (termAt(middle) < term) from = middle + 1;
      else to = middle;
    }
    return from < count && termAt(from) === term ? from : undefined;
  };
}

/** Where each term begins, and, one past its line feed, where the last one ends. */
function startsOf(terms: string, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  let found = 0;
  // Nothing joined and one empty term joined are the same text.
  for (let at = 0; count > 0 && at <= terms.length;) {
    found += 1;
    const feed = terms.indexOf("\n", at);
    at = feed < 0 ? terms.length + 1 : feed + 1;
    starts[found] = at;
  }
  if (found !== count) throw new RangeError(`postings name ${found} terms, offsets ${count}`);
  return starts;
}

/** Sums the scores of a query, in memory that is used again for the next one. */
class Accumulator {
  readonly #data: PostingsData;
  /** What BM25 adds to the frequency to saturate it: k1·(1 − b + b·length/mean length), in hundredths. */
  readonly #saturation: Float32Array;
  readonly #scores: Float32Array;
  readonly #isTouched: Uint8Array;
  /** The documents with a score, the first `#touchedCount` of them valid. */
  readonly #touched: Uint32Array;
  #touchedCount = 0;

  constructor(data: PostingsData) {
    const { lengths } = data;
    const meanLength = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    this.#data = data;
    this.#saturation = Float32Array.from(
      lengths,
      (length) => PER_TERM * K1 * (1 - B + (B * length) / meanLength),
    );
    this.#scores = new Float32Array(lengths.length);
    this.#isTouched = new Uint8Array(lengths.length);
    this.#touched = new Uint32Array(lengths.length);
  }

  /** Forgets the query before. */
  clear(): void {
    for (let i = 0; i < this.#touchedCount; i++) {
      const document = this.#touched[i] ?? 0;
      this.#scores[document] = 0;
      this.#isTouched[document] = 0;
    }
    this.#touchedCount = 0;
  }

  /** Adds a term's share to its documents, one paragraph after the other. Plain loops: a question waits for them. */
  add(term: number, idf: number): void {
    const { offsets, documents, frequencies, paragraphs } = this.#data;
    const to = offsets[term + 1] ?? 0;
    for (let i = offsets[term] ?? 0; i < to;) {
      const paragraph = paragraphs[documents[i] ?? 0] ?? 0;
      const first = i;
      let total = 0;
      for (; i < to && paragraphs[documents[i] ?? 0] === paragraph; i++) {
        total += (frequencies[i] ?? 0) >>> OWN_SHIFT;
      }
      this.#addParagraph(paragraph, { first, end: i, total }, idf);
    }
  }

  /**
   * Adds to each document of a paragraph idf·f·(k1 + 1)/(f + k1·(1 − b + b·length/mean length)), Robertson and
   * Zaragoza 2009, section 3.4, times k1 + 1, so that one occurrence in a document of mean length scores the term's idf.
   */
  #addParagraph(
    paragraph: number,
    { first, end, total }: { readonly first: number; readonly end: number; readonly total: number },
    idf: number,
  ): void {
    const { documents, frequencies, paragraphs } = this.#data;
    const most = idf * (K1 + 1);
    let posting = first;
    for (let document = paragraph; paragraphs[document] === paragraph; document++) {
      const isHeld = posting < end && documents[posting] === document;
      const counts = isHeld ? (frequencies[posting++] ?? 0) : 0;
      const own = counts >>> OWN_SHIFT;
      const context = total - own + (counts & MAX_COUNT);
      const frequency = own * PER_TERM + context * CONTEXT_HUNDREDTHS;
      const share = (most * frequency) / (frequency + (this.#saturation[document] ?? 0));
      this.#scores[document] = (this.#scores[document] ?? 0) + share;
      if (this.#isTouched[document] === 0) {
        this.#isTouched[document] = 1;
        this.#touched[this.#touchedCount++] = document;
      }
    }
  }

  result(): TermScores {
    return { documents: this.#touched.subarray(0, this.#touchedCount), scores: this.#scores };
  }
}
