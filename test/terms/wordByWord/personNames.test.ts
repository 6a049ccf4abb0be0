import { describe, expect, it } from "vitest";
import {
  countNames,
  decodeNames,
  encodeNames,
  personNames,
  readPersonNames,
} from "../../../src/terms/wordByWord/personNames.ts";

const SURNAMES = new Set(["张", "欧", "欧阳"]);
const NAMES = [
  "张涛",
  "张明涛",
  "张涛涛",
  "欧阳明",
  "欧阳明明",
  "欧阳涛",
  "王明",
  "张",
  "张明明明",
];

describe("names of people", () => {
  it("come back from their file, without what was counted less than three times", () => {
    const counts = countNames(NAMES, SURNAMES);
    expect([...counts.surnames]).toEqual([
      ["张", 3],
      ["欧阳", 3],
    ]);
    expect([...counts.given]).toEqual([
      ["涛", 5],
      ["明", 4],
    ]);
    const again = decodeNames(encodeNames(counts));
    expect([...again.surnames, ...again.given]).toEqual([...counts.surnames, ...counts.given]);
    expect(encodeNames(countNames(["张涛"], SURNAMES))).toBe("\n");
  });

  it("cost the less the commoner their characters are, and nothing else is a name", () => {
    const people = personNames(countNames(NAMES, SURNAMES));
    const [common = NaN, rare = NaN, long = NaN] = ["张涛", "张明", "张明涛"].map(people.costOf);
    expect(common).toBeCloseTo(Math.log(6 / 3) + Math.log(9 / 5));
    expect(rare).toBeGreaterThan(common);
    expect(long).toBeGreaterThan(rare);
    for (const none of ["张", "张王", "王明", "欧阳", "张明明明", ""]) {
      expect(people.costOf(none)).toBeUndefined();
    }
    expect(people.surnameOf("欧阳明")).toBe("欧阳");
  });

  it("are known from tens of thousands", async () => {
    const { costOf } = await readPersonNames();
    expect(costOf("张涛")).toBeLessThan(costOf("聂滨") ?? 0);
    expect(costOf("的的")).toBeUndefined();
  });
});
