import type { Data } from "csl-json";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { citationText, cslJson, toCslItem } from "../../src/ask/citation.ts";
import type { Cited } from "../../src/ask/citation.ts";
import { enUS } from "../../src/discord/locales/en-US.ts";
import { zhTW } from "../../src/discord/locales/zh-TW.ts";
import { hostileText } from "../support/hostile.ts";
import { SEED } from "../support/seed.ts";

const CITED: Cited = {
  title: "砥礪初心使命 凝聚奮進力量",
  author: "聶資濱",
  date: "2021年12月31日",
  url: "https://paper.example/1",
  section: ["甲", "乙"],
  page: 4,
  pageLabel: "iv",
  at: { passage: "xciu6tnq", paragraph: 13, sentences: [2, 2] },
  address: "https://reports.example/a.html#p-xciu6tnq",
};

const TITLE_ALONE: Cited = { title: "Is it so?", section: [] };

/** Compiles only if every item is one of the CSL-JSON schema, from which these types are made. */
const asCslData = (cited: Cited): Data => ({ ...toCslItem(cited, enUS) });

describe("citationText", () => {
  it("says all that is known, in one line, in the words of a language", () => {
    expect(citationText(CITED, enUS)).toBe(
      "聶資濱. 砥礪初心使命 凝聚奮進力量. 2021年12月31日. 甲 › 乙, p. iv, paragraph 13, sentence 2, passage xciu6tnq. https://reports.example/a.html#p-xciu6tnq",
    );
    expect(citationText(CITED, zhTW)).toContain(
      "甲 › 乙, 第 iv 頁, 第13段第2句, 段落編號 xciu6tnq.",
    );
  });

  it("leaves out what is not known, and ends no part twice", () => {
    expect(citationText(TITLE_ALONE, enUS)).toBe("Is it so?");
    expect(citationText({ ...TITLE_ALONE, page: 3 }, enUS)).toBe("Is it so? p. 3.");
  });

  it("names where the report was published where its page has no address", () => {
    expect(citationText({ ...CITED, address: undefined }, enUS)).toMatch(
      / https:\/\/paper\.example\/1$/u,
    );
  });

  it("is one line that turns no other text around, whatever a report says", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (title, heading) => {
        const text = citationText({ ...CITED, title, author: title, section: [heading] }, enUS);
        expect(text).not.toMatch(/[\p{Cc}\p{Surrogate}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

describe("toCslItem", () => {
  it("has the same as data", () => {
    expect(asCslData(CITED)).toEqual({
      id: "xciu6tnq",
      type: "report",
      title: "砥礪初心使命 凝聚奮進力量",
      author: [{ literal: "聶資濱" }],
      issued: { "date-parts": [[2021, 12, 31]] },
      section: "甲 › 乙",
      page: "iv",
      locator: "paragraph 13, sentence 2",
      note: "passage xciu6tnq",
      URL: "https://reports.example/a.html#p-xciu6tnq",
    });
    expect(asCslData(TITLE_ALONE)).toEqual({ id: "Is it so?", type: "report", title: "Is it so?" });
  });

  it("is a list of one item, as files of CSL-JSON are", () => {
    expect(JSON.parse(cslJson(CITED, enUS))).toEqual([asCslData(CITED)]);
  });

  it.each([
    ["2021", [2021]],
    ["2021年", [2021]],
    ["2021-12", [2021, 12]],
    ["2021年12月", [2021, 12]],
    ["2021/2/3", [2021, 2, 3]],
    ["2021.02.03", [2021, 2, 3]],
  ])("reads the date %s", (date, parts) => {
    expect(toCslItem({ ...CITED, date }, enUS).issued).toEqual({ "date-parts": [parts] });
  });

  it.each(["31 December 2021", "2021-13-01", "2021-01-40", "民國110年", "21-1-1"])(
    "leaves the date %s in the report's words",
    (date) => {
      expect(toCslItem({ ...CITED, date }, enUS).issued).toEqual({ literal: date });
    },
  );
});
