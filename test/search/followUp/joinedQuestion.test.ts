import { describe, expect, it } from "vitest";
import {
  joinQuestions,
  readTogether,
  weighEarlier,
} from "../../../src/search/followUp/joinedQuestion.ts";

/** An encoding with a token for each character of a text. */
function encodingOf(text: string) {
  const count = text.length;
  return {
    vector: new Float32Array(0),
    tokens: new Float32Array(0),
    weights: new Float32Array(count).fill(2),
    spans: Int32Array.from(Array.from({ length: count }, (_, i) => [i, i + 1]).flat()),
  };
}

describe("two questions as one", () => {
  it("stand behind each other, the earlier one cut between characters where it is long", () => {
    expect(joinQuestions("種樹多少棵？", "去年呢")).toBe("種樹多少棵？ 去年呢");
    const joined = joinQuestions(`${"字".repeat(119)}😀${"字".repeat(900)}`, "去年呢");
    expect(joined).toBe(`${"字".repeat(119)} 去年呢`);
  });

  it("count the tokens of the earlier one half", () => {
    const { weights } = weighEarlier(encodingOf("abc de"), 4);
    expect(Array.from(weights)).toEqual([1, 1, 1, 1, 2, 2]);
    const alone = encodingOf("abc de");
    expect(weighEarlier(alone, 0)).toBe(alone);
  });

  it("are read whole where the reader has room, else as much of the earlier one as it has", () => {
    const short = "12345 own";
    expect(readTogether(short, 6, encodingOf(short))).toBe(short);
    const long = `${"e".repeat(37)} own words`;
    const read = readTogether(long, 38, encodingOf(long));
    expect(read).toBe(`${"e".repeat(31)} own words`);
    const full = `earlier ${"o".repeat(60)}`;
    expect(readTogether(full, 8, encodingOf(full))).toBe("o".repeat(60));
    expect(readTogether("o".repeat(60), 0, encodingOf("o".repeat(60)))).toBe("o".repeat(60));
  });
});
