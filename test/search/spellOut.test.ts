import { expect, it } from "vitest";
import { spellOut } from "../../src/search/spellOut.ts";
import { readAbbreviations } from "../../src/terms/latinAbbreviations.ts";
import { smallIndex } from "../support/small.ts";

const REPORT = [
  "經濟簡報",
  "全市地區生產總值二千一百億元。",
  "居民消费价格上涨，WTO的規則和世界的貿易組織得人心。",
  "本地人也愛看NBA。",
].join("\n");

const abbreviations = await readAbbreviations();

it.each([
  ["GDP多少？", "地区生产总值多少？", "by the longest words that the report holds"],
  ["今年gdp是多少", "今年地区生产总值是多少", "in small letters"],
  ["GDP和CPI呢", "地区生产总值和居民消费价格呢", "each of several"],
  ["What is the GDP?", "What is the GDP?", "not in another language"],
  ["WTO说什么", "WTO说什么", "not where the report uses it"],
  ["PPI下降多少", "PPI下降多少", "not where the report does not hold what it stands for"],
  ["AGDP多少", "AGDP多少", "not within a longer word"],
  ["GDP2多少", "GDP2多少", "not beside a digit"],
  ["XQZ多少", "XQZ多少", "not where nobody knows it"],
])("%j is read as %j: %s", async (question, read) => {
  const { generation } = await smallIndex({ "a.txt": REPORT });
  expect(await spellOut(question, generation.keywords.words, abbreviations)).toBe(read);
});
