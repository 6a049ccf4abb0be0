import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HEAD_CHARS, HEADING_HEAD_CHARS } from "../../src/ingest/windowHeads.ts";
import {
  fillWindows,
  READ_TOKENS,
  SENTENCE_TOKENS,
  SHARED_TOKENS,
  WINDOW_TOKENS,
} from "../../src/ingest/windows.ts";
import type { FilledWindow } from "../../src/index/store.ts";
import { tokenizeText } from "../../src/models/encoder/encodeText.ts";
import { loadTokenizer } from "../../src/models/tokenizer/loadTokenizer.ts";
import type { Part } from "../../src/parse/outline.ts";
import { readReport } from "../../src/parse/parseReport.ts";
import type { BlockKind, Report } from "../../src/report.ts";
import { foldHan } from "../../src/text/fold.ts";
import { sliceOf } from "../../src/text/spans.ts";
import { REAL_MODEL } from "../support/folders.ts";
import { SEED } from "../support/seed.ts";

const tokenizer = await loadTokenizer(REAL_MODEL);
const encoder = {
  tokenize: (texts: readonly string[]) =>
    Promise.resolve(texts.map((text) => tokenizeText(tokenizer, text))),
};
const idsOf = (text: string): number[] => tokenizer.tokenize(foldHan(text)).map(({ id }) => id);

type Line = readonly [kind: BlockKind, text: string];

/** A report of the given blocks, one a line. */
function reportOf(lines: readonly Line[], id = "r"): Report {
  let start = 0;
  const parts = lines.map(([kind, text]): Part => {
    const span = { start, end: start + text.length };
    start = span.end + 1;
    return kind === "heading" ? { kind, span, rank: 2 } : { kind, span };
  });
  return readReport(id, { text: lines.map(([, text]) => text).join("\n"), parts });
}

/** The same with a table at its end: the heads of its columns, and rows. */
function tableOf(lines: readonly Line[], columns: string, rows: readonly string[]): Report {
  const parts = [...lines, ...[columns, ...rows].map((text) => ["row", text] as const)];
  const { text, blocks } = reportOf(parts);
  const heads = blocks[lines.length]?.span;
  const withColumns = blocks.map((it, i): Part => {
    if (it.kind === "heading") return { kind: it.kind, span: it.span, rank: 2 };
    return { kind: it.kind, span: it.span, columns: i < lines.length ? undefined : heads };
  });
  return readReport("r", { text, parts: withColumns });
}

function paragraphs(...texts: readonly string[]): Line[] {
  return texts.map((text) => ["paragraph", text] as const);
}

/** The places of a window's own tokens, and how many tokens of its head come before. */
function bodyOf({ tokens: { ids, spans } }: FilledWindow) {
  const all = Array.from(ids, (_, i) => [spans[2 * i] ?? 0, spans[2 * i + 1] ?? 0] as const);
  const head = all.findIndex(([, end]) => end > 0);
  return { head: head < 0 ? all.length : head, places: head < 0 ? [] : all.slice(head) };
}

/** The text that a window shows without its head. */
function textOf({ text }: Report, window: FilledWindow): string {
  const { places } = bodyOf(window);
  return text.slice(places[0]?.[0], places.at(-1)?.[1]);
}

const words = fc.constantFrom("water", "the", "Donaudampfschiff", "1,234", "ß", "of", "𠀀", "…");
const SCRIPTS = [
  fc.array(words, { minLength: 1, maxLength: 60 }).map((it) => `${it.join(" ")}.`),
  fc
    .array(fc.constantFrom("黨史", "學習", "三", "𠀀", "小區"), { minLength: 1, maxLength: 90 })
    .map((it) => `${it.join("")}。`),
  fc
    .array(fc.constantFrom("น้ำ", "ประชาชน", "ที่"), { minLength: 1, maxLength: 90 })
    .map((it) => it.join("")),
];
const block = fc
  .array(fc.oneof(...SCRIPTS), { minLength: 1, maxLength: 8 })
  .map((sentences) => sentences.join(" "));
const kinds: fc.Arbitrary<BlockKind> = fc.constantFrom(
  "paragraph",
  "paragraph",
  "item",
  "code",
  "byline",
  "heading",
);
const reports = fc
  .tuple(fc.boolean(), fc.array(fc.tuple(kinds, block), { minLength: 1, maxLength: 8 }))
  .map(([hasTitle, lines]) =>
    reportOf(
      lines.map(([kind, text], i) => (hasTitle && i === 0 ? ["title", text] : [kind, text])),
    ),
  );

