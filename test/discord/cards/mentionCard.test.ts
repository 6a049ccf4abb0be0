import { MessageFlags } from "discord.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Mention } from "../../../src/ask/mentions.ts";
import { questionOf } from "../../../src/discord/cards/askedQuestion.ts";
import { MENTIONS_ON_PAGE, renderMentions } from "../../../src/discord/cards/mentionCard.ts";
import { TEXTS } from "../../../src/discord/locales/locale.ts";
import { assertSendable, flatten } from "../../support/discordLimits.ts";
import { readMarkdown } from "../../support/discordMarkdown.ts";
import { hostileText, longHostileText } from "../../support/hostile.ts";
import { SEED } from "../../support/seed.ts";

const anyText = fc.oneof(
  { weight: 5, arbitrary: hostileText },
  { weight: 1, arbitrary: longHostileText },
);

const mention: fc.Arbitrary<Mention> = fc
  .record({
    text: anyText,
    title: anyText,
    heading: hostileText,
    places: fc.array(fc.nat(), { maxLength: 6 }),
  })
  .map(({ text, title, heading, places }) => {
    const cuts = [...new Set(places.map((it) => it % (text.length + 1)))].sort((a, b) => a - b);
    const highlights = cuts.flatMap((from, i) => {
      const to = cuts[i + 1];
      return i % 2 === 0 && to !== undefined ? [[from, to] as const] : [];
    });
    const place = { report: "a", title, section: [heading], start: 0, end: text.length };
    const sentences = [99_998, 99_998] as const;
    const highlight = highlights[0] ?? ([0, 0] as const);
    return {
      ...{ ...place, paragraph: 99_999, sentences, passage: "aaaaaaaa", text },
      ...{ highlight, highlights, alsoAt: [] },
    };
  });

const MENTION: Mention = {
  ...{ report: "a", title: "T", section: [], start: 0, end: 9, paragraph: 1, sentences: [1, 1] },
  ...{ passage: "aaaaaaaa", text: "甲乙丙丁甲乙", alsoAt: [] },
  highlight: [0, 2],
  highlights: [
    [0, 2],
    [4, 6],
  ],
};

function contentsOf(card: ReturnType<typeof renderMentions>): string[] {
  return flatten(card.components).flatMap(({ content }) =>
    typeof content === "string" ? [content] : [],
  );
}

describe("a page of mentions", () => {
  it("is taken by Discord, does nothing of its own and lets nothing leave a quotation, whatever stands in the report", () => {
    const page = fc.record({
      mentions: fc.array(mention, { minLength: 1, maxLength: MENTIONS_ON_PAGE }),
      offset: fc.nat(999_000),
      more: fc.nat(1_000),
    });
    const report = fc.option(
      fc.record({ id: anyText, title: anyText, key: fc.constant("0123abcd") }),
      {
        nil: undefined,
      },
    );
    const texts = fc.constantFrom(...Object.values(TEXTS));
    fc.assert(
      fc.property(page, anyText, report, texts, ({ mentions, offset, more }, words, of, spoken) => {
        const total = offset + mentions.length + more;
        const card = renderMentions(
          { total, offset, mentions },
          { texts: spoken, words, report: of },
        );
        assertSendable("POST", "/channels/1/messages", {
          flags: MessageFlags.IsComponentsV2,
          components: card.components,
          allowed_mentions: { parse: [] },
        });
        const contents = contentsOf(card);
        expect(contents.map(readMarkdown).flatMap(({ live }) => live)).toEqual([]);
        for (const content of contents.filter((it) => it.startsWith("> "))) {
          for (const line of content.split("\n").slice(0, -1)) expect(line).toMatch(/^> /u);
        }
      }),
      { seed: SEED },
    );
  });

  it("shows words that its buttons read again", () => {
    const words = fc
      .oneof(hostileText, fc.string({ unit: "binary" }))
      .map((it) => it.normalize("NFC").slice(0, 200));
    fc.assert(
      fc.property(words, (given) => {
        const options = { texts: TEXTS["en-US"], words: given, report: undefined };
        const card = renderMentions({ total: 9, offset: 0, mentions: [MENTION] }, options);
        const shown: unknown = card;
        const seen = given.replace(/[\s\p{Cc}\p{Cf}\p{Surrogate}\u{E0000}-\u{E0FFF}]+/gu, "");
        const read = questionOf(shown as Parameters<typeof questionOf>[0]);
        expect(read.replace(/[\s\p{Cf}]+/gu, "")).toBe(seen);
      }),
      { seed: SEED },
    );
  });

  it.each([
    ["en-US", 1, "1 sentence holds"],
    ["en-US", 37, "37 sentences hold"],
    ["en-US", 10_000, "10,000 sentences hold"],
    ["zh-TW", 1, "1 個句子含有"],
    ["zh-CN", 37, "37 个句子含有"],
  ] as const)("says in %s that %i are there", (locale, total, expected) => {
    const page = { total, offset: 0, mentions: [MENTION] };
    const card = renderMentions(page, { texts: TEXTS[locale], words: "甲乙", report: undefined });
    expect(contentsOf(card)[0]).toBe(`**${expected}** 甲乙`);
    expect(JSON.stringify(card)).toContain("> **甲乙**丙丁**甲乙**");
  });

  it("shows of a long sentence what stands around the first of the words", () => {
    const text = `${"前".repeat(5_000)}甲乙${"後".repeat(5_000)}甲乙`;
    const long = { ...MENTION, text, highlight: [5_000, 5_002] as const };
    const highlights = [[5_000, 5_002] as const, [10_002, 10_004] as const];
    const page = { total: 1, offset: 0, mentions: [{ ...long, highlights }] };
    const card = renderMentions(page, { texts: TEXTS["en-US"], words: "甲乙", report: undefined });
    expect(JSON.stringify(card)).toMatch(/> …前+\*\*甲乙\*\*後+…\\n/u);
  });
});
