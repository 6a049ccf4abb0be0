import { ComponentType, MessageFlags } from "discord.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer, ScoredExcerpt } from "../../../src/ask/answer.ts";
import type { Excerpt } from "../../../src/ask/excerpt.ts";
import { reportAddress } from "../../../src/ask/reportAddress.ts";
import { renderApproval, renderApprovals } from "../../../src/discord/cards/approvalCards.ts";
import {
  renderAnswer,
  renderExcerpts,
  renderList,
  renderPinned,
  renderReasons,
  renderShared,
} from "../../../src/discord/cards/answerCard.ts";
import { askedOf, questionOf } from "../../../src/discord/cards/askedQuestion.ts";
import { button, passageOf } from "../../../src/discord/cards/cardParts.ts";
import type { CardMessage } from "../../../src/discord/cards/cardParts.ts";
import { renderCitation } from "../../../src/discord/cards/citationCard.ts";
import { renderDigest } from "../../../src/discord/cards/digestCard.ts";
import {
  renderCandidates,
  renderGapPost,
  renderGaps,
  renderNews,
  renderSettledPost,
} from "../../../src/discord/cards/gapCards.ts";
import { TEXTS } from "../../../src/discord/locales/locale.ts";
import { assertSendable, flatten } from "../../support/discordLimits.ts";
import { lettersOf, readMarkdown } from "../../support/discordMarkdown.ts";
import type { Line } from "../../support/discordMarkdown.ts";
import { hostileText, longHostileText } from "../../support/hostile.ts";
import { isLong } from "../../support/long.ts";
import { SEED } from "../../support/seed.ts";

const anyText = fc.oneof(
  { weight: 5, arbitrary: hostileText },
  { weight: 1, arbitrary: longHostileText },
);
const unfound: Answer = {
  state: "none",
  confidence: 0,
  language: "zh",
  excerpts: [],
  headings: [],
  reasons: undefined,
};

it.each(Object.entries(TEXTS))(
  "the card of a long question says how much of it counted, in %s",
  (_, texts) => {
    const options = { texts, question: "question", isPrivate: false };
    const told = (answer: Answer) => JSON.stringify(renderAnswer(answer, options));
    expect(told({ ...unfound, comparedChars: 171 })).toContain(`"-# ${texts.questionCut(171)}"`);
    expect(texts.questionCut(171)).toContain("171");
    expect(told(unfound)).not.toContain(texts.questionCut(171).slice(0, 4));
  },
);

