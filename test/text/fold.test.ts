import fc from "fast-check";
import traditionalToSimplified from "opencc-js/dict/TSCharacters";
import { describe, expect, it } from "vitest";
import { foldHan, foldText } from "../../src/text/fold.ts";
import { readBig5Level1, readGb2312, readGb2312Level1 } from "../../src/text/hanCharsets.ts";
import { SEED } from "../support/seed.ts";

describe("foldHan", () => {
  it("makes what the report writes and what a Traditional typist writes meet", () => {
    const report =
      "戰斗 干部 模范 其余 筑牢 關于 征求 同志 重復 斗志 雜志 啟迪 一級帶著一級 看得著";
    const typed = "戰鬥 幹部 模範 其餘 築牢 關於 徵求 同誌 重複 鬥誌 雜誌 啓迪 一級帶着一級 看得着";
    expect(foldHan(report)).toBe(foldHan(typed));
    expect(foldHan(typed)).toBe(
      "战斗 干部 模范 其余 筑牢 关于 征求 同志 重复 斗志 杂志 启迪 一级带着一级 看得着",
    );
  });

  it.each([
    ["註冊", "注册"],
    ["薴苧", "苎苎"],
    ["裡裏", "里里"],
    ["甚麼 什麼 甚么", "什么 什么 什么"],
    ["臺檯颱", "台台台"],
    ["衛衞 說説 眾衆 為爲 線綫", "卫卫 说说 众众 为为 线线"],
  ])("folds %s", (text, folded) => {
    expect(foldHan(text)).toBe(folded);
  });

  it("keeps what both scripts write", () => {
    const both = "甚至 著名 显著 著作";
    expect(foldHan(both)).toBe(both);
    expect(foldHan("顯著")).toBe("显著");
  });

  it.each([
    ["図書館 駅前 沢山 円 広場 帰国", "图书馆 驿前 泽山 圆 广场 归国"],
    ["鉄道 経済 渋滞 挙手 闘争 郷土 鉱山", "铁道 经济 涩滞 举手 斗争 乡土 矿山"],
    ["伝統 豊富 気団 売店 対応", "传统 丰富 气团 卖店 对应"],
  ])("folds shinjitai: %s", (text, folded) => {
    expect(foldHan(text)).toBe(folded);
  });

  it("keeps shinjitai that are other words in Chinese", () => {
    const both = "芸 弁 予 欠 缶 糸 虫 余 医 浜 沪 叙";
    expect(foldHan(both)).toBe(both);
  });

  it("keeps a shinjitai that leads to no character in use", () => {
    expect(foldHan("桝槙")).toBe("桝槙");
  });

  it("folds a character of Chinese texts by the Traditional table alone", () => {
    const more = "祇 只|衹 只|喫 吃|汚 污|戸 户|竝 并|麤 粗|衞 卫|寀 采|著 着";
    const table = new Map<string, string>();
    for (const pair of `${traditionalToSimplified}|${more}`.split("|")) {
      const [from = "", to = ""] = pair.split(" ");
      if (from.length === to.length) table.set(from, to);
    }
    const once = (it: string): string => table.get(it) ?? it;
    const common = [...readGb2312(), ...readBig5Level1()];
    expect(common.filter((it) => foldHan(it) !== once(once(it)))).toEqual([]);
  });

  it("knows the characters of Chinese texts from the standards' own rows", () => {
    const counts = [readGb2312Level1(), readGb2312(), readBig5Level1()].map((it) => it.size);
    expect(counts).toEqual([3755, 6763, 5401]);
  });

  it("keeps every offset, and folding twice changes nothing", () => {
    const han = fc.integer({ min: 0x3400, max: 0x9fff }).map((code) => String.fromCharCode(code));
    const piece = fc.oneof(
      han,
      fc.string({ unit: "binary", maxLength: 3 }),
      fc.constantFrom("甚麼", "著", "図", "駅"),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        const folded = foldHan(text);
        expect(folded.length).toBe(text.length);
        expect(foldHan(folded)).toBe(folded);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

describe("foldText", () => {
  it("folds width, case and script", () => {
    expect(foldText("ＷＨＯ：３.５萬個 Ⅳ")).toBe("who:3.5万个 iv");
  });
});
