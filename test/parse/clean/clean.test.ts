import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_EXAMPLES, cleanText } from "../../../src/parse/clean/clean.ts";
import { SEED } from "../../support/seed.ts";

function clean(raw: string): string {
  return cleanText(raw).text;
}

function countsOf(raw: string): Record<string, number> {
  return Object.fromEntries(cleanText(raw).rules.map(({ name, count }) => [name, count]));
}

describe("line endings", () => {
  it("become LF", () => {
    expect(clean("a\r\nb\rc\nd\r\n\r\ne")).toBe("a\nb\nc\nd\n\ne");
    expect(countsOf("a\r\nb\rc\nd")["line endings"]).toBe(2);
    expect(clean("a\vb\u0085c\u2028d\u2029e\ff")).toBe("a\nb\nc\nd\ne\ff");
  });
});

describe("invisible characters", () => {
  it.each([
    ["培\u200b訓\ufeff班\u00ad三\u2060期", "培訓班三期"],
    ["甲\u200d乙Ab\u200cc", "甲乙Abc"],
    ["می\u200cخواهم क्\u200dष 👨\u200d👩", "می\u200cخواهم क्\u200dष 👨\u200d👩"],
  ])("go but where a script needs them: %s", (raw, expected) => {
    expect(clean(raw)).toBe(expected);
  });
});

describe("hostile texts of 200 kB", () => {
  it.each([
    "甲,,,,",
    ",」,」",
    "漢(ab)(ab)",
    "(ab)",
    "` `` ",
    "甲,",
    "“(「",
    "」)",
    "[[,",
    "\u200d",
  ])("take no longer than their length asks for: %s", (piece) => {
    const isOne = piece.length > 4 ? piece.slice(0, 1) : "";
    const raw = isOne + piece.repeat(Math.ceil(200_000 / piece.length));
    const began = process.cpuUsage();
    clean(raw);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1e6).toBeLessThan(5);
  });
});

describe("pinyin notes", () => {
  it.each([
    ["歷史經(jīng)驗。", "歷史經驗。"],
    ["創(chuàng)造性轉(zhuǎn)化", "創造性轉化"],
    ["發(fā)(zhǎn)展", "發展"],
    ["縣(xiàn)5個", "縣5個"],
    ["女(nǚ)綠(lǜ)掠(lüè)兒(ér)", "女綠掠兒"],
    ["decomposed 經(ji\u0304ng)", "decomposed 經"],
    ["𠀀(yī)號", "𠀀號"],
  ])("go: %s", (raw, expected) => {
    expect(clean(raw)).toBe(expected);
  });

  it.each([
    "世界衛生組織(WHO)",
    "改造提升42所學校(園)，6所",
    "選項甲(a)和乙(b)",
    "聲調(ma)",
    "定州(Dìngzhōu)",
    "經（jīng）",
    "經 (jīng)",
    "A(jīng)",
    "不成音(jīīng)",
    "不成音(bōng)",
    "兩個調(jīngyàn)",
    "咖啡(café)",
  ])("stay where they are none: %s", (text) => {
    expect(clean(text)).toBe(text);
  });
});

describe("doubled marks", () => {
  it.each([
    ["踐行新使命,。", "踐行新使命。"],
    ["斗志,、明確方向", "斗志、明確方向"],
    ["全部化解,;解決", "全部化解；解決"],
    ["不當個事,走,!", "不當個事，走！"],
    ["百年黨史,,就是", "百年黨史，就是"],
    ["百年黨史,,,就是", "百年黨史，就是"],
    ["砥礪品格,”。他說", "砥礪品格”。他說"],
    ["砥礪品格,。”他說", "砥礪品格。”他說"],
    ["《谷魂》,，首映", "《谷魂》，首映"],
    ["化解率100%,；解決了", "化解率100%；解決了"],
    ["下列各項,：甲,？", "下列各項：甲？"],
    ["小區41個,,143個", "小區41個，143個"],
  ])("lose the stray comma: %s", (raw, expected) => {
    expect(clean(raw)).toBe(expected);
  });

  it("are counted each", () => {
    expect(countsOf("一,,二,、三,。四,,,五")["doubled marks"]).toBe(5);
  });
});

describe("half-width marks", () => {
  it.each([
    ["知史礪初心,踐行新使命", "知史礪初心，踐行新使命"],
    ["在農村,5個;在城市:3個!", "在農村，5個；在城市：3個！"],
    ["化解率100%;解決", "化解率100%；解決"],
    ["他說:“走!”", "他說：“走！”"],
    ["《戰旗》;反映", "《戰旗》；反映"],
    ["使用Word,然後保存為PDF,再發送", "使用Word，然後保存為PDF，再發送"],
    ['他說"好",就走了', '他說"好"，就走了'],
    ["堅持不懈,\n一往無前!", "堅持不懈，\n一往無前！"],
  ])("become full-width: %s", (raw, expected) => {
    expect(clean(raw)).toBe(expected);
  });

  it.each([
    "比分3:2，時間10:30，共1,000個",
    "他會Python, Java和別的語言",
    "表情:)和;)都留著",
    "判斷甲!=乙的值",
    "見https://example.com:8080/a,b;c的網頁",
    "你好, 世界和平",
    "數組[1,,2]和a;;b都留著",
    "——也……也·也“也‘也’”3.5萬",
  ])("stay where they are not Chinese punctuation: %s", (text) => {
    expect(clean(text)).toBe(text);
  });
});