/** Checks all windows of some reports. */
async function checkAll(check: (report: Report, windows: readonly FilledWindow[]) => void) {
  await fc.assert(
    fc.asyncProperty(reports, async (report) => {
      check(report, await fillWindows([report], encoder));
    }),
    { seed: SEED, numRuns: 60 },
  );
}

describe("the windows of a report", () => {
  it("show every token of every block, and every sentence", async () => {
    await checkAll((report, windows) => {
      const shown = new Set(windows.flatMap((it) => bodyOf(it).places.map(String)));
      for (const { span } of report.blocks) {
        for (const { start, end } of tokenizer.tokenize(foldHan(sliceOf(report.text, span)))) {
          const place = [span.start + start, span.start + end];
          if (end > start) expect(shown).toContain(String(place));
        }
      }
      report.sentences.forEach((_, i) => {
        expect(windows.some(({ from, to }) => from <= i && i < to)).toBe(true);
      });
    });
  });

  it("keep to the limits: only one sentence alone is longer", async () => {
    await checkAll((_, windows) => {
      for (const window of windows) {
        const { head, places } = bodyOf(window);
        const most = window.to - window.from === 1 ? SENTENCE_TOKENS : WINDOW_TOKENS;
        expect(places.length).toBeLessThanOrEqual(most);
        expect(head + places.length).toBeLessThanOrEqual(READ_TOKENS);
      }
    });
  });

  it("hold tokens that go forward, of the sentences that they name and no others", async () => {
    await checkAll((report, windows) => {
      for (const window of windows) {
        const { places } = bodyOf(window);
        const starts = places.map(([start]) => start);
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        const named = report.sentences.slice(window.from, window.to);
        expect(starts[0]).toBe(named[0]?.span.start);
        expect(places.at(-1)?.[1]).toBeLessThanOrEqual(named.at(-1)?.span.end ?? 0);
        expect(starts.at(-1)).toBeGreaterThanOrEqual(named.at(-1)?.span.start ?? Infinity);
      }
    });
  });

  it("show one section each, a title and a heading alone, bylines without the text", async () => {
    await checkAll((report, windows) => {
      for (const { from, to } of windows) {
        const blocks = report.sentences
          .slice(from, to)
          .map((it) => report.blocks[it.block] ?? expect.fail());
        expect(new Set(blocks.map(({ section }) => section)).size).toBe(1);
        const alone = blocks.filter(({ kind }) => kind === "title" || kind === "heading");
        expect([0, blocks.length]).toContain(alone.length);
        expect(alone.length).toBeLessThanOrEqual(1);
        expect(new Set(blocks.map(({ kind }) => kind === "byline")).size).toBe(1);
      }
    });
  });

  it("go forward, each showing a sentence that the one before does not", async () => {
    await checkAll((_, windows) => {
      windows.slice(1).forEach((window, i) => {
        const before = windows[i] ?? expect.fail();
        const isSameSentence = before.from === window.from && window.to - window.from === 1;
        expect(window.from > before.from && window.to > before.to).toBe(!isSameSentence);
        expect(window.from).toBeLessThanOrEqual(before.to);
      });
    });
  });

  it("take a block more wherever it has room", async () => {
    await checkAll((report, windows) => {
      const size = (block: number): number =>
        idsOf(sliceOf(report.text, report.blocks[block]?.span ?? expect.fail())).length;
      windows.slice(1).forEach(({ from }, i) => {
        const { from: start, to } = windows[i] ?? expect.fail();
        const [first, last, next] = [start, to - 1, from].map(
          (it) => report.sentences[it]?.block ?? expect.fail(),
        ) as [number, number, number];
        const [here, there] = [last, next].map((it) => report.blocks[it]?.kind ?? expect.fail());
        const isApart =
          [here, there].some((it) => it === "title" || it === "heading") ||
          (here === "byline") !== (there === "byline");
        const before = Array.from({ length: last - first + 1 }, (_, k) => size(first + k));
        const sum = before.reduce((a, b) => a + b, 0);
        if (last !== next && !isApart) expect(sum + size(next)).toBeGreaterThan(WINDOW_TOKENS);
      });
    });
  });
});

