import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findApproved, prepareResolver, prepareApproved } from "../../src/ask/approvedAnswers.ts";
import type { ApprovedAnswer, PassageReference } from "../../src/ask/approvedAnswers.ts";
import { asksTheSame } from "../../src/ask/similarQuestions.ts";
import type { ComparedQuestion, QuestionVector } from "../../src/ask/similarQuestions.ts";
import type { IndexedPassage } from "../../src/index/generation.ts";
import { smallIndex } from "../support/small.ts";

const TEXT = "題目一則\n\n甲鎮新建公園三個。乙鎮改造小區41個，惠及居民。\n";

const DIMENSIONS = 16;

function vector(row: readonly number[], more: Partial<QuestionVector> = {}): QuestionVector {
  return { key: row.join(" "), language: "en", row: Int8Array.from(row), space: "s", ...more };
}

function approved(
  id: string,
  of: QuestionVector,
  passages: readonly PassageReference[] = [{ id: "aaaaaaaa", words: "w" }],
): ApprovedAnswer {
  return { id, question: "question", vector: of, passages, note: undefined };
}

function referenceTo({ id, foldedHash }: IndexedPassage): PassageReference {
  return { id, words: foldedHash };
}

const row = fc.array(fc.integer({ min: -127, max: 127 }), {
  minLength: DIMENSIONS,
  maxLength: DIMENSIONS,
});

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, k) => sum + value * (y[k] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe("the nearest approved questions", () => {
  it("are given best first, each once, as far as they are near at all", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), row, (rows, question) => {
        const known = rows.filter((it) => it.some((value) => value !== 0));
        const answers = known.map((it, i) => approved(String(i), vector(it)));
        const near = [...prepareApproved(answers).nearest(vector(question))];
        const naive = known
          .map((it) => cosine(it, question))
          .filter((it) => it > 1e-6)
          .toSorted((a, b) => b - a);
        expect(near.filter((it) => it.cosine > 1e-6)).toHaveLength(naive.length);
        near.forEach((it, i) => {
          expect(it.cosine).toBeCloseTo(naive[i] ?? 0, 4);
        });
        expect(new Set(near.map(({ answer }) => answer)).size).toBe(near.length);
      }),
      { seed: 6 },
    );
  });

  it("are only those of the same space", () => {
    const other = approved("1", vector(Array<number>(DIMENSIONS).fill(9), { space: "other" }));
    expect([
      ...prepareApproved([other]).nearest(vector(Array<number>(DIMENSIONS).fill(9))),
    ]).toEqual([]);
  });
});

it("a question without a vector yet is near to none, and the same as its like all the same", () => {
  const none = { row: new Int8Array(), space: "" };
  const imported = approved("1", vector([], { ...none, key: "same" }));
  const answers = prepareApproved([imported]);
  expect([...answers.nearest(vector([], { ...none, key: "other" }))]).toEqual([]);
  expect(answers.same("same")).toBe(imported);
});

const BASE = [100, ...Array<number>(DIMENSIONS - 1).fill(0)];

/** A row whose cosine with `BASE` is about this. */
function at(value: number): number[] {
  const rest = Math.round(100 * Math.sqrt(1 - value * value));
  return [Math.round(100 * value), rest, ...Array<number>(DIMENSIONS - 2).fill(0)];
}

function asked(of: QuestionVector, question = "question"): ComparedQuestion {
  return { question, vector: of };
}

describe("two questions", () => {
  const near = (a: string, b: string): boolean =>
    asksTheSame(asked(vector(BASE, { key: "a" }), a), asked(vector(at(0.99), { key: "b" }), b));

  it.each([
    ["How many in 2020?", "How many in 2021?", false],
    ["How many in 2020?", "In 2020, how many?", true],
    ["How many?", "How many in 2021?", false],
    ["多少个小区？ 41", "四十一个小区？", true],
    ["哪一个公园", "which park", true],
    ["第3章", "第4章", false],
    ["3.5万人", "35,000 people", true],
    ["C++ course", "C# course", false],
    ["at -5 degrees", "at 5 degrees", false],
    ["A-級教室", "A級教室", false],
    ["more than >5", "more than <5", false],
    ["10% of them", "10‰ of them", false],
    ["10%是多少", "how much is 10 percent", true],
  ])("are near only with the same numbers: %s %s", (a, b, expected) => {
    expect(near(a, b)).toBe(expected);
  });

  it("are the same with the same words, and compared within one space only", () => {
    const other = asked(vector(at(0.1), { space: "t" }));
    expect(asksTheSame(other, asked(vector(BASE, { key: other.vector.key })))).toBe(true);
    expect(asksTheSame(asked(vector(BASE)), asked(vector(at(0.99), { space: "t" })))).toBe(false);
  });
});

