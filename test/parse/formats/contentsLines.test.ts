import { describe, expect, it } from "vitest";
import { findContents } from "../../../src/parse/formats/contentsLines.ts";
import { readLines } from "../../../src/parse/formats/textLines.ts";

describe("findContents", () => {
  it("reads each line a few times at most, however many heads of tables there are", () => {
    let reads = 0;
    const lines = readLines("目錄\n".repeat(2_000)).map((line) => ({
      ...line,
      get text() {
        reads++;
        return line.text;
      },
    }));
    expect(findContents(lines).size).toBeGreaterThan(1_990);
    expect(reads).toBeLessThan(20 * lines.length);
  });
});