const passageId = fc.stringMatching(/^[a-z2-7]{8}$/u);
const url = fc.constantFrom(
  undefined,
  "https://example.org/report?a=b",
  `https://example.org/${"a".repeat(600)}`,
  "javascript:alert(1)",
  "https://",
);
const place = fc.record({
  report: fc.constantFrom("report", "other", "third"),
  title: anyText,
  date: fc.constantFrom(undefined, "2021-12-31", "**@everyone** <t:0:R>\n> -# x abcd2345 · "),
  url,
  page: fc.constantFrom(undefined, 1, 9_999),
  pageLabel: fc.constantFrom(undefined, "iv", "[a](https://evil.example)\u202E\n-# abcd2345"),
  section: fc.oneof(
    { weight: 5, arbitrary: fc.array(hostileText, { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(anyText, { minLength: 10, maxLength: 30 }) },
  ),
  paragraph: fc.integer({ min: 1, max: 99_999 }),
  sentences: fc.constant([1, 2] as const),
  start: fc.constant(0),
  end: fc.constant(0),
});
const excerpt: fc.Arbitrary<ScoredExcerpt> = fc
  .tuple(
    place,
    anyText,
    fc.nat(),
    fc.nat(),
    passageId,
    fc.oneof(
      { weight: 9, arbitrary: fc.array(place, { maxLength: 3 }) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(place, fc.integer({ min: 100, max: 900 }))
          .map(([it, count]) =>
            Array.from({ length: count }, (_, i) => ({ ...it, paragraph: 90_000 + i })),
          ),
      },
    ),
  )
  .map(([where, text, a, b, passage, alsoAt]) => {
    const [from, to] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
    return {
      ...where,
      passage,
      text,
      start: 0,
      end: text.length,
      highlight: [from ?? 0, to ?? 0],
      alsoAt,
      ...(a % 2 === 0 && { hasWords: true as const }),
      score: 1,
      contributions: { interaction: 0, dense: 0, words: 0, glosses: 0, pinyin: 0 },
      rank: 0,
      reading: undefined,
    };
  });
const answer = fc.record({
  state: fc.constantFrom("found", "maybe", "none"),
  excerpts: fc.uniqueArray(excerpt, { maxLength: 10, selector: ({ passage }) => passage }),
  headings: fc.array(hostileText, { maxLength: 5 }),
});
const texts = fc.constantFrom(...Object.values(TEXTS));

/** Where the reports are published. */
const SITE = "https://reports.example/city/";

/** The kinds of an answer's buttons, row by row. */
const BUTTON_ROWS = [
  ["followUp", "context", "more", "words", "citation"],
  ["vote", "vote", "share", "pin", "approve", "approval", "human"],
  ["link", "link"],
];

it("the buttons of every kind of answer stand in one order", () => {
  const options = fc.record({
    ...{ texts, isPrivate: fc.boolean(), canAskHumans: fc.boolean() },
    siteUrl: fc.constantFrom(undefined, SITE),
  });
  fc.assert(
    fc.property(answer, options, (shown, given) => {
      const card = renderAnswer({ ...unfound, ...shown }, { ...given, question: "question" });
      const rows = card.components[0].components.flatMap((it) => {
        if (it.type !== ComponentType.ActionRow) return [];
        const kinds = flatten(it.components).map(({ custom_id: id }) =>
          typeof id === "string" ? id.split(":")[1] : "link",
        );
        return [kinds];
      });
      const orders = rows.map((kinds) => BUTTON_ROWS.findIndex((row) => isSubsequence(kinds, row)));
      expect(orders).not.toContain(-1);
      expect(orders).toEqual(orders.toSorted((a, b) => a - b));
      expect(new Set(orders).size).toBe(orders.length);
    }),
    { seed: SEED },
  );
});

/** Whether all stand in the row, in its order. */
function isSubsequence(kinds: readonly unknown[], row: readonly string[]): boolean {
  let at = 0;
  for (const kind of row) if (kinds[at] === kind) at++;
  return at === kinds.length;
}

/** What Discord would be sent. */
function check(card: CardMessage): { contents: string[]; lines: Line[]; live: string[] } {
  const { components } = card;
  assertSendable("POST", "/channels/1/messages", {
    flags: MessageFlags.IsComponentsV2,
    components,
    allowed_mentions: { parse: [] },
  });
  const contents = flatten(components).flatMap(({ content }) =>
    typeof content === "string" ? [content] : [],
  );
  const read = contents.map(readMarkdown);
  return {
    contents,
    lines: read.flatMap(({ lines }) => lines),
    live: read.flatMap(({ live }) => live),
  };
}

/** The letters that can be seen, without white space, which lines of their own may have taken. */
function letters(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Surrogate}\s\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E0FFF}]/gu,
    "",
  );
}

