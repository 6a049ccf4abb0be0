import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { highlightOf } from "../../src/ask/excerpt.ts";
import { splitClauses } from "../../src/text/clauses.ts";
import { SEED } from "../support/seed.ts";
import { smallIndex } from "../support/small.ts";

/** Where the passage stands in its report. */
const PLACE = 100;

/** The highlight of a passage of which a reader names the words [start, end). */
async function prepareHighlight() {
  const { generation, search } = await smallIndex({ "a.txt": "甲鎮種樹三千棵。\n" });
  const [any] = (await search("種樹")).passages;
  if (any === undefined) throw new Error("no passage");
  const tokens = { ids: new Uint32Array(0), spans: new Uint32Array(0) };
  const logits = { answers: 0, starts: new Float32Array(0), ends: new Float32Array(0), nowhere: 0 };
  const window = { window: 0, report: any.passage.report, reading: logits, tokens, score: 0 };
  return (text: string, start: number, end: number): [from: number, to: number] => {
    const span = { start: PLACE + start, end: PLACE + end };
    const passage = { ...any.passage, span: { start: PLACE, end: PLACE + text.length } };
    const reading = { window, score: 0, span };
    return highlightOf(generation, { ...any, passage, reading }, text);
  };
}

const TEXT =
  "甲鎮在鎮東和鎮西新建公園共三個，乙鎮改造老舊小區共計1，200處，丙鎮打通各處道路，新劃停車位七千個。戊縣的會議在明天上午10：30開始。";

const [ONE, OTHER] = ["甲鎮在鎮東和鎮西新建公園共三個，", "乙鎮改造老舊小區共計1200處。"];
const BOTH = ONE + OTHER;

describe("the highlight of a passage that was not read", () => {
  it("is the clause that holds the most of the question's weight, not the most of its tokens", async () => {
    const { generation, search } = await smallIndex({ "a.txt": `${BOTH}\n` });
    const { passages } = await search("種樹");
    const any = passages.find(
      ({ passage }) => passage.span.end - passage.span.start === BOTH.length,
    );
    if (any === undefined) throw new Error("no passage");
    // Tokens of the sentence: two in its first clause, one in its second.
    const spans = Uint32Array.of(0, 2, 2, 4, 18, 20);
    const shown = (weights: readonly number[], maxima: readonly number[]): string => {
      const interaction = {
        ...any.match.interaction,
        maxima: Float32Array.from(maxima),
        matches: Int32Array.of(0, 1, 2),
      };
      const match = { ...any.match, interaction, spans };
      const ranked = { ...any, match, weights: Float32Array.from(weights), reading: undefined };
      return BOTH.slice(...highlightOf(generation, ranked, BOTH));
    };
    expect(shown([1, 1, 1], [0.5, 0.5, 0.9])).toBe(ONE);
    expect(shown([0.1, 0.1, 3], [0.5, 0.5, 0.9])).toBe(OTHER);
    expect(shown([0.1, 0.1, 3], [0.5, 0.5, 0.01])).toBe(ONE);
    // What matches nothing takes no weight away.
    expect(shown([1, 1, 1], [0.5, -0.9, 0.2])).toBe(ONE);
  });
});

describe("the highlight of a passage that was read", () => {
  it.each([
    ["三個", "甲鎮在鎮東和鎮西新建公園共三個，"],
    ["200", "乙鎮改造老舊小區共計1，200處，"],
    ["三個，乙鎮", "甲鎮在鎮東和鎮西新建公園共三個，乙鎮改造老舊小區共計1，200處，"],
    ["，", "甲鎮在鎮東和鎮西新建公園共三個，"],
    ["30開始", "戊縣的會議在明天上午10：30開始。"],
    ["七千個。戊縣", "丙鎮打通各處道路，新劃停車位七千個。戊縣的會議在明天上午10：30開始。"],
  ])("is what holds %j, whole clauses: %j", async (words, clauses) => {
    const highlight = await prepareHighlight();
    const start = TEXT.indexOf(words);
    expect(TEXT.slice(...highlight(TEXT, start, start + words.length))).toBe(clauses);
  });

  it("holds the words that answer, and no clause more; it cuts no number in two", async () => {
    const highlight = await prepareHighlight();
    const piece = fc.constantFrom(
      "1，200",
      "10：30",
      "3,500",
      "２０２１",
      "甲鎮種樹，",
      "改造老舊小區的道路",
      "。",
      ", and then ",
      "（見，下）",
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 25 }).map((it) => it.join("").trim());
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (words, one, other) => {
        const places = [one % words.length, other % words.length];
        const [start, end] = [Math.min(...places), Math.max(...places) + 1];
        const answer = words.slice(start, end).trim();
        if (answer === "") return;
        const [from, to] = highlight(words, start, end);
        expect(words.slice(from, to)).toContain(answer);
        const clauses = splitClauses(words, { start: 0, end: words.length });
        const first = clauses.find((it) => it.start === from);
        const last = clauses.find((it) => it.end === to);
        expect(first?.end).toBeGreaterThan(start);
        expect(last?.start).toBeLessThan(end);
        for (const cut of [from, to]) {
          const isInNumber = /\p{N}[，：,]?$/u.test(words.slice(0, cut));
          expect(isInNumber && /^\p{N}/u.test(words.slice(cut))).toBe(false);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("is no more than the passage where the last token that answers ends beyond it", async () => {
    const highlight = await prepareHighlight();
    expect(highlight("甲鎮種樹。", 3, 7)).toEqual([0, 5]);
  });
});
