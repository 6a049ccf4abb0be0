import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText, escapeMarkdown, unescapeMarkdown } from "../../src/discord/escape.ts";
import { lettersOf, readMarkdown } from "../support/discordMarkdown.ts";
import { hostileText } from "../support/hostile.ts";
import { SEED } from "../support/seed.ts";

const UNSEEN =
  /[\p{Cc}\p{Surrogate}\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E0FFF}]/gu;

describe("neutralised text", () => {
  it("reads letter for letter as it was, and does nothing, whatever it holds", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const lines = escapeMarkdown(text);
        const { lines: read, live } = readMarkdown(lines.map((line) => `> ${line}`).join("\n"));
        expect(live).toEqual([]);
        expect(read.every(({ kind }) => kind === "quotation")).toBe(true);
        expect(read.flatMap(({ runs }) => runs).some(({ isBold }) => isBold)).toBe(false);
        const seen = text
          .split(/\r\n|[\r\n\u2028\u2029\u0085\v\f]/u)
          .map((it) => it.replaceAll("\t", "\u2003").replace(UNSEEN, ""));
        expect(lettersOf(read)).toBe(seen.join("\n"));
      }),
      { seed: SEED, numRuns: 3_000 },
    );
  });

  it("can be turned back", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [line = ""] = escapeMarkdown(text.replace(/[\r\n\u2028\u2029\u0085\v\f]/gu, ""));
        expect(escapeMarkdown(unescapeMarkdown(line))).toEqual([line]);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  it.each([
    ["@everyone", "\\@everyone"],
    [
      "<@123> <#1> <@&2> <t:0:R> <:a:1> </ask:1> <id:guide>",
      "\\<\\@123\\> \\<\\#1\\> \\<\\@&2\\> \\<t\\:0\\:R\\> \\<\\:a\\:1\\> \\</ask\\:1\\> \\<id\\:guide\\>",
    ],
    ["[here](https://evil.example)", "\\[here\\]\\(https\\://evil.example\\)"],
    ["discord.gg/abc", "discord\\.gg/abc"],
    ["> quoted", "\\> quoted"],
    ["-# small", "\\-\\# small"],
    ["1. list", "1\\. list"],
    ["2021.", "2021\\."],
    ["100% – 3.5萬，“好”", "100% – 3.5萬，“好”"],
  ])("%j is written %j", (text, written) => {
    expect(escapeMarkdown(text)).toEqual([written]);
  });
});

describe("cut text", () => {
  it("is as long as allowed, ends with an ellipsis, and cuts no letter in two", () => {
    expect(cutText("一二三四五", 5)).toBe("一二三四五");
    expect(cutText("一二三四五", 4)).toBe("一二三…");
    expect(cutText("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 12)).toBe("👩‍👩‍👧‍👦…");
    expect(cutText("e\u0301e\u0301e\u0301", 4)).toBe("e\u0301…");
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 300 }), (text, maxChars) => {
        const cut = cutText(text, maxChars);
        expect(cut.length).toBeLessThanOrEqual(maxChars);
        expect(text.startsWith(cut.replace(/…$/u, ""))).toBe(true);
        expect(
          /[\uD800-\uDBFF]…?$/u.test(cut) && !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/u.test(text),
        ).toBe(false);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });
});
