import { describe, expect, it } from "vitest";
import type { ReadWindows } from "../../../src/models/readWindows.ts";
import type { RankedPassage } from "../../../src/search/ranking.ts";
import { prepareChoice } from "../../../src/search/reading/windowChoice.ts";
import { prepareReading } from "../../../src/search/reading/windowReadings.ts";
import { rankedAs } from "../../support/ranked.ts";
import { smallIndex } from "../../support/small.ts";

/** Sections of one window each, and a paragraph of several that overlap. */
const REPORT = [
  ...["甲", "乙", "丙", "丁"].flatMap((name) => [`## ${name}鎮`, `${name}鎮種樹三千棵。`]),
  "## 戊縣",
  Array.from({ length: 20 }, (_, i) => `戊縣第${i}所學校建成於去年的夏天，學生很多。`).join(""),
].join("\n\n");

const files = { "a.md": REPORT, "b.md": "# 己鄉\n\n己鄉修路。\n" };

function ranked(sentences: readonly number[]): Promise<RankedPassage[]> {
  return rankedAs(files, sentences);
}

/** A reader that keeps what it was asked, and is the surer the more tokens a window has. */
function recordingReader() {
  const asked: (readonly [question: string, windows: readonly Uint32Array[]])[] = [];
  const read: ReadWindows = (question, windows) => {
    asked.push([question, windows]);
    return Promise.resolve(
      windows.map(({ length }) => {
        const starts = new Float32Array(length);
        starts[1] = 3;
        return { answers: length, starts, ends: new Float32Array(length), nowhere: 1 };
      }),
    );
  };
  return { asked, read };
}

async function prepared(maxWindows: number) {
  const { generation } = await smallIndex(files);
  const { asked, read } = recordingReader();
  return { generation, asked, ...prepareReading(generation, read, maxWindows) };
}

describe("the windows that are read", () => {
  const order = [7, 20, 1, 21, 7, 20];

  it.each([2, 8])(
    "are those that are chosen, in their order, at most %d of the text",
    async (most) => {
      const { generation, asked, readBest } = await prepared(most);
      const windows = prepareChoice(generation)(await ranked(order), most);
      expect(windows).not.toEqual([...windows].sort());
      const readings = await readBest("幾棵？", await ranked(order));
      expect(readings.map(({ window }) => window)).toEqual(windows);
      const tokens = await generation.readWindows(windows);
      expect(asked).toEqual([["几棵？", tokens.map(({ ids }) => ids)]]);
      expect(readings.map((it) => it.tokens)).toEqual(tokens);
    },
  );

  it("are none where none may be read, where there is no reader, and where nothing was found", async () => {
    const { generation, asked, readBest } = await prepared(0);
    expect(await readBest("幾棵？", await ranked(order))).toEqual([]);
    expect(asked).toEqual([]);
    const unread = prepareReading(generation, undefined, 8);
    expect(await unread.readBest("幾棵？", await ranked(order))).toEqual([]);
    const nothing = await prepared(8);
    expect(await nothing.readBest("幾棵？", [])).toEqual([]);
    expect(nothing.asked).toEqual([]);
  });

  it("are read once for the same question, in either script", async () => {
    const { generation, asked, readBest } = await prepared(8);
    const first = await readBest("種樹幾棵？", await ranked([1]));
    expect(await readBest("种树几棵？", await ranked([1]))).toEqual(first);
    expect(asked).toHaveLength(1);
    // A window that joins them is read alone.
    const joined = await readBest("種樹幾棵？", await ranked([1, 3]));
    expect(joined.map(({ window }) => window)).toEqual(
      prepareChoice(generation)(await ranked([1, 3]), 8),
    );
    expect(asked.map(([, windows]) => windows.length)).toEqual([1, 1]);
    await readBest("種樹幾顆？", await ranked([1]));
    expect(asked).toHaveLength(3);
  });

  it("have their report, and a score of the logit that they answer and half of what the best span is above none", async () => {
    const { generation, readBest } = await prepared(8);
    const [first, last] = [3, generation.sentences.length - 1];
    const readings = await readBest("幾棵？", await ranked([last, first]));
    expect(readings.map(({ report }) => report?.id)).toEqual(["b", "a", "b"]);
    for (const { score, tokens } of readings) expect(score).toBe(tokens.ids.length + (3 - 1) / 2);
  });
});