describe("a card", () => {
  it("of any answer to any question is within Discord's limits, quotes what it shows unchanged, and does nothing", () => {
    fc.assert(
      fc.property(answer, anyText, texts, fc.boolean(), (given, question, language, isPrivate) => {
        const whole = { ...given, language: "zh", question } as unknown as Answer;
        const card = renderAnswer(whole, { texts: language, question, isPrivate });
        const { contents, live } = check(card);
        expect(live).toEqual([]);
        const shown = given.state === "none" ? [] : given.excerpts.slice(0, 3);
        const quotations = contents
          .slice(2)
          .map((it) => readMarkdown(it).lines.filter(({ kind }) => kind === "quotation"));
        shown.forEach(({ text }, i) => {
          const seen = letters(lettersOf(quotations[i] ?? []));
          const whole = letters(text);
          expect(seen === whole || whole.includes(seen.replace(/^…|…$/gu, ""))).toBe(true);
        });
        // Nothing of the question stands in a quotation, and nothing of the report outside of one.
        expect(
          contents
            .slice(0, 2)
            .flatMap((it) => readMarkdown(it).lines)
            .every(({ kind }) => kind === "text"),
        ).toBe(true);
      }),
      { seed: SEED, numRuns: isLong ? 1_500 : 500 },
    );
  });

  it("of every other kind is within the limits too, and does nothing", () => {
    fc.assert(
      fc.property(
        fc.array(excerpt, { minLength: 1, maxLength: 12 }),
        anyText,
        anyText,
        texts,
        (drawn, question, user, language) => {
          const excerpts: Excerpt[] = drawn.map((it) => ({ ...it, columns: question }));
          const [first] = excerpts;
          if (first === undefined) return;
          const view = { texts: language, siteUrl: SITE };
          const cards = [
            renderExcerpts(language.buttons.more, excerpts, view),
            renderPinned({ question }, first, user, view),
            renderShared({ question }, excerpts.slice(0, 3), user, view),
            renderReasons("123456789012345678", language),
          ];
          for (const card of cards) expect(check(card).live).toEqual([]);
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("of a citation is two blocks that nothing of a report ends, one of them JSON", () => {
    fc.assert(
      fc.property(excerpt, anyText, texts, (drawn, author, language) => {
        const card = renderCitation({ ...drawn, author }, { texts: language, siteUrl: SITE });
        const [, text = "", json = ""] = check(card).contents;
        expect(text).toMatch(/^```\n[^`\n]*\n```$/u);
        expect(json).toMatch(/^```json\n[^`]*\n```$/u);
        expect(JSON.parse(json.slice("```json\n".length, -"```".length))).toMatchObject([
          { id: drawn.passage, URL: reportAddress(SITE, drawn.report, drawn.passage) },
        ]);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("of a verified answer marks the report's words as such, and nothing else", () => {
    fc.assert(
      fc.property(
        answer,
        excerpt,
        fc.tuple(anyText, anyText, anyText),
        texts,
        (given, first, words, language) => {
          const [question, original, note] = words;
          const verified = { id: "aaaaaaaaaaaa", question: original, note, excerpts: [first] };
          const whole = { ...given, language: "zh", verified } as unknown as Answer;
          const { contents, live } = check(
            renderAnswer(whole, { texts: language, question, isPrivate: false }),
          );
          expect(live).toEqual([]);
          const quoted = contents.map((it) =>
            readMarkdown(it).lines.some(({ kind }) => kind === "quotation"),
          );
          const isEmpty = letters(first.text) === "";
          expect(quoted.slice(0, 4)).toEqual([false, false, !isEmpty || quoted[2], false]);
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("for moderators is within the limits, and links to nothing but messages", () => {
    const id = "aaaaaaaaaaaa";
    const vector = { key: "k", language: "zh", row: new Int8Array(), space: "" };
    fc.assert(
      fc.property(
        fc.array(excerpt, { minLength: 1, maxLength: 10 }),
        fc.array(anyText, { minLength: 3, maxLength: 30 }),
        texts,
        (excerpts, words, language) => {
          const [question = "", note = "", user = ""] = words;
          const approval = { id, question, vector, passages: [], note, at: 1 };
          const place = { guild: "1", channel: "2", message: "3" };
          const gaps = words.map((it, i) => ({
            ...place,
            id: `aaaaaaaaaa${String.fromCharCode(97 + (i % 26))}${i < 26 ? "a" : "b"}`,
            question: it,
            vector,
            reason: "none" as const,
            state: "open" as const,
            count: 1,
            post: undefined,
          }));
          const [gap] = gaps;
          if (gap === undefined) return;
          const clusters = gaps.slice(0, 8).map((it) => [it, ...gaps.slice(8)] as const);
          const shown = gaps.slice(0, 8).map((it) => ({
            approval: { ...approval, id: it.id, question: it.question },
            excerpts,
          }));
          const digest = {
            ...{ asked: 1, found: 1, maybe: 0, none: 0, verified: 0, passages: [] },
            worst: [{ ...place, question, downs: 1 }],
            approvals: [{ question, count: 1 }],
          };
          const news = { state: "approved" as const, excerpts, asker: undefined };
          const cards = [
            renderApproval(
              { approval, excerpts: [...excerpts, undefined] },
              excerpts,
              language,
              language.approval.title,
            ),
            renderApprovals(shown, { offset: 8, total: 99 }, language),
            renderGaps(clusters, language),
            renderGapPost(gap, language),
            renderSettledPost(gap, "absent", user, language),
            renderCandidates(gap, [...excerpts, ...excerpts], language),
            renderNews(question, news, language),
            renderDigest(digest, [{ section: note, count: 1 }], "1", language),
          ];
          // Besides the links, the digest's three lists are its own.
          const own = ["discord.com/channels/1/2/3", "- "];
          const live = cards
            .flatMap((card) => check(card).live)
            .map((it) => it.replace("https://", ""));
          expect(live.filter((it) => !own.includes(it))).toEqual([]);
          expect(live.filter((it) => it === "- ").length).toBe(3);
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("tells its question and its passage to whoever reads it back", () => {
    fc.assert(
      fc.property(excerpt, hostileText, texts, (first, question, language) => {
        const { components } = renderPinned({ question }, first, "user", { texts: language });
        const message = { components } as unknown as Parameters<typeof questionOf>[0];
        expect(letters(questionOf(message)).replace(/…$/u, "")).toBe(
          letters(question).slice(0, letters(questionOf(message)).replace(/…$/u, "").length),
        );
        expect(passageOf(message)).toBe(first.passage);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("of a follow-up tells both questions and its passage, on its pins and shared ones too", () => {
    const words = fc.tuple(hostileText, anyText);
    fc.assert(
      fc.property(answer, excerpt, words, texts, (given, first, [question, after], language) => {
        const shown = { ...unfound, ...given, after, excerpts: [first, ...given.excerpts] };
        const options = { texts: language, question, isPrivate: false };
        const asked = { question, after };
        const cards = [
          renderAnswer(shown, options),
          renderPinned(asked, first, "user", { texts: language }),
          renderShared(asked, [first], "user", { texts: language }),
        ];
        for (const [i, card] of cards.entries()) {
          expect(check(card).live).toEqual([]);
          const message = { components: card.components } as unknown as Parameters<
            typeof questionOf
          >[0];
          const read = askedOf(message);
          for (const name of ["question", "after"] as const) {
            const seen = letters(read[name] ?? "-").replace(/…$/u, "");
            expect(letters(asked[name]).startsWith(seen)).toBe(true);
          }
          if (i > 0 || given.state !== "none") expect(passageOf(message)).toBe(first.passage);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("of a question that stands by itself has no button to ask it alone", () => {
    const alone = (after?: string) =>
      flatten(
        renderAnswer(
          { ...unfound, ...(after !== undefined && { after }) },
          { texts: TEXTS["en-US"], question: "?", isPrivate: false },
        ).components,
      ).filter(({ label }) => label === "Ask alone");
    expect(alone()).toEqual([]);
    expect(alone("Before?")).toHaveLength(1);
  });

  it("shows the heads of a row's columns above it, its page and date, and a link to its source", () => {
    const [first] = fc.sample(excerpt, { seed: SEED, numRuns: 1 });
    if (first === undefined) throw new Error("no sample");
    const row = {
      ...first,
      ...{ text: "甲鎮\t3", columns: "地方\t公園", highlight: [0, 0] as const },
      ...{ title: "報告", date: "2021", section: [], page: 4, pageLabel: undefined },
      url: "https://example.org/report",
    };
    const card = renderShared({ question: "?" }, [row], "user", { texts: TEXTS["zh-TW"] });
    const [, shown = ""] = check(card).contents;
    expect(shown.split("\n").slice(0, 2)).toEqual(["> 地方\u2003公園", "> 甲鎮\u20033"]);
    expect(shown).toContain("-# 報告 (2021) · 第 4 頁 · 第");
    const link = { label: "來源", url: "https://example.org/report", style: 5 };
    expect(flatten(card.components)).toContainEqual(expect.objectContaining(link));
    const unsafe = [
      "javascript:alert(1)",
      "http://example.org/",
      `https://a.org/${"a".repeat(600)}`,
    ];
    for (const url of unsafe) {
      const { components } = renderShared({ question: "?" }, [{ ...row, url }], "user", {
        texts: TEXTS["zh-TW"],
      });
      expect(flatten(components).filter(({ label }) => label === "來源")).toEqual([]);
    }
  });

  it("opens the report before its source, where Discord takes the address", () => {
    const [first] = fc.sample(excerpt, { seed: SEED, numRuns: 1 });
    if (first === undefined) throw new Error("no sample");
    const published = { ...first, report: "A b", passage: "abcd2345", url: "https://a.example/" };
    const linksFor = (answer: Answer, siteUrl: string) => {
      const options = { texts: TEXTS["en-US"], question: "?", isPrivate: false, siteUrl };
      return flatten(renderAnswer(answer, options).components).filter(({ style }) => style === 5);
    };
    const found = { ...unfound, state: "found", excerpts: [published] } as const;
    expect(linksFor(found, SITE)).toMatchObject([
      { label: "Open in the report", url: reportAddress(SITE, "A b", "abcd2345") },
      { label: "Source", url: "https://a.example/" },
    ]);
    expect(linksFor(found, `https://${"a".repeat(500)}.example/`)).toMatchObject([
      { label: "Source" },
    ]);
    expect(linksFor({ ...unfound, excerpts: [published] }, SITE)).toEqual([]);
  });

  it("makes the clause that answers bold, also over several lines", () => {
    const [first] = fc.sample(excerpt, { seed: SEED, numRuns: 1 });
    if (first === undefined) throw new Error("no sample");
    const card = renderAnswer(
      {
        state: "found",
        headings: [],
        excerpts: [{ ...first, text: "甲乙\n丙丁", highlight: [1, 4] }],
      } as unknown as Answer,
      { texts: TEXTS["en-US"], question: "?", isPrivate: false },
    );
    expect(check(card).contents[2]?.split("\n").slice(0, 2)).toEqual(["> 甲**乙**", "> **丙**丁"]);
  });

  it("shows the clause that answers, also where the excerpt is far longer than its room", () => {
    fc.assert(
      fc.property(
        excerpt,
        longHostileText,
        fc.integer({ min: 5_000, max: 19_000 }),
        (first, text, from) => {
          const long = {
            ...first,
            text: `${text.slice(0, from)}the very words${text.slice(from)}`,
            highlight: [from, from + 14],
          };
          const card = renderAnswer(
            { state: "found", headings: [], excerpts: [long] } as unknown as Answer,
            { texts: TEXTS["en-US"], question: "?", isPrivate: false },
          );
          expect(check(card).contents[2]).toContain("**the very words**");
        },
      ),
      { seed: SEED, numRuns: 100 },
    );
  });

  it("shows less of long excerpts, so that all are there", () => {
    const [first] = fc.sample(excerpt, { seed: SEED, numRuns: 1 });
    if (first === undefined) throw new Error("no sample");
    const long = {
      ...first,
      title: "報告",
      section: [],
      text: "字".repeat(3_000),
      highlight: [0, 0] as const,
    };
    const card = renderShared({ question: "?" }, [long, long, long], "user", {
      texts: TEXTS["en-US"],
    });
    const { contents } = check(card);
    expect(contents.filter((it) => it.includes("字字…")).length).toBe(3);
    expect(contents.join("").length).toBeGreaterThan(3_000);
  });

  it("of a list has a button for each line", () => {
    const rows = Array.from({ length: 10 }, (_, i) => ({
      line: `line ${i}`,
      button: button(
        { kind: "unpin", message: String(100_000_000_000_000_000n + BigInt(i)) },
        "Unpin",
      ),
    }));
    expect(check(renderList("Pins", rows)).contents).toHaveLength(11);
  });
});
