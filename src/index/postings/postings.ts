/**
 * An inverted index: for each term the documents that hold it, scored with BM25. Typed arrays throughout, so that it is
 * opened as it lies in its file (`postingsFile.ts`) and a query costs one step a posting.
 */

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

/** An inverted index as it is stored. Documents are numbered from 0 in the order they were given. */
export interface PostingsData {
  /** Every term once, in ascending order of UTF-16 code units, joined by line feeds. */
  readonly terms: string;
  /** First posting of each term, the number of postings last: `terms + 1` values. */
  readonly offsets: Uint32Array;
  /** In how many documents each term counts: those of its postings, and the others of their paragraphs. */
  readonly holders: Uint32Array;
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
export interface TermScores {
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
  /**
   * The BM25 score of each document in which one of the terms counts. A repeated term counts once, with its highest weight.
   *
   * @param weights What each term's share is multiplied by, 0 or more; 1 each where not given.
   * @throws {RangeError} if there are not as many weights as terms, or one is negative or not finite.
   */
  score(terms: readonly string[], weights?: readonly number[]): TermScores;
}

/** The words of a heading and of neighbouring sentences lift a sentence a little: enough to break a tie, not to win. */
export const CONTEXT_WEIGHT = 0.15;

/** The unit of stored frequencies and lengths: two decimals, for the weight of the context. */
const PER_TERM = 100;
const CONTEXT_HUNDREDTHS = CONTEXT_WEIGHT * PER_TERM;

/** A posting's two counts share 16 bits; beyond so many BM25 is saturated. */
const MAX_COUNT = 255;
const OWN_SHIFT = 8;

/** BM25's usual values (Robertson and Zaragoza 2009, section 3.4): saturation, and share of the document's length. */
const K1 = 1.2;
const B = 0.75;

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
    holders: Uint32Array.from(sorted, ([, postings]) =>
      holdersOf(postings.documents, paragraphs, sizes),
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
function holdersOf(
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

/**
 * Opens an index for queries. Its arrays are used as they are, not copied.
 *
 * @throws {RangeError} if there are not as many terms as offsets name.
 */
export function openPostings(data: PostingsData): Postings {
  const numberOf = numberTerms(data);
  const count = data.lengths.length;
  const accumulator = new Accumulator(data);
  const holders = (number: number | undefined): number =>
    number === undefined ? 0 : (data.holders[number] ?? 0);
  const idf = (n: number): number => Math.log(1 + (count - n + 0.5) / (n + 0.5));
  return {
    count,
    idf: (term) => idf(holders(numberOf(term))),
    has: (term) => numberOf(term) !== undefined,
    score: (terms, weights) => {
      accumulator.clear();
      for (const [term, weight] of weightsOf(terms, weights)) {
        const number = numberOf(term);
        if (number !== undefined && weight > 0) {
          accumulator.add(number, weight * idf(holders(number)));
        }
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

/** Each term once, with its highest weight. */
function weightsOf(
  terms: readonly string[],
  weights: readonly number[] | undefined,
): ReadonlyMap<string, number> {
  if (weights && weights.length !== terms.length) {
    throw new RangeError(`expected ${terms.length} weights, a term each, got ${weights.length}`);
  }
  const weightOf = new Map<string, number>();
  terms.forEach((term, i) => {
    const weight = weights?.[i] ?? 1;
    if (!(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`expected a weight of 0 or more for ${term}, got ${weight}`);
    }
    weightOf.set(term, Math.max(weight, weightOf.get(term) ?? 0));
  });
  return weightOf;
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
