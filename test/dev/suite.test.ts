import path from "node:path";
import { readdir, stat } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { renderEvaluation } from "../../scripts/dev/evaluation/evaluation.ts";
import type { Table } from "../../scripts/dev/evaluation/evaluation.ts";
import { isRight } from "../../scripts/dev/evaluation/reportQuestions.ts";
import { readSuite } from "../../scripts/dev/evaluation/suite.ts";
import type { SuiteOutcome } from "../../scripts/dev/evaluation/suite.ts";
import { ofGroup, suiteFloors } from "../../scripts/dev/evaluation/suiteMetrics.ts";
import { evaluateSuite, suiteTables } from "../../scripts/dev/evaluation/suiteQuality.ts";
import { ABLATION_PARTS } from "../../src/search/fusion.ts";
import { REAL_MODEL, folderWith, temporaryFolder } from "../support/folders.ts";

const FIXTURE = "test/quality/reports";

/** How a question was answered: `report reportLanguage language kind state rank confidence`. */
function outcome(text: string): SuiteOutcome {
  const [report = "", reportLanguage = "", language = "", kind, state, rank, confidence] =
    text.split(" ");
  if (kind !== "answer" && kind !== "near-miss" && kind !== "off-topic") throw new Error(text);
  if (state !== "found" && state !== "maybe" && state !== "none") throw new Error(text);
  const asked = { report, reportLanguage, language, style: "chat", id: "1", question: "?" };
  return {
    question: { ...asked, kind, gold: [], gold_spans: [] },
    state,
    rank: rank === "-" ? undefined : Number(rank),
    confidence: Number(confidence),
  };
}

const OUTCOMES = [
  "a zh-Hant zh-Hans answer found 1 .9",
  "a zh-Hant zh answer maybe 2 .5",
  "a zh-Hant en answer found 3 .8",
  "b en en answer none - .1",
  "b en es answer found 1 .9",
  "b en es near-miss found - .7",
  "a zh-Hant en near-miss maybe - .4",
  "b en en near-miss none - .1",
  "b en ar off-topic none - .05",
].map(outcome);

function values(tables: readonly Table[], title: string, name: string) {
  return tables.find((it) => it.title === title)?.rows.find((it) => it.name === name)?.values;
}

describe("groups of languages", () => {
  it.each([
    ["own language", [0, 1, 3, 7]],
    ["English", [2, 6]],
    ["other languages", [4, 5, 8]],
    ["all other", [2, 4, 5, 6, 8]],
    ["all", [0, 1, 2, 3, 4, 5, 6, 7, 8]],
  ] as const)(
    "%s: by the question's language and the report's, whatever the script",
    (group, at) => {
      expect(ofGroup(group, OUTCOMES)).toEqual(at.map((i) => OUTCOMES[i]));
    },
  );
});

describe("the tables of a suite", () => {
  const tables = suiteTables(OUTCOMES);

  it("count each kind by itself, and what is right only among what is found", () => {
    expect(values(tables, "answerable", "own language")).toMatchObject({
      n: 3,
      first: { value: 1 / 3 },
      "first 3": { value: 2 / 3 },
      found: { value: 1 / 3 },
      "right when found": { value: 1 },
      refused: { value: 1 / 3 },
    });
    expect(values(tables, "answerable", "all")).toMatchObject({
      n: 5,
      "right when found": { value: 2 / 3 },
    });
    // Of five answerable questions three are above all near misses, one is above two of them, one equals the lowest.
    expect(values(tables, "near miss", "all")).toMatchObject({
      n: 3,
      claimed: { value: 1 / 3 },
      refused: { value: 1 / 3 },
      AUROC: { value: (3 + 3 + 3 + 2 + 0.5) / 5 / 3 },
    });
    expect(values(tables, "off-topic", "all")).toMatchObject({ n: 1, refused: { value: 1 } });
  });

  it("tell the answerable questions by style and report", () => {
    expect(values(tables, "answerable, by report", "b (en)")).toMatchObject({ n: 2, first: 0.5 });
    expect(values(tables, "answerable, by style", "chat")).toMatchObject({ n: 5, refused: 0.2 });
    expect(values(tables, "answerable, by language of the report", "zh-Hant")).toMatchObject({
      n: 3,
    });
  });

  it("show an interval behind its share, and a dash for what nothing was asked about", () => {
    const value = { value: 0.6834, low: 0.6412, high: 1 };
    const none = { value: NaN, low: NaN, high: NaN };
    const rows = [{ name: "all", values: { n: 5, first: value, found: none, refused: NaN } }];
    expect(renderEvaluation({ title: "answerable", rows })).toBe(
      [
        "answerable  n              first  found  refused",
        "all         5  .683 (.641–1.000)      –        –",
      ].join("\n"),
    );
  });

  it("have floors by group", () => {
    expect(suiteFloors(OUTCOMES)[0]).toEqual({
      name: "right passage first, own language",
      value: 1 / 3,
      unit: "",
      atLeast: 0.79,
    });
  });
});

