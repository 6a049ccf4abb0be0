import { describe, expect, it } from "vitest";
import { namesIn, readPinyin } from "../../src/terms/pinyinNames.ts";

const pinyinTerms = await readPinyin();

describe("pinyinTerms", () => {
  it.each([
    ["張濤", ["zhangtao"], "a Traditional name"],
    ["张涛说", ["zhangtao", "taoshuo", "zhangtaoshuo"], "every run of two to four characters"],
    ["吕布", ["lubu"], "ü as it is typed"],
    ["曾国藩", ["zengguofan"], "a surname in its own reading"],
    ["甲", [], "one syllable is a word of every language"],
    ["abc 12", [], "no Han character"],
  ])("of %j include %j: %s", (text, terms) => {
    expect(pinyinTerms(text)).toEqual(expect.arrayContaining(terms));
    if (terms.length === 0) expect(pinyinTerms(text)).toEqual([]);
  });

  it("gives each once, of runs of at most four", () => {
    const terms = pinyinTerms("定州市定州市");
    expect(new Set(terms).size).toBe(terms.length);
    expect(terms).not.toContain("dingzhoushidingzhou");
  });
});

describe("namesIn", () => {
  const known = new Set(["zhangtao", "caifang", "zhangcaifang", "lulu", "canyou"]);
  it.each([
    ["who is zhang tao", ["zhangtao"], "two words"],
    ["zhangtao?", ["zhangtao"], "one word"],
    ["ZHĀNG TĀO", ["zhangtao"], "capitals and tones"],
    ["zhang cai fang said", ["zhangcaifang"], "the longest of several"],
    ["lvlv", ["lulu"], "v for ü"],
    ["zhang tao and zhangtao", ["zhangtao"], "each once"],
    ["can you help", [], "no words of English grammar alone"],
    ["zhang wei", [], "nothing that no text holds"],
  ])("finds in %j %j: %s", (text, names) => {
    expect(namesIn(text, (name) => known.has(name))).toEqual(names);
  });
});
