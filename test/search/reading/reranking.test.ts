import { describe, expect, it } from "vitest";
import type { IndexedPassage, IndexedReport } from "../../../src/index/generation.ts";
import type { BlockKind } from "../../../src/report.ts";
import type { RankedPassage } from "../../../src/search/ranking.ts";
import { RANK_FEATURES, rankFeatures, rerank } from "../../../src/search/reading/reranking.ts";
import fitted from "../../../src/search/reading/reranking.json" with { type: "json" };
import type { WindowReading } from "../../../src/search/reading/windowReadings.ts";

const KINDS: readonly BlockKind[] = ["heading", "paragraph", "paragraph", "paragraph", "title"];

/** Where the blocks of a report stand, each one passage. */
const SPANS = [
  { start: 0, end: 4 },
  { start: 5, end: 15 },
  { start: 16, end: 26 },
  { start: 27, end: 37 },
  { start: 38, end: 48 },
] as const;

function reportOf(id: string): IndexedReport {
  const blocks = KINDS.map((kind, i) => ({ kind, span: SPANS[i] ?? SPANS[0] }));
  return { id, title: id, front: {}, pages: [], sections: [], blocks };
}

const [A, B] = [reportOf("a"), reportOf("b")];

/** The passage of a block, as it might be ranked. */
function passage(block: 0 | 1 | 2 | 3 | 4, score = 0.5, report = A): RankedPassage {
  const id = `${report.id}${block}`;
  const indexed: IndexedPassage = {
    id,
    report,
    span: SPANS[block],
    block,
    sentences: [1, 1],
    words: [0, 0],
    textHash: id,
    foldedHash: id,
  };
  const scores = { interaction: 0, dense: 0, words: 0, glosses: 0, pinyin: 0 };
  const interaction = { maxima: new Float32Array(0), matches: new Int32Array(0) };
  const match = { sentence: block, score, interaction, spans: new Uint32Array(0) };
  const weights = new Float32Array(0);
  return { passage: indexed, score, scores, contributions: scores, match, weights };
}

/** A window of a head of two tokens and the blocks 1 and 2, of two tokens each, as it might be read. */
function windowOf(score: number, logits: Readonly<Record<number, number>>, report = A) {
  const starts = new Float32Array(6);
  for (const [token, logit] of Object.entries(logits)) starts[Number(token)] = logit;
  const reading = { answers: 1, starts, ends: new Float32Array(6), nowhere: 2 };
  const spans = Uint32Array.from([0, 0, 0, 0, 5, 10, 10, 15, 16, 21, 21, 26]);
  const tokens = { ids: new Uint32Array(6), spans };
  return { window: 0, report, reading, tokens, score } satisfies WindowReading;
}

function idsOf(passages: readonly RankedPassage[]): string[] {
  return passages.map((it) => it.passage.id);
}

describe("rankFeatures", () => {
  it("measures a passage by its score, by its window and by the best span within it", () => {
    const windows = [windowOf(5, { 3: 4, 4: 8 }), windowOf(9, {}, B)];
    const ranked = [passage(2, 0.75), passage(1, 0.5), passage(3, 0.25), passage(0, 0.25)];
    const featured = rankFeatures(ranked, windows);
    const common = { report: 0, unread: 0, heading: 0 };
    expect(featured.map(({ values }) => values)).toEqual([
      // Its best span: a start of 8 and an end of 0 above the 2 of none, halved, with the 1 that the window answers.
      { ...common, retrieval: 0, window: -4, span: 1 + (8 - 2) / 2 - 5 },
      { ...common, retrieval: -0.25, window: -4, span: 1 + (4 - 2) / 2 - 5 },
      { ...common, retrieval: -0.5, window: 0, span: 0, unread: 1 },
      { ...common, retrieval: -0.5, window: 0, span: 0, unread: 1, heading: 1 },
    ]);
    expect(featured.map(({ passage: { reading } }) => reading?.score)).toEqual([
      4,
      2,
      undefined,
      undefined,
    ]);
  });

  it("compares a passage's score within its report, and reports by their best", () => {
    const ranked = [passage(1, 0.75, B), passage(2, 0.5), passage(3, 0.25, B), passage(1, 0.125)];
    const values = rankFeatures(ranked, []).map((it) => it.values);
    expect(values.map(({ report, retrieval }) => [report, retrieval])).toEqual([
      [0, 0],
      [-0.25, 0],
      [0, -0.5],
      [-0.25, -0.375],
    ]);
  });

  it("takes no span for less likely than as unlikely as it gets", () => {
    const [first] = rankFeatures([passage(1)], [windowOf(90, { 4: 178 })]);
    expect(first?.passage.reading?.score).toBe(0);
    expect(first?.values.span).toBe(-10);
  });

  it("names the words that answer, never those of another passage or of the window's head", () => {
    // The head and the passage behind would be surer.
    const window = windowOf(0, { 0: 50, 1: 50, 3: 7, 4: 50 });
    const [first] = rankFeatures([passage(1)], [window]);
    expect(first?.passage.reading).toEqual({ window, score: 3.5, span: { start: 10, end: 15 } });
  });

  it("takes the window where a passage answers best, of its own report only", () => {
    const windows = [windowOf(1, { 2: 1 }), windowOf(2, { 2: 6 }), windowOf(3, { 2: 9 }, B)];
    const [first] = rankFeatures([passage(1)], windows);
    expect(first?.passage.reading?.window).toBe(windows[1]);
    expect(first?.values.window).toBe(-1);
  });
});

