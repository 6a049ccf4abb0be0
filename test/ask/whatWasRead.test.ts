import { describe, expect, it } from "vitest";
import { showWindows, whyUnread } from "../../src/ask/whatWasRead.ts";
import type { WindowReading } from "../../src/search/reading/windowReadings.ts";
import { seededRandom } from "../support/seed.ts";
import { smallIndex } from "../support/small.ts";

const REPORTS: Readonly<Record<string, string>> = {
  a: [
    "題目一則",
    ...["公園", "教育"].flatMap((name, i) => [
      `第${["一", "二"][i] ?? ""}節${name}`,
      `甲鎮去年的${name}辦得很好，人人都很高興。`.repeat(8),
      `乙鎮的${name}也不錯。`,
      "",
      `丙縣的${name}還在籌備，明年夏天開始。`.repeat(3),
    ]),
  ].join("\n"),
  b: "丁鄉修路41公里。\n",
};

async function opened() {
  const { generation } = await smallIndex(
    Object.fromEntries(Object.entries(REPORTS).map(([id, text]) => [`${id}.txt`, text])),
  );
  const tokens = await generation.readWindows([...generation.windows.keys()]);
  /** A window as it is read by a reader that points at the tokens [from, to). */
  const pointing = (window: number, from: number, to: number): WindowReading => {
    const ofWindow = tokens[window];
    if (ofWindow === undefined) throw new Error("no such window");
    const { length } = ofWindow.ids;
    const [starts, ends] = [new Float32Array(length), new Float32Array(length)];
    [starts[from], ends[to - 1]] = [9, 9];
    const reading = { answers: window, starts, ends, nowhere: 0 };
    return { window, report: undefined, reading, tokens: ofWindow, score: window / 8 };
  };
  return { generation, tokens, pointing };
}

/** The number of the line that a place stands in; empty lines do not count. */
function paragraphAt(text: string, place: number): number {
  const before = text.slice(0, place).split("\n").slice(0, -1);
  return before.filter((line) => line !== "").length + 1;
}

describe("showWindows", () => {
  it("shows each window's place, and the report's own words that the reader points at", async () => {
    const { generation, tokens, pointing } = await opened();
    const random = seededRandom();
    const pointed = tokens.map(({ spans }, window) => {
      const head = spans.findIndex((_, i) => i % 2 === 1 && (spans[i] ?? 0) > 0) >> 1;
      const from = head + Math.floor(random() * (spans.length / 2 - head));
      const to = Math.min(spans.length / 2, from + 1 + Math.floor(random() * 9));
      const [start = 0, end = 0] = [spans[2 * from], spans[2 * to - 1]];
      const ends = [spans[2 * head] ?? 0, (spans.at(-1) ?? 0) - 1] as const;
      return { reading: pointing(window, from, to), start, end, ends };
    });
    const shown = await showWindows(
      generation,
      pointed.map(({ reading }) => reading),
    );
    expect(shown).toHaveLength(generation.windows.length);
    expect(new Set(shown.map(({ report }) => report))).toEqual(new Set(["a", "b"]));
    shown.forEach((it, window) => {
      const text = REPORTS[it.report] ?? "";
      const { start = 0, end = 0, ends = [0, 0] } = pointed[window] ?? {};
      expect(it.words).toBe(text.slice(start, end).trim());
      expect(it.paragraphs).toEqual(ends.map((place) => paragraphAt(text, place)));
      expect(it.score).toBe(window / 8);
    });
  });

  it("keeps the order in which windows were read", async () => {
    const { generation, pointing } = await opened();
    const shown = await showWindows(
      generation,
      [3, 0, 2].map((window) => pointing(window, 0, 1)),
    );
    expect(shown.map(({ score }) => 8 * score)).toEqual([3, 0, 2]);
  });

  it("has no words where the reader points at the head, which stands elsewhere in the report", async () => {
    const { generation, tokens, pointing } = await opened();
    const window = tokens.findIndex(({ spans }) => spans[1] === 0);
    expect(window).toBeGreaterThanOrEqual(0);
    const { spans = [] } = tokens[window] ?? {};
    for (const to of [1, spans.findIndex((_, i) => i % 2 === 1 && (spans[i] ?? 0) > 0)]) {
      const [shown] = await showWindows(generation, [pointing(window, 0, to)]);
      expect(shown?.words).toBe("");
    }
  });
});

describe("whyUnread", () => {
  const read = () => Promise.resolve([]);

  it.each([
    ["nothing where windows are read", { read }, undefined, undefined],
    ["nothing for any number of windows", { read }, 8, undefined],
    [
      "that none are asked for",
      { read },
      0,
      "READ_WINDOWS is 0: passages are found, but not read.",
    ],
    [
      "what the encoder says",
      { read: undefined, whyUnread: "It is torn." },
      undefined,
      "It is torn.",
    ],
  ])("says %s", (_, encoder, maxWindows, why) => {
    expect(whyUnread(encoder, maxWindows)).toBe(why);
  });
});
