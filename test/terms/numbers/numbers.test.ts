import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numbersIn } from "../../../src/terms/numbers/numbers.ts";
import { SEED } from "../../support/seed.ts";

const HAN_DIGITS = "零一二三四五六七八九";

describe("numbersIn", () => {
  it.each([
    "3.5万 3.5萬 ３．５万 3.5 万个 三点五万 三万五 三萬五千 三万五千 3万5 3万5千 3万5000 叁万伍仟",
    "35,000 ３５０００ 35k 35K ٣٥٠٠٠ ٣٥٬٠٠٠ ३५००० ๓๕๐๐๐ 35'000 3.5만 35천",
  ])("writes 35000 in one form: %s", (text) => {
    const forms = text.split(/ (?!万)/u);
    expect(forms.map(numbersIn)).toEqual(forms.map(() => ["35000"]));
  });

  it.each([
    "35 000",
    "35\u00a0000",
    "35\u2009000",
    "35\u202f000",
    "35 thousand",
    "thirty-five thousand",
    "35 mil",
    "35 тысяч",
    "3만 5천 명",
  ])("writes 35000 in one form, with spaces: %j", (text) => {
    expect(numbersIn(text)).toEqual(["35000"]);
  });

  it.each([
    ["35.000", "35 35000", "a point before three digits groups or divides"],
    ["1.234.567,8", "1234567.8", "points group, a comma divides"],
    ["1,234,567.80", "1234567.8", "commas group, a point divides"],
    ["12,34,567", "1234567", "Indian groups"],
    ["1 000 000,5", "1000000.5", "spaces group"],
    ["3,5 Millionen", "3500000", "a decimal comma"],
    ["0.125", "0.125", "a group cannot begin with zero"],
    ["2021，35个", "2021 35", "a full-width comma divides"],
    ["2020 100万", "2020 1000000", "four digits are no group"],
    ["1,2,3", "1 2 3", "a list"],
    ["007", "7", "leading zeros say nothing"],
    ["0.10 0.2 0.30", "0.1 0.2 0.3", "decimals are exact"],
    ["1.2.3", "1.2.3", "a version"],
    ["013812345678", "013812345678", "a telephone number"],
    ["12345678901234567890万", "12345678901234567890", "too long for an amount"],
    ["1.23456789012345678", "1.23456789012345678", "too long for an amount"],
  ])("reads digits: %s is %s, %s", (text, numbers) => {
    expect(numbersIn(text).join(" ")).toBe(numbers);
  });

  it.each([
    ["两千 二十 廿 十五 一百零五 一百一十 二百五", "2000 20 20 15 105 110 250"],
    ["一千零一夜 一万二千三百四十五 一亿零三万", "1001 12345 100030000"],
    ["二〇二一 二零二一 二○○五年 九一八 一二〇〇万", "2021 2021 2005 918 12000000"],
    ["1.2亿 12億 三万亿 三万五千亿元", "120000000 1200000000 3000000000000 3500000000000"],
    ["三億五千万円 千五百円 三十歳 三つ 三か月 弐佰", "350000000 1500 30 3 3 200"],
    ["5.5만 1억 2000만 1조 2천억", "55000 120000000 1200000000000"],
    ["3千5百 35百万 3 千克", "3500 35000000 3000"],
    ["百分之三十 30% ３０％ 3.5% 百分之三点五 百分之五", "30 30 30 3.5 3.5 5"],
    ["三分之一 十分之一", "3 1 10 1"],
    ["十二点五万 十点五 一点二亿", "125000 10.5 120000000"],
    ["三点五十分 八点二十 三点 五点二十分", "3 50 8 20 3 5 20"],
    ["3000余 3000余万元 两千多万 10多亿 十多个 500+", "3000 30000000 20000000 1000000000 10 500"],
    ["五六个 二三十人 七八万 三万五六 两三个", "5 6 20 30 70000 80000 35000 36000 2 3"],
    ["十四五 十三五期间 一二三产业", "14 15 13 1 2 3"],
    ["第三 第八期 第二十条 第一次", "3 8 20 1"],
    ["三个 一人 六所 三级 十二月三十一日 十分钟", "3 1 6 3 12 31 10"],
    ["百年 千万元 万亿元", "100 10000000 1000000000000"],
  ])("reads Han numerals: %s is %s", (text, numbers) => {
    expect(numbersIn(text).join(" ")).toBe(numbers);
  });

  it.each([
    "一起 统一 统一部署 第一 万一 唯一 一带一路 一点 一时 一部分",
    "千万别 千万不要 十分 万分 百分点 百姓 百货 千百 成千上万 万里",
    "三三两两 一一列举 三心二意",
    "数万人 几千人 十几个 二十几个 数十",
    "one two 兆赫 m² ① 하지만",
  ])("gives nothing for words that only hold numerals: %s", (text) => {
    expect(numbersIn(text)).toEqual([]);
  });

  it.each([
    ["3-5 3至5 三至五年 三到五个", "3 5 3 5 3 5 3 5"],
    ["2021年2月20日 2021-02-20 20/2/2021 20.2.2021", "2021 2 20 2021 2 20 20 2 2021 20 2 2021"],
    ["1990s 90年代", "1990 90"],
    ["three to twelve, five hundred, 2 million, two thousand", "3 12 500 2000000 2000"],
    ["2m 35kg 35km", "2 35 35"],
    ["2 mil millones, 350 млн", "2000000000 350000000"],
    ["365百姓故事", "365"],
    ["改造老舊小區41個，143個無物業小區，3.5萬個", "41 143 35000"],
    ["", ""],
  ])("reads what stands around numbers: %j is %j", (text, numbers) => {
    expect(numbersIn(text).join(" ")).toBe(numbers);
  });

  it("gives one form of a number, however it is written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 999_999_999 }), (number) => {
        const forms = [
          String(number),
          number.toLocaleString("en-US"),
          number.toLocaleString("en-US").replaceAll(",", "\u202f"),
          number.toLocaleString("en-US").replaceAll(",", "'"),
          String(number).replace(/\d/gu, (it) => String.fromCodePoint(0x660 + Number(it))),
          String(number).replace(/\d/gu, (it) => String.fromCodePoint(0xff10 + Number(it))),
          hanNumeral(number),
          hanNumeral(number).replaceAll("万", "萬").replaceAll("亿", "億"),
          `${hanNumeral(number)}个`,
          `${decimalOf(number, 4)}万`,
          `${decimalOf(number, 8)}亿`,
          `${decimalOf(number, 6)} million`,
        ];
        for (const form of forms) expect(numbersIn(form), form).toContain(String(number));
        const withoutUnit = forms.slice(0, 9).filter((it) => !it.includes("."));
        for (const form of withoutUnit) expect(numbersIn(form), form).toHaveLength(1);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it.each([
    ["-5度、−5度、零下5度、零下五度、负五度、minus 5、一度", "-5 -5 -5 -5 -5 -5"],
    ["3-5天 3月-5月 100元-200元 COVID-19 -0", "3 5 3 5 100 200 19 0"],
    ["负责3个 自负30% 胜负3场", "3 30 3"],
  ])("tells what is below zero: %s", (text, numbers) => {
    expect(numbersIn(text).join(" ")).toBe(numbers);
  });

  it("reads digits one by one as they stand, except neighbours", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2099 }), (year) => {
        const han = Array.from(String(year), (it) => HAN_DIGITS[Number(it)] ?? "").join("");
        expect(numbersIn(`${han}年`)).toEqual([String(year)]);
        expect(numbersIn(`${han.replaceAll("零", "〇")}年`)).toEqual([String(year)]);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it("never throws, and gives ASCII digits with points", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 3 }),
      fc.constantFrom(
        ...Array.from("0123456789.,' ，〇零一二两三五十百千万亿兆廿点分之第几余多个年壹拾만천"),
      ),
      fc.constantFrom(
        "thousand",
        "five",
        "twenty",
        "mil",
        "k",
        "\u0663",
        "\u202f",
        "000",
        "\ud835",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        for (const number of numbersIn(pieces.join("")))
          expect(number).toMatch(/^-?\d+(?:\.\d+)*$/u);
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  it.each([
    ["1", 1],
    ["0", 1],
    ["٣", 1],
    ["三", 1],
    ["1,", 50_000],
    ["1 000", 20_001],
    ["1.2", 1],
    ["万", 0],
    ["十", 0],
    ["一万", 1],
    ["三百", 1],
    ["1万", 50_000],
    ["壹", 0],
    ["5 million ", 10_000],
  ])("comes back from 100,000 characters of %j", (unit, count) => {
    expect(numbersIn(unit.repeat(100_000 / unit.length))).toHaveLength(count);
  });
});

/** A whole number below 10^12 the way it is read out, after the school rule: one 零 for a gap. */
function hanNumeral(number: number): string {
  const sections = [
    { size: 1e8, unit: "亿" },
    { size: 1e4, unit: "万" },
    { size: 1, unit: "" },
  ];
  let text = "";
  for (const { size, unit } of sections) {
    const section = Math.floor(number / size) % 10_000;
    if (section === 0) continue;
    if (text !== "" && section < 1000) text += "零";
    text += hanSection(section) + unit;
  }
  return text;
}

function hanSection(section: number): string {
  let text = "";
  let isGap = false;
  for (const [i, unit] of ["千", "百", "十", ""].entries()) {
    const digit = Math.floor(section / 10 ** (3 - i)) % 10;
    if (digit === 0) {
      isGap = text !== "";
      continue;
    }
    text += `${isGap ? "零" : ""}${HAN_DIGITS[digit] ?? ""}${unit}`;
    isGap = false;
  }
  return text;
}

/** number / 10^places, written with a point. */
function decimalOf(number: number, places: number): string {
  const digits = String(number).padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