describe("a window", () => {
  const cases: [string, string, string, string][] = [
    ["English", "Annual Report", "Water supply", "The council met twice."],
    ["Traditional Chinese", "砥礪初心使命", "一、小區改造", "改造老舊小區41個。"],
    ["Thai", "รายงานประจำปี", "น้ำประปา", "สภาประชุมสองครั้ง"],
  ];
  it.each(cases)(
    "is read as title, heading and text in one, in %s",
    async (_language, title, heading, sentence) => {
      const report = reportOf([
        ["title", title],
        ["heading", heading],
        ...paragraphs(sentence, sentence),
      ]);
      const windows = await fillWindows([report], encoder);
      expect(windows.map(({ tokens }) => [...tokens.ids])).toEqual(
        [title, `${title} ${heading}`, `${title} ${heading} ${sentence} ${sentence}`].map(idsOf),
      );
      expect(windows.map((it) => textOf(report, it))).toEqual([
        title,
        heading,
        `${sentence}\n${sentence}`,
      ]);
      expect(windows.map(({ from, to }) => [from, to])).toEqual([
        [0, 1],
        [1, 2],
        [2, 4],
      ]);
    },
  );

  it("has the title alone as its head above the first heading, and the id where there is no title", async () => {
    const [first] = await fillWindows([reportOf(paragraphs("Rain."), "minutes")], encoder);
    expect([...(first?.tokens.ids ?? [])]).toEqual(idsOf("minutes Rain."));
  });

  it.each([
    ["a name", { author: "Lena Forsyth" }, ["By Lena Forsyth"], "作者 Author"],
    ["a day", { date: "2021年9月17日" }, ["（2021年9月17日通過）"], "日期 Date"],
    ["both", { author: "Li", date: "2 May" }, ["Li", "2 May"], "作者 Author 日期 Date"],
    ["neither that is known", {}, ["記者"], "作者 Author 日期 Date"],
  ])("of bylines says what they are: %s", async (_what, front, bylines, labels) => {
    const lines = bylines.map((it): Line => ["byline", it]);
    const report = reportOf([["title", "Water"], ...lines, ...paragraphs("Rain.")]);
    const [, window] = await fillWindows([{ ...report, front }], encoder);
    expect([...(window?.tokens.ids ?? [])]).toEqual(idsOf(`Water ${labels}: ${bylines.join(" ")}`));
    expect([window?.from, window?.to]).toEqual([1, 1 + bylines.length]);
  });

  it("of rows begins with the heads of their columns, once, so that each can be read", async () => {
    const heads = "District | Water supplied in cubic metres | Loss";
    const rows = Array.from({ length: 20 }, (_, i) => `District ${i} | 1,284 | 11.2 %`);
    const report = tableOf(
      [
        ["title", "Water"],
        ["heading", "Figures"],
      ],
      heads,
      rows,
    );
    const [, , first, ...others] = await fillWindows([report], encoder);
    const [head, columns] = [idsOf("Water Figures"), idsOf(heads)];
    expect([...(first?.tokens.ids ?? [])].slice(0, head.length + columns.length)).toEqual([
      ...head,
      ...columns,
    ]);
    expect(bodyOf(first ?? expect.fail()).head).toBe(head.length);
    expect(others.length).toBeGreaterThan(0);
    for (const window of others) {
      const shown = bodyOf(window).head;
      expect([...window.tokens.ids.subarray(0, shown)]).toEqual([...head, ...columns]);
      expect(textOf(report, window)).toMatch(/^District \d+ \|/u);
    }
  });

  it("of a long row keeps the heads of its columns rather than the title", async () => {
    const heads = "District | Loss";
    const report = tableOf([["title", "水".repeat(HEAD_CHARS)]], heads, ["x ".repeat(300).trim()]);
    const window = (await fillWindows([report], encoder)).at(-1) ?? expect.fail();
    const { head } = bodyOf(window);
    expect(window.tokens.ids.length).toBeLessThanOrEqual(READ_TOKENS);
    expect([...window.tokens.ids.subarray(0, head)].slice(-idsOf(heads).length)).toEqual(
      idsOf(heads),
    );
  });

  it("may be one word", async () => {
    const [word] = await fillWindows([reportOf(paragraphs("水"), "r")], encoder);
    expect(word).toMatchObject({ from: 0, to: 1 });
    expect([...(word?.tokens.ids ?? [])]).toEqual(idsOf("r 水"));
  });

  it("has a head whose last character is whole, and no space behind it", async () => {
    const title = `${"x".repeat(HEAD_CHARS - 1)}𠀀`;
    const spaced = `${"x".repeat(HEAD_CHARS - 1)} y`;
    for (const it of [title, spaced]) {
      const [, window] = await fillWindows(
        [reportOf([["title", it], ...paragraphs("水")])],
        encoder,
      );
      expect([...(window?.tokens.ids ?? [])]).toEqual(idsOf(`${"x".repeat(HEAD_CHARS - 1)} 水`));
    }
  });

  it("of a heading has the beginning of the title as its head", async () => {
    const title = "水".repeat(150);
    const report = reportOf([["title", title], ["heading", "公園"], ...paragraphs("種樹。")]);
    const [, heading, text] = await fillWindows([report], encoder);
    expect([...(heading?.tokens.ids ?? [])]).toEqual(
      idsOf(`${title.slice(0, HEADING_HEAD_CHARS)} 公園`),
    );
    expect([...(text?.tokens.ids ?? [])]).toEqual(idsOf(`${title.slice(0, HEAD_CHARS)} 種樹。`));
  });

  it("counts its sentences through all reports", async () => {
    const one = reportOf(paragraphs("Rain. Snow.", "Wind."));
    const windows = await fillWindows([one, one], encoder);
    expect(windows.map(({ from, to }) => [from, to])).toEqual([
      [0, 3],
      [3, 6],
    ]);
    expect(windows[1]?.tokens).toEqual(windows[0]?.tokens);
  });
});

