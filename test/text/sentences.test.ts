import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { splitSentences } from "../../src/text/sentences.ts";
import { SEED } from "../support/seed.ts";

function split(text: string): string[] {
  return splitSentences(text, { start: 0, end: text.length }).map(({ start, end }) =>
    text.slice(start, end),
  );
}

/** Each text is written with | between its sentences. */
describe("splitSentences", () => {
  it.each([
    ["final marks", "知史礪初心。|踐行新使命！|好嗎？|真的嗎？！|走！！！|還有"],
    ["not ； and not ……", "歷史照亮未來；奮斗成就偉業……定州|"],
    ["closing quotes and the speaker behind", "“江山就是人民。”|習近平指出。"],
    ["not inside quotes", "他說“甲。乙！丙”。|好。"],
    ["not inside nested quotes", "「甲『乙。』丙。」|他說。"],
    ["a speech behind a colon", "他說：“走！”|然後離開。"],
    ["not an exclamation within a sentence", "他喊著“走！”離開了。|好。"],
    ["not a quotation that goes on", "“好。”，他說。|“好嗎？”的問題。"],
    ["not a book's title", "看《誰是最可愛的人？》後感。|好。"],
    ["an aside that stands alone", "好。|（記者 王某。）|他來了（真的。）然後走。"],
    ["marks of their own join the sentence before", "好。——|"],
    ["half-width marks in Han text", "好嗎?|他說好!|下一句"],
    ["not marks within words", "他用Yahoo!公司的www.a.com?x=1查3.5萬個。|好。"],
    ["Latin sentences", "It works. |Does it? |Yes! |3.5 is a number. |“Stop!” he said."],
    [
      "not Latin abbreviations and initials",
      "Mr. Smith met Dr. J. Lee, e.g. on 5 p.m. sharp. |He left.",
    ],
    ["not inside Latin quotes", 'He said "It works. I know." |Then he left.'],
    ["Latin sentences among Chinese ones", "好。|This is one. |This is two. |然後走。"],
    ["not numbers of a list", "1. First thing. |2. Second thing."],
    [
      "not abbreviations before a name, but where a sentence clearly begins",
      "Drawn by the U.S. Army for E. J. Marlowe. |Rats, etc. |The keeper came at 9 p.m. on Monday. |It went to the U.S. |The fort closed.",
    ],
    [
      "German ones",
      "Am 19. Januar 2024 z. B. 300 Euro, bzw. Nichts. |Dr. Meier kam am 3. Mai. |Es gab Saft usw. |Gut.",
    ],
    [
      "Russian ones",
      "В 2021 г. в клубе, ул. Ленина, д. 5. |Дети, взрослые и т. д. |Доход 6 млн. |Основу даёт налог.",
    ],
    [
      "Spanish and French ones",
      "El Sr. Gómez vive en EE. UU. desde 1990. |M. Dupont a vu Mme. Rose.",
    ],
    ["not 等.", "钢材、水泥等. 其他项目. |下一步"],
    ["Devanagari", "बीज दिए गए। |डॉ. शर्मा आए॥ |जो नहीं।"],
    ["wide points, not within numbers", "減った．|反射率は九二．五％まで戻った．|半角｡|おわり"],
    ["Arabic, Urdu and Ethiopic", "هل جاء؟ |نعم. |لا۔ |ہاں۔ |ዛሬ መጣ። |ነገ ይሄዳል፧ |አዎ።"],
    ["a Greek question", "Πού πήγε; |Πήγε σπίτι; ναι."],
    [
      "Thai by its spaces, not those around numbers",
      "สวนมีผู้เข้าชม 21,400 คน |เรือนกระจกหลังใหม่เปิดเมื่อเดือนมีนาคม |เจ้าหน้าที่ปลูกกล้วยไม้พื้นเมืองเพิ่ม",
    ],
    [
      "footnotes' marks stay behind",
      "八十條。[1]|只剩二十三條。[2]|修船。[3][4]|冰庫。¹|It came in 1972.[7] |It was taken.[^n] |Four “more.”² |End.",
    ],
    [
      "not a heading of a few words from its sentence",
      "一、穩就業。鎮裡將辦招聘會，補貼。|第二句。",
    ],
    ["nor an English one or an article's number", "1. Jobs. The town will hold fairs. |It pays."],
    ["", "Article 26. Dogs must be on a lead. |Fines apply."],
    ["not line breaks", "知史礪\n初心。\n|踐行"],
  ])("%s", (_, marked) => {
    const expected = marked.split("|").map((sentence) => sentence.trim());
    expect(split(marked.replaceAll("|", ""))).toEqual(expected.filter((it) => it !== ""));
  });

  it.each([
    ["at the start", "“甲。|乙。|丙"],
    ["before a whole quotation", "“甲。|他說：“乙。丙。”|丁。"],
    ["a stray closing quote", "甲。”|乙）丙。|丁"],
    ["straight quotes, odd in number", '甲。|"乙。|丙'],
  ])("an unclosed quote is none: %s", (_, marked) => {
    expect(split(marked.replaceAll("|", ""))).toEqual(marked.split("|"));
  });

  it("cuts what is very long at ；, then at ，, then anywhere", () => {
    const item = "月牙站變壓器燒毀，從鄰縣借來一臺頂用，停機九天；";
    expect(split(item.repeat(40))).toEqual(Array.from({ length: 40 }, () => item));
    const clauses = split("黃泥站發現盜割的銅線，".repeat(60));
    expect(clauses.every((it) => it.length <= 250 && it.endsWith("，"))).toBe(true);
    expect(split("長".repeat(1_000)).map((it) => it.length)).toEqual([250, 250, 250, 250]);
    expect(split(`“${"甲乙丙丁。".repeat(100)}”`)).toHaveLength(3);
  });

  it.each(["“It rained.”", "He left (No. 5)!", "It pays. “No?” (Yes.)"])(
    "splits many as it splits few: %s",
    (few) => {
      const text = `${few} `;
      expect(split(text.repeat(1_000))).toEqual(
        Array.from({ length: 1_000 }, () => split(text)).flat(),
      );
    },
  );

  it.each(["§ 1. ", "Mr. (", "a.\u2028", "a.b", "“a.” "])(
    "gives Unicode's rules, which take quadratic time, no long stretch: %j repeated",
    (text) => {
      const segment = vi.spyOn(Intl.Segmenter.prototype, "segment");
      split(`${text.repeat(20_000)}. `);
      const lengths = segment.mock.calls.map(([stretch]) => stretch.length);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(4_000);
    },
  );

  it("splits the given span only", () => {
    expect(splitSentences("甲。乙。丙。", { start: 2, end: 4 })).toEqual([{ start: 2, end: 4 }]);
    expect(splitSentences("甲。  。", { start: 2, end: 4 })).toEqual([]);
  });

  it("tiles: only white space lies between sentences, and none is blank", () => {
    const text = fc
      .array(
        fc.constantFrom(
          ...Array.from("甲乙。。！？!?.,，；…—“”‘’「」《》()（）\"' \n\u3000aB3"),
          "Mr. ",
          "Go. ",
          "3.5",
          "𠀀",
        ),
        { maxLength: 60, size: "max" },
      )
      .map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, fc.nat(20), (body, from) => {
        const span = { start: Math.min(from, body.length), end: body.length };
        let done = span.start;
        for (const { start, end } of splitSentences(body, span)) {
          expect(body.slice(done, start).trim()).toBe("");
          expect(body.slice(start, end)).toBe(body.slice(start, end).trim());
          expect(end).toBeGreaterThan(start);
          done = end;
        }
        expect(body.slice(done, span.end).trim()).toBe("");
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });
});
