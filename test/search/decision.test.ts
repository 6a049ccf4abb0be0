import { describe, expect, it } from "vitest";
import { decide } from "../../src/search/decision.ts";

describe("decide", () => {
  it.each([
    [0.7, true, "found"],
    [0.4, true, "maybe"],
    [0.4, false, "found"],
    [0.28, true, "none"],
    [0.28, false, "maybe"],
    [0.2, false, "none"],
  ])(
    "says of a best score of %d, asked in the reports' language: %s, that it is %s",
    (score, isNative, state) => {
      expect(decide([{ score }, { score: 0.9 }], isNative)).toBe(state);
    },
  );

  it("finds nothing among no passages", () => {
    expect(decide([], true)).toBe("none");
  });
});
