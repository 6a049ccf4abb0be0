import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

const LANGUAGES = "zh-Hans zh-Hant en ja ko fr es de ru pt vi ar hi id th tr".split(" ");
const DOCUMENT_KINDS = ["title", "author", "date", "sections", "about", "heading"];
const TEXT_KINDS = ["speaker", "said", "number", "time", "person", "place"];
const KINDS = [...DOCUMENT_KINDS, ...TEXT_KINDS, "chat"];

type Examples = Record<string, Record<string, string[]>>;
type HeldOut = { kind: string; lang: string; question: string };

const read = (path: string) => readFile(new URL(path, import.meta.url), "utf8");
const examples = JSON.parse(await read("../../scripts/dev/fit/intentExamples.json")) as Examples;
const heldOut = (await read("../quality/question-kinds.jsonl"))
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as HeldOut);

const same = (question: string) => question.normalize("NFKC").toLowerCase();
const asked = Object.values(examples)
  .flatMap((languages) => Object.values(languages).flat())
  .map(same);
const twice = (questions: string[]) =>
  questions.filter((question, at) => questions.indexOf(question) !== at);

it("has examples of every kind in every language", () => {
  expect(Object.keys(examples)).toEqual(KINDS);
  for (const languages of Object.values(examples)) {
    expect(Object.keys(languages)).toEqual(LANGUAGES);
    for (const questions of Object.values(languages)) {
      expect(questions.length).toBeGreaterThanOrEqual(6);
      for (const question of questions) expect(question.trim()).not.toBe("");
    }
  }
});

it("has no question twice", () => {
  expect(twice(asked)).toEqual([]);
});

it("holds out questions of every document kind and none in every language", () => {
  for (const kind of [...DOCUMENT_KINDS, "none"])
    for (const lang of LANGUAGES)
      expect(
        heldOut.filter((line) => line.kind === kind && line.lang === lang),
        `${kind} in ${lang}`,
      ).toHaveLength(kind === "none" ? 6 : 2);
});

it("holds out no question twice and none that is an example", () => {
  const questions = heldOut.map((line) => same(line.question));
  expect(twice(questions)).toEqual([]);
  const known = new Set(asked);
  expect(questions.filter((question) => known.has(question))).toEqual([]);
});
