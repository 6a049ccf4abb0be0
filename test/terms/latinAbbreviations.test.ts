import { expect, it } from "vitest";
import { readAbbreviations } from "../../src/terms/latinAbbreviations.ts";

const abbreviations = await readAbbreviations();

it("the file holds abbreviations in capitals, each once and in order, and Simplified words for each", () => {
  const all = [...abbreviations.keys()];
  expect(all).toEqual([...new Set(all)].sort());
  for (const [abbreviation, words] of abbreviations) {
    expect(abbreviation).toMatch(/^[A-Z]{2,6}$/u);
    expect(words.length).toBeGreaterThan(0);
    for (const word of words) expect(word).toMatch(/^\p{Script=Han}{2,8}$|^工业生产者出厂价格$/u);
  }
});

it.each([
  ["GDP", "生产总值"],
  ["CPI", "居民消费价格"],
  ["WHO", "世界卫生组织"],
])("%s may stand for %s", (abbreviation, word) => {
  expect(abbreviations.get(abbreviation)).toContain(word);
});