describe("rerank", () => {
  it("orders by the sum of the weighted features", () => {
    const ranked = [passage(3, 0.75), passage(2, 0.5), passage(1, 0.25), passage(1, 0.25, B)];
    const windows = [windowOf(5, { 3: 4, 4: 8 }), windowOf(9, { 2: 3 }, B)];
    const passages = rerank(ranked, windows);
    const expected = rankFeatures(ranked, windows)
      .map(({ passage: it, values }) => ({
        id: it.passage.id,
        rank: RANK_FEATURES.reduce((sum, name) => sum + fitted.weights[name] * values[name], 0),
      }))
      .sort((a, b) => b.rank - a.rank);
    expect(passages.map(({ passage: { id }, rank }) => ({ id, rank }))).toEqual(expected);
  });

  it("puts first what is found better, what stands in a surer window, and what is surer there", () => {
    const window = windowOf(5, { 2: 4, 4: 4 });
    expect(idsOf(rerank([passage(2, 0.5), passage(1, 0.25)], [window]))).toEqual(["a2", "a1"]);
    // Both spans are as much below their window's score.
    const other = windowOf(9, { 2: 4 }, B);
    other.reading.answers += 4;
    expect(idsOf(rerank([passage(1), passage(1, 0.5, B)], [window, other]))).toEqual(["b1", "a1"]);
    const pointed = windowOf(5, { 2: 4, 4: 8 });
    expect(idsOf(rerank([passage(1), passage(2)], [pointed]))).toEqual(["a2", "a1"]);
  });

  it("keeps the order of the search where nothing was read", () => {
    const ranked = [passage(2, 0.75), passage(3, 0.5), passage(1, 0.25)];
    expect(idsOf(rerank(ranked, []))).toEqual(["a2", "a3", "a1"]);
    expect(rerank(ranked, []).every(({ reading }) => reading === undefined)).toBe(true);
  });

  it("puts first what the question quotes, however far behind it stands", () => {
    const ranked = [passage(1, 9), passage(2, 5), passage(3, -9)];
    const windows = [windowOf(5, { 2: 9 })];
    expect(idsOf(rerank(ranked, windows, { quoted: new Set(["a3", "a2"]) }))).toEqual([
      "a2",
      "a3",
      "a1",
    ]);
  });

  it("leaves out titles and headings that were neither read nor quoted", () => {
    const ranked = [passage(0, 9), passage(4, 8), passage(1, 0.5)];
    expect(idsOf(rerank(ranked, [windowOf(5, {})]))).toEqual(["a1"]);
    expect(idsOf(rerank(ranked, [], { quoted: new Set(["a0"]) }))).toEqual(["a0", "a1"]);
    const ofHeading = windowOf(5, {});
    ofHeading.tokens.spans.set([0, 4], 4);
    expect(idsOf(rerank(ranked, [ofHeading])).toSorted()).toEqual(["a0", "a1"]);
  });
});