describe("findApproved", () => {
  it("asks for more the less the search agrees, and between questions of one language", async () => {
    const { generation, search } = await smallIndex({ "a.txt": TEXT });
    const { passages: ranked } = await search("公園");
    const anchor = prepareResolver(generation);
    const [first, second] = ranked.map(({ passage }) => passage);
    if (first === undefined || second === undefined) throw new Error("two passages are needed");
    const served = (passage: IndexedPassage, value: number, language: string): boolean => {
      const answers = prepareApproved([
        approved("1", vector(BASE, { language: "zh" }), [referenceTo(passage)]),
      ]);
      return (
        findApproved(answers, asked(vector(at(value), { language })), ranked, anchor) !== undefined
      );
    };
    const least = (passage: IndexedPassage, language: string): number | undefined =>
      [0.5, 0.65, 0.75, 0.85, 0.92, 0.97].find((value) => served(passage, value, language));
    expect([least(first, "en"), least(second, "en")]).toEqual([0.65, 0.75]);
    expect([least(first, "zh"), least(second, "zh")]).toEqual([0.85, 0.92]);
    const answers = prepareApproved([
      approved("1", vector(BASE, { language: "zh" }), [referenceTo(second)]),
    ]);
    const notListed = (value: number): unknown =>
      findApproved(answers, asked(vector(at(value))), [], anchor)?.passages;
    expect([notListed(0.75), notListed(0.85)]).toEqual([undefined, [second]]);
  });

  it("takes the question of the same words, even where its vector is of another space", async () => {
    const { generation } = await smallIndex({ "a.txt": TEXT });
    const [passage] = generation.passages;
    if (passage === undefined) throw new Error("a passage is needed");
    const only = prepareApproved([
      approved("1", vector(BASE, { space: "old" }), [referenceTo(passage)]),
    ]);
    const find = (key: string) =>
      findApproved(only, asked(vector(BASE, { key })), [], prepareResolver(generation))?.passages;
    expect(find(BASE.join(" "))).toEqual([passage]);
    expect(find("another")).toBeUndefined();
  });

  it("never answers a question about one year with one about another", async () => {
    const { generation } = await smallIndex({ "a.txt": TEXT });
    const [passage] = generation.passages;
    if (passage === undefined) throw new Error("a passage is needed");
    const of2020 = {
      ...approved("1", vector(BASE), [referenceTo(passage)]),
      question: "how many in 2020",
    };
    const answers = prepareApproved([of2020]);
    const find = (question: string) =>
      findApproved(answers, asked(vector(at(0.99)), question), [], prepareResolver(generation));
    expect(find("in 2020, how many?")?.answer).toBe(of2020);
    expect(find("how many in 2021?")).toBeUndefined();
  });

  it("finds a passage again by its words, and passes over an answer of which one is gone", async () => {
    const { generation } = await smallIndex({ "a.txt": TEXT });
    const anchor = prepareResolver(generation);
    const [passage] = generation.passages;
    if (passage === undefined) throw new Error("a passage is needed");
    const moved = { id: "zzzzzzzz", words: passage.foldedHash };
    const gone = approved("gone", vector(BASE), [
      referenceTo(passage),
      { id: passage.id, words: "other" },
    ]);
    const there = approved("there", vector(at(0.99)), [moved]);
    expect(findApproved(prepareApproved([gone, there]), asked(vector(BASE)), [], anchor)).toEqual({
      answer: there,
      passages: [passage],
    });
    expect(findApproved(prepareApproved([gone]), asked(vector(BASE)), [], anchor)).toBeUndefined();
  });
});