describe("a text without damage comes through unchanged", () => {
  it.each([
    [
      "English prose",
      'He said, "Wait!"; then: nothing,, and WHO (world) left.\nCafé, naïve; 3:2!\n',
    ],
    ["Chinese prose", "知史礪初心，踐行新使命。世界衛生組織(WHO)說：“好！”\n——項目；共3.5萬個。\n"],
    [
      "fenced code",
      "說明文字。\n\n```js\nconst 甲 = [一,,二]; // 註釋,說明:好!\n```\n\n~~~\n甲,,乙\n~~~\n",
    ],
    ["an unclosed fence", "```\n甲,,乙,。\n"],
    ["indented code", "說明文字如下。\n\n    甲,,乙;丙(yī)\n\n更多的說明文字。\n"],
    ["inline code", "函數`求和(甲,,乙)`和``取`,,`值``都可以。"],
    ["a Markdown table", "| 姓名,別名 | 年齡 |\n|---|---|\n| 張三,阿三 | 41! |\n"],
    ["a CSV table with empty cells", "姓名,,年齡\n張三,男,41\n李四,,42\n"],
    ["a tab-separated table", "姓名\t備註\n張三\t好,,好\n"],
    ["Japanese prose", "これは,日本語の文です。テスト,,です。\n"],
  ])("%s", (_, text) => {
    expect(clean(text)).toBe(text);
    expect(cleanText(text).rules.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe("zones", () => {
  it("end where code ends", () => {
    const raw = "```\n甲,乙\n```\n知史礪初心,踐行\n    甲,乙\n知史礪初心,。踐行";
    expect(clean(raw)).toBe("```\n甲,乙\n```\n知史礪初心，踐行\n    甲,乙\n知史礪初心。踐行");
  });

  it("take indentation for the style of a file in which most lines have it", () => {
    expect(clean("    知史礪初心,踐行新使命。\n    牢記使命,。")).toBe(
      "    知史礪初心，踐行新使命。\n    牢記使命。",
    );
  });

  it("clean sentences that happen to have as many commas as their neighbours", () => {
    expect(clean("一,,二。\n三,,四。")).toBe("一，二。\n三，四。");
  });
});

describe("a rule's report", () => {
  it("has the raw place, and the place before and after", () => {
    const { rules } = cleanText("甲\r\n歷史經(jīng)驗,。");
    expect(rules.map(({ examples }) => examples)).toEqual([
      [{ raw: { line: 1, column: 2 }, before: "甲\\r\\n歷史經(jī", after: "甲\\n歷史經(jī" }],
      [],
      [{ raw: { line: 2, column: 4 }, before: "歷史經(jīng)驗,。", after: "歷史經驗,。" }],
      [{ raw: { line: 2, column: 11 }, before: "歷史經驗,。", after: "歷史經驗。" }],
      [],
    ]);
  });

  it(`has at most ${MAX_EXAMPLES} examples, and a reason`, () => {
    const { rules } = cleanText("一,,".repeat(30));
    expect(rules.map(({ examples }) => examples.length)).toEqual([0, 0, 0, 10, 10]);
    expect(rules.every(({ reason }) => reason.endsWith("."))).toBe(true);
  });
});

/** Rich in damage, so that rules meet. */
const damaged = fc
  .array(
    fc.constantFrom(
      ...Array.from("黨史學習教育,,,,;:!?，。、；：！？“”‘’「」《》()[]\"' 37%aZ`|\t—…"),
      ...[
        "(jīng)",
        "(fā)",
        "(a)",
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "    ",
        "```",
        "𠀀",
        "3.5",
        "- ",
        "# ",
      ],
    ),
    { maxLength: 80, size: "max" },
  )
  .map((pieces) => pieces.join(""));

describe("cleanText", () => {
  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(damaged, (raw) => {
        const once = clean(raw);
        expect(clean(once)).toBe(once);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  it("maps every place back: in order, to the same character unless a rule changed it", () => {
    fc.assert(
      fc.property(damaged, (raw) => {
        const { text, rawOffset } = cleanText(raw);
        const places = Array.from({ length: text.length + 1 }, (_, i) => rawOffset(i));
        expect(places.at(-1)).toBe(raw.length);
        for (let i = 0; i < text.length; i++) {
          expect(places[i]).toBeLessThan(places[i + 1] ?? -1);
          const [now, then] = [text.charAt(i), raw.charAt(places[i] ?? -1)];
          if (now !== then) expect([",，", ";；", ":：", "!！", "\r\n"]).toContain(then + now);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("loses only pinyin notes, stray commas and carriage returns", () => {
    fc.assert(
      fc.property(damaged, (raw) => {
        const strip = (text: string): string =>
          text
            .normalize("NFKC")
            .replace(/\((?:jīng|fā)\)/gu, "")
            .replace(/[,\r\n]/gu, "");
        expect(strip(clean(raw))).toBe(strip(raw));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("throws for an offset outside the text", () => {
    const { rawOffset } = cleanText("甲,,乙");
    expect(rawOffset(3)).toBe(4);
    expect(() => rawOffset(4)).toThrow(RangeError);
    expect(() => rawOffset(-1)).toThrow(RangeError);
    expect(() => rawOffset(0.5)).toThrow(RangeError);
  });
});