describe("the suite of the tests", () => {
  it("has the sentence of each answer in its report, and the answer in the sentence", async () => {
    const suite = await readSuite({ folder: FIXTURE, every: 1, only: [] });
    expect(suite.map(({ reports }) => reports.map(({ id }) => id))).toEqual([
      ["f-13"],
      ["h-12"],
      ["j-03"],
    ]);
    for (const { reports, questions } of suite) {
      const text = reports.map((it) => it.text).join("\n");
      for (const { gold, gold_spans: spans, kind, question } of questions) {
        expect(gold.length, question).toBe(kind === "answer" ? 1 : 0);
        for (const sentence of gold) {
          expect(isRight(text, { gold: [sentence], gold_spans: [] }), sentence).toBe(true);
          expect(isRight(sentence, { gold: spans, gold_spans: [] }), sentence).toBe(true);
        }
      }
    }
  });

  it("can be asked in part", async () => {
    const [asked, ...others] = await readSuite({ folder: FIXTURE, every: 10, only: ["h-12"] });
    expect(others).toEqual([]);
    expect(asked?.questions.map(({ id }) => id)).toContain("h-12-011");
    expect(asked?.questions).toHaveLength(7);
    await expect(readSuite({ folder: FIXTURE, every: 1, only: ["nowhere"] })).rejects.toThrow(
      /--report nowhere/u,
    );
  });
});

const PIER = `# The pier of Little Marrow

Repairs began in March under the engineer Ottilie Crane. The pier is 214 metres long. Eleven oak piles were replaced.

The café at its end will open again in June.`;

const ORCHARD = `# El huerto de Valdelobos

La cooperativa cosechó 38 toneladas de manzanas. El riego por goteo redujo el consumo de agua a la mitad.

La sidra ganó una medalla en Oviedo.`;

/** Questions about both: report, its language, the question's, its kind, the question, the sentence that answers it. */
const QUESTIONS = [
  ["pier", "en", "en", "answer", "How long is the pier?", "The pier is 214 metres long."],
  [
    "pier",
    "en",
    "de",
    "answer",
    "Wann öffnet das Café am Ende der Pier wieder?",
    "The café at its end will open again in June.",
  ],
  ["pier", "en", "en", "near-miss", "What did the repairs cost?"],
  [
    "orchard",
    "es",
    "es",
    "answer",
    "¿Cuántas toneladas de manzanas cosechó la cooperativa?",
    "La cooperativa cosechó 38 toneladas de manzanas.",
  ],
  ["orchard", "es", "fr", "off-topic", "Comment redémarrer mon routeur ?"],
].map(([report, reportLanguage, language, kind, question, sentence], i) =>
  JSON.stringify({
    ...{ id: String(i), report, reportLanguage, language, question, kind, sentence },
    style: "chat",
  }),
);

describe("a suite, asked with the real model", () => {
  it("is indexed once, asked alone and measured", async () => {
    const folder = await folderWith({
      "pier/pier.md": PIER,
      "orchard/orchard.md": ORCHARD,
      "questions.jsonl": QUESTIONS.join("\n"),
    });
    const cache = await temporaryFolder();
    const suite = { folder, cache, every: 1, only: [], isAblated: false };
    const config = { modelDir: REAL_MODEL };
    const { tables, floors, charts } = await evaluateSuite(config, suite);
    const right = { first: { value: 1 } };
    expect(values(tables, "answerable", "own language")).toMatchObject({ n: 2, ...right });
    expect(values(tables, "answerable", "other languages")).toMatchObject({ n: 1, ...right });
    expect(values(tables, "near miss", "all")).toMatchObject({ n: 1 });
    expect(values(tables, "off-topic", "all")).toMatchObject({ n: 1 });
    expect(floors).toEqual(expect.arrayContaining([expect.objectContaining({ value: 1 })]));
    expect(charts?.["suite-states"]).toContain("answerable (3)");

    const builtAt = await indexesIn(cache);
    expect(builtAt).toHaveLength(2);
    const progress: number[] = [];
    const again = await evaluateSuite(
      config,
      { ...suite, only: ["orchard"], isAblated: true },
      (_step, done, total) => progress.push(done / total),
    );
    expect(await indexesIn(cache)).toEqual(builtAt);
    expect(again.floors).toBeUndefined();
    const ablation = again.tables.find(({ title }) => title === "ablation");
    expect(ablation?.rows).toHaveLength(1 + ABLATION_PARTS.length);
    expect(ablation?.rows[0]?.values["first, own language"]).toBe(1);
    expect(progress.at(-1)).toBe(1);
  });
});

/** The indexes in a folder, and when each was built. */
async function indexesIn(cache: string): Promise<(string | number)[][]> {
  const names = await readdir(cache);
  return Promise.all(
    names.map(async (name) => [name, (await stat(path.join(cache, name, "current"))).mtimeMs]),
  );
}
