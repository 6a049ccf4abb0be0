import { describe, expect, it } from "vitest";
import { readTableFile } from "../../../src/parse/formats/cellTable.ts";

function rows(text: string, path: string): string[] {
  const { text: written, parts } = readTableFile({ bytes: new TextEncoder().encode(text), path });
  return parts.map((it) => {
    const columns = it.kind === "heading" || it.columns === undefined ? "" : " (heads)";
    return `${written.slice(it.span.start, it.span.end)}${columns}`;
  });
}

describe("readTableFile", () => {
  it("reads quoted cells, doubled quotes and line breaks in cells", () => {
    expect(
      rows('Name,Said\r\n"Lee, Ann","He said ""no""\nand left"\r\nOda,Yes\r\n', "a.csv"),
    ).toEqual(["Name\tSaid", 'Lee, Ann\tHe said "no" and left (heads)', "Oda\tYes (heads)"]);
  });

  it.each([
    ["a.tsv", "线路\t车长\n一线\t卢\n二线\t孟\n"],
    ["a.csv", "线路;车长\n一线;卢\n二线;孟\n"],
  ])("finds what stands between the cells of %s", (path, text) => {
    expect(rows(text, path)).toEqual(["线路\t车长", "一线\t卢 (heads)", "二线\t孟 (heads)"]);
  });

  it("takes a first record with numbers for no heads", () => {
    expect(rows("1999,3\n2000,4\n2001,5\n", "a.csv")).toEqual(["1999\t3", "2000\t4", "2001\t5"]);
  });
});
