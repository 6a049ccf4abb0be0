import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildPostings } from "../../../src/index/postings/buildPostings.ts";
import type { PostingsDocument } from "../../../src/index/postings/buildPostings.ts";
import { openPostings } from "../../../src/index/postings/postings.ts";
import type { Postings } from "../../../src/index/postings/postings.ts";
import { SEED } from "../../support/seed.ts";

/** Few terms, so that documents and queries share them. */
const terms = fc.array(fc.constantFrom("公", "園", "公園", "42", "who", "", "𠮷"), {
  maxLength: 8,
});
/** Documents of a paragraph have the same headings. */
const documents = fc
  .array(
    fc.record({
      headings: terms,
      inside: fc.array(terms, { minLength: 1, maxLength: 4 }),
      isOne: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((paragraphs) =>
    paragraphs.flatMap(({ headings, inside, isOne }, paragraph): PostingsDocument[] =>
      inside.map((it) => ({ terms: it, headings, ...(isOne && { paragraph }) })),
    ),
  );
const query = fc.uniqueArray(fc.constantFrom("公", "園", "公園", "無", "𠮷", ""));

function open(given: Iterable<PostingsDocument>): Postings {
  return openPostings(buildPostings(given));
}

/** The documents of a query with their scores, ascending by number. */
function hits(postings: Postings, given: readonly string[]): [number, number][] {
  const { documents: found, scores } = postings.score(given);
  return Array.from(found)
    .sort((a, b) => a - b)
    .map((document) => [document, scores[document] ?? NaN]);
}

function count(list: readonly string[] | undefined, term: string): number {
  return list?.filter((it) => it === term).length ?? 0;
}

/** BM25 as the formula stands in the book. */
function naiveScore(
  all: readonly PostingsDocument[],
  document: PostingsDocument,
  asked: readonly string[],
): number {
  const contextOf = (it: PostingsDocument): string[] => [
    ...(it.headings ?? []),
    ...all
      .filter((other) => other !== it && other.paragraph === (it.paragraph ?? NaN))
      .flatMap((other) => other.terms),
  ];
  const frequency = (it: PostingsDocument, term: string): number =>
    count(it.terms, term) + 0.15 * count(contextOf(it), term);
  const length = (it: PostingsDocument): number => it.terms.length + 0.15 * contextOf(it).length;
  const mean = all.reduce((sum, it) => sum + length(it), 0) / all.length;
  return asked.reduce((sum, term) => {
    const n = all.filter((it) => frequency(it, term) > 0).length;
    const idf = Math.log(1 + (all.length - n + 0.5) / (n + 0.5));
    const f = frequency(document, term);
    const share = (f * 2.2) / (f + 1.2 * (0.25 + (0.75 * length(document)) / mean));
    return f === 0 ? sum : sum + idf * share;
  }, 0);
}

describe("postings", () => {
  it("score as BM25 does, query after query", () => {
    fc.assert(
      fc.property(documents, fc.array(query, { minLength: 1, maxLength: 3 }), (all, queries) => {
        const postings = open(all);
        for (const asked of queries) {
          const { documents: found, scores } = postings.score(asked);
          const naive = all.map((document) => naiveScore(all, document, asked));
          expect(scores).toHaveLength(all.length);
          naive.forEach((score, i) => {
            expect(Math.abs((scores[i] ?? NaN) - score)).toBeLessThanOrEqual(1e-5 * (1 + score));
          });
          expect(Array.from(found).sort((a, b) => a - b)).toEqual(
            Array.from(naive.keys()).filter((i) => (naive[i] ?? 0) > 0),
          );
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("count a repeated term of a query once", () => {
    const postings = open([{ terms: ["甲", "乙"] }, { terms: ["乙"] }]);
    const once = hits(postings, ["甲", "乙"]);
    expect(hits(postings, ["甲", "乙", "甲", "甲"])).toEqual(once);
    expect(hits(postings, ["甲", "乙", "乙"])).toEqual(once);
  });

  it("give equal documents equal scores", () => {
    const found = hits(open(Array.from({ length: 4 }, () => ({ terms: ["甲", "乙"] }))), ["甲"]);
    expect(found.map(([document]) => document)).toEqual([0, 1, 2, 3]);
    expect(new Set(found.map(([, score]) => score)).size).toBe(1);
  });

  it("score one occurrence in a document of mean length as the term's idf", () => {
    const postings = open([{ terms: ["甲"] }, { terms: ["乙"] }]);
    expect(postings.score(["甲"]).scores[0]).toBeCloseTo(postings.idf("甲"), 5);
  });

  it("know how rare a term is, and that one nowhere is rarest", () => {
    const postings = open([{ terms: ["甲", "乙"] }, { terms: ["甲"], headings: ["丙"] }]);
    expect(postings.count).toBe(2);
    expect(postings.idf("甲")).toBeCloseTo(Math.log(1 + 0.5 / 2.5), 12);
    expect(postings.idf("乙")).toBeCloseTo(Math.log(1 + 1.5 / 1.5), 12);
    expect(postings.idf("丙")).toBe(postings.idf("乙"));
    expect(postings.idf("丁")).toBeCloseTo(Math.log(1 + 2.5 / 0.5), 12);
  });

  it.each([
    [[], "no documents"],
    [[{ terms: [] }, { terms: [] }], "documents without terms"],
  ])("find nothing in %j: %s", (given) => {
    const postings = open(given);
    expect(postings.count).toBe(given.length);
    expect(hits(postings, ["甲", ""])).toEqual([]);
  });

  it("hold every term once, in order, with its documents in order", () => {
    const data = buildPostings([
      { terms: ["乙", "a", "乙"], headings: ["甲", "a"], paragraph: 7 },
      { terms: ["a"], headings: ["甲", "a"], paragraph: 7 },
      { terms: ["甲"] },
    ]);
    expect(data).toEqual({
      terms: "a\n乙\n甲",
      offsets: Uint32Array.of(0, 2, 3, 6),
      documentFrequencies: Uint32Array.of(2, 2, 3),
      documents: Uint32Array.of(0, 1, 0, 0, 1, 2),
      frequencies: Uint16Array.of(257, 257, 512, 1, 1, 256),
      lengths: Uint32Array.of(345, 175, 100),
      paragraphs: Uint32Array.of(0, 0, 2),
    });
  });

  it("count no term more often than a frequency can hold", () => {
    const data = buildPostings([{ terms: Array.from({ length: 700 }, () => "甲") }]);
    expect(data.frequencies).toEqual(Uint16Array.of(255 * 256));
  });

  it.each(["甲\n乙", "\ud842"])("refuse the term %j", (term) => {
    expect(() => buildPostings([{ terms: ["甲", term] }])).toThrow(
      new RangeError(`cannot be indexed as a term: ${JSON.stringify(term)}`),
    );
  });

  it.each(["甲", "甲\n乙\n丙"])("are not opened with two offsets and the terms %j", (given) => {
    const data = { ...buildPostings([{ terms: ["甲", "乙"] }]), terms: given };
    expect(() => openPostings(data)).toThrow(/terms, offsets 2/);
  });
});