/** As many tokens, all the same word. */
function water(tokens: number): string {
  return new Array<string>(tokens).fill("water").join(" ");
}

describe("a long block", () => {
  const sentence = (tokens: number): string => `Water ${water(tokens - 2)}.`;
  const rangesOf = async (sentences: readonly string[]): Promise<number[][]> => {
    const windows = await fillWindows([reportOf(paragraphs(sentences.join(" ")))], encoder);
    return windows.map(({ from, to }) => [from, to]);
  };

  it("is cut at its sentences, each window beginning near the middle of the one before", async () => {
    expect(idsOf(sentence(20))).toHaveLength(20);
    const ranges = await rangesOf(new Array<string>(12).fill(sentence(20)));
    expect(ranges.map(([from = 0, to = 0]) => [from, to - from])).toEqual([
      [0, 5],
      [2, 5],
      [4, 5],
      [6, 5],
      [8, 4],
    ]);
  });

  it("shares no sentence where the next one has no room behind it", async () => {
    expect(await rangesOf([20, 40, 80, 80].map(sentence))).toEqual([
      [0, 2],
      [2, 3],
      [3, 4],
    ]);
  });
});

describe("a long sentence", () => {
  it("stays whole up to a length, behind as much of its head as there is room for", async () => {
    const sentence = water(SENTENCE_TOKENS);
    const report = reportOf([
      ["title", water(30)],
      ["code", sentence],
    ]);
    const [, window] = await fillWindows([report], encoder);
    expect([...(window?.tokens.ids ?? [])]).toEqual(
      idsOf(`${water(READ_TOKENS - SENTENCE_TOKENS)} ${sentence}`),
    );
  });

  it.each([
    ["with spaces", water(2_000)],
    ["in Chinese", "我們在小區裡種了三棵樹".repeat(300)],
    ["in Thai", "น้ำประปาที่ประชาชน".repeat(400)],
  ])("is cut at tokens beyond it, %s, into windows that overlap", async (_, text) => {
    const windows = await fillWindows([reportOf([["code", text]])], encoder);
    const all = idsOf(text);
    expect(all.length).toBeGreaterThanOrEqual(2_000);
    const step = WINDOW_TOKENS - SHARED_TOKENS;
    expect(windows).toHaveLength(Math.ceil((all.length - SHARED_TOKENS) / step));
    windows.forEach(({ from, to, tokens }, i) => {
      expect([from, to]).toEqual([0, 1]);
      const shown = all.slice(i * step, i * step + WINDOW_TOKENS);
      expect([...tokens.ids]).toEqual([...idsOf("r"), ...shown]);
    });
  });
});
