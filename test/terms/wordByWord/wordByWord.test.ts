import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDictionary } from "../../../src/terms/dictionary.ts";
import { prepareWords } from "../../../src/terms/wordByWord/wordByWord.ts";
import { hostileText } from "../../support/hostile.ts";
import { SEED } from "../../support/seed.ts";

const glossReport = await prepareWords(await readDictionary());

function wordsOf(text: string, report: readonly string[] = [text]) {
  return glossReport(report)(text).map(({ start, end, ...it }) => ({
    text: text.slice(start, end),
    ...it,
  }));
}

function cut(text: string, report?: readonly string[]): string {
  return wordsOf(text, report)
    .map((it) => it.text)
    .join("|");
}

function reading(word: string, text: string): string | undefined {
  return wordsOf(text).find((it) => it.text === word)?.pinyin;
}

describe("words", () => {
  it.each([
    ["無物業小區", "無|物業|小區", "where the longest word first would be wrong"],
    ["凝聚力量", "凝聚|力量", "and again"],
    ["百年奮斗", "百年|奮斗", "half converted"],
    ["3.5萬個，GDP增長6.1%。", "萬|個|增長", "beside digits, letters and marks"],
    ["二○二三年", "二○二三|年", "numbers in characters"],
    ["四十一個派出所", "四十一|個|派出所", "of which the last digit belongs to the number"],
    ["市委書記張濤說", "市委|書記|張濤|說", "a person"],
    ["記者聶資濱", "記者|聶資濱", "with two characters behind the surname"],
    ["到瑯杉市去", "到|瑯杉|市|去", "a place that nobody knows"],
    ["這是𰻝麵", "這|是|𰻝|麵", "a character beyond 16 bits"],
  ])("%s is cut into %s: %s", (text, words) => {
    expect(cut(text)).toBe(words);
  });

  it("learns a report's names from its other texts", () => {
    expect(cut("護航平安瑯杉")).not.toContain("瑯杉");
    expect(cut("護航平安瑯杉", ["護航平安瑯杉", "瑯杉市公安局"])).toBe("護航|平安|瑯杉");
    const twice = ["青埔二廠", "位於青埔的工廠"];
    expect(cut("青埔二廠", twice)).toBe("青埔|二|廠");
  });

  it.each([
    ["為", "一部不斷為民造福的歷史", "wèi"],
    ["為", "黨史為鏡", "wéi"],
    ["為", "以人民為中心", "wéi"],
    ["為", "增長率為6%", "wéi"],
    ["得", "就得把老百姓放在心上", "děi"],
    ["得", "蹲得下", "de"],
    ["長", "大橋長八公里", "cháng"],
    ["只", "一只來自大窯", "zhī"],
    ["隻", "三隻羊", "zhī"],
    ["種", "三種方案", "zhǒng"],
    ["種", "門口種了兩排", "zhòng"],
    ["重", "他重填一遍", "chóng"],
    ["地", "快速地推進", "de"],
    ["地", "可澆地的水", "dì"],
    ["干", "帶著一級干", "gàn"],
    ["乾", "衣服乾了", "gān"],
    ["的", "目的是好的", "de"],
    ["行長", "銀行行長", "hángzhǎng"],
    ["重溫", "重溫經典", "chóngwēn"],
    ["張濤", "張濤說", "Zhāng Tāo"],
    ["曾曉明", "記者曾曉明", "Zēng Xiǎomíng"],
    ["瑯杉", "到瑯杉市去", "Lángshān"],
    ["四十一", "四十一歲", "sìshíyī"],
  ])("%s in %s is read by the word", (word, text, pinyin) => {
    expect(reading(word, text)?.normalize("NFC")).toBe(pinyin.normalize("NFC"));
  });

  it("has at most two senses, of at most forty characters, of what the word means", () => {
    const [, ...words] = wordsOf("為張開，王為國，一只羊，定州");
    const sensesOf = new Map(words.map((it) => [it.text, it.senses]));
    expect(sensesOf.get("張開")).toEqual(["to open up", "to spread"]);
    expect(sensesOf.get("羊")?.[0]).toBe("sheep; goat");
    expect(sensesOf.get("只")?.[0]).toMatch(/^classifier for birds/u);
    expect(sensesOf.get("定州")?.[0]).toMatch(/^Dingzhou, county-level city/u);
  });

  it("of any text are in order, inside it, and short", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        let last = 0;
        for (const { start, end, pinyin, senses } of glossReport([text])(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
          expect(pinyin).not.toBe("");
          expect(senses.length).toBeLessThanOrEqual(2);
          for (const sense of senses) {
            expect(sense.length).toBeLessThanOrEqual(40);
            expect(sense).not.toMatch(/^CL:|[\n\t]/u);
          }
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it("leaves out characters of which nobody knows the reading", () => {
    expect(cut("甲\u{2ceaf}乙")).toBe("甲|乙");
  });

  it("are none of what is not Chinese", () => {
    expect(wordsOf("GDP grew by 6.1 %, café")).toEqual([]);
    expect(wordsOf("")).toEqual([]);
  });
});
