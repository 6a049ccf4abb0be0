import { describe, expect, it } from "vitest";
import { prepareLookup } from "../../src/ask/lookup.ts";
import type { Excerpt } from "../../src/ask/excerpt.ts";
import type { Lookup } from "../../src/ask/lookup.ts";
import { smallIndex } from "../support/small.ts";

const REPORT =
  "# Report\n\n## Roads\n\nThe road is open. It cost 3 million.\n\nThe bridge is not.\n\n## Parks\n\nThere are three parks.\n";

async function lookup(): Promise<Lookup> {
  const files = { "a.md": REPORT, "b.md": "# Other\n\nAnother text.\n" };
  return prepareLookup((await smallIndex(files)).generation);
}

/** The excerpts of the section with this heading, the heading first. */
function sectionNamed({ headings, section }: Lookup, name: string): Promise<readonly Excerpt[]> {
  return section(headings.find(({ path }) => path.at(-1) === name)?.passage ?? "");
}

const textsOf = (excerpts: readonly Excerpt[] = []): string[] => excerpts.map(({ text }) => text);

describe("a lookup", () => {
  it("gives all headings with the way to them, in order", async () => {
    const { headings } = await lookup();
    expect(headings.map(({ path }) => path.join(" > "))).toEqual(
      expect.arrayContaining(["Roads", "Parks"]),
    );
  });

  it("gives a heading's section, from the heading to the next one", async () => {
    const found = await lookup();
    expect(textsOf(await sectionNamed(found, "Roads"))).toEqual([
      "Roads",
      "The road is open. It cost 3 million.",
      "The bridge is not.",
    ]);
    expect(await found.section("aaaaaaaa")).toEqual([]);
  });

  it("gives a Chinese passage word by word, and says which ones are", async () => {
    const files = { "a.md": "# 年報\n\nGDP增長6.1%。\n\nThe road is open.\n" };
    const { generation } = await smallIndex(files);
    const { passages, words } = prepareLookup(generation);
    const excerpts = await passages(generation.passages.map(({ id }) => id));
    expect(excerpts.map(({ text, hasWords }) => [text, hasWords])).toEqual([
      ["年報", true],
      ["GDP增長6.1%。", true],
      ["The road is open.", undefined],
    ]);
    const [, chinese, english] = excerpts.map(({ passage }) => passage);
    const pieces = await words(chinese ?? "");
    expect(pieces?.map(({ text, pinyin }) => [text, pinyin])).toEqual([
      ["GDP", undefined],
      ["增長", "zēngzhǎng"],
      ["6.1%。", undefined],
    ]);
    expect(await words(english ?? "")).toBeUndefined();
    expect(await words("aaaaaaaa")).toBeUndefined();
  });

  it("gives a passage by its id, and the paragraph around it with its neighbours", async () => {
    const found = await lookup();
    const [, open] = await sectionNamed(found, "Roads");
    if (open === undefined) throw new Error("the section is empty");
    const [sentence] = await found.passages([open.passage]);
    expect(sentence?.text).toBe("The road is open.");
    const around = await found.paragraphOf(open.passage);
    expect(around?.excerpt).toEqual({ ...open, highlight: [0, "The road is open.".length] });
    expect(around?.excerpt.sentences).toEqual([1, 2]);
    const next = await found.paragraph(0, around?.next ?? -1);
    expect(next?.excerpt.text).toBe("The bridge is not.");
    expect(next?.excerpt.highlight).toEqual([0, 0]);
    expect(next?.previous).toBe(open.paragraph);
  });

  it("cites what is named: a section by words of its heading, whatever their width, case and script, or a passage by its id", async () => {
    const files = {
      "a.txt": "年報\n\n一、GIS測繪室\n普查管線二百一十公里。\n二、園林綠化\n育出樹苗八萬株。\n",
    };
    const found = prepareLookup((await smallIndex(files)).generation);
    const gis = ["一、GIS測繪室", "普查管線二百一十公里。"];
    for (const words of ["ＧＩＳ", "gis 测绘", "G\u200BIS"]) {
      expect(textsOf(await found.cite(words))).toEqual(gis);
    }
    const [, trees] = await found.cite("园林绿化");
    expect(textsOf(await found.cite(` ${trees?.passage ?? ""}`))).toEqual(["育出樹苗八萬株。"]);
    for (const words of ["", "\u3000", "\u200B", "航空"]) {
      expect(await found.cite(words)).toEqual([]);
    }
    expect(found.headingsWith("\u3000")).toEqual(found.headings);
  });

  it("knows an id however it is typed, and takes a word of eight letters for a word", async () => {
    const files = { "a.md": "# Report\n\n## Abstract\n\nIt is open.\n\n## Programs\n\nNone.\n" };
    const found = prepareLookup((await smallIndex(files)).generation);
    const [, open] = await sectionNamed(found, "Abstract");
    const id = open?.passage ?? "";
    const wide = id.replace(/./gu, (it) => String.fromCharCode(it.charCodeAt(0) + 0xfee0));
    for (const typed of [id, ` ${id}\u3000`, id.toUpperCase(), wide, `\u200B${id}`]) {
      expect(found.named(typed)).toBe(id);
    }
    expect(textsOf(await found.cite("abstract"))).toEqual(["Abstract", "It is open."]);
    expect(textsOf(await found.cite("ｐｒｏｇｒａｍｓ"))).toEqual(["Programs", "None."]);
    expect(await found.cite("nowheres")).toEqual([]);
  });

  it("tells passages of the same words apart", async () => {
    const files = { "a.txt": "通報\n\n一、車間\n沒有發生事故。\n二、食堂\n沒有發生事故。\n" };
    const found = prepareLookup((await smallIndex(files)).generation);
    for (const name of ["一、車間", "二、食堂"]) {
      const [, said] = await sectionNamed(found, name);
      const around = await found.paragraphOf(said?.passage ?? "");
      expect(around?.excerpt.section).toEqual([name]);
    }
  });

  it("has no neighbours beyond a report's ends, and nothing where there is no paragraph", async () => {
    const found = await lookup();
    const last = (await sectionNamed(found, "Parks")).at(-1);
    expect((await found.paragraphOf(last?.passage ?? ""))?.next).toBeUndefined();
    for (const number of [0, -1, 0.5, 1e9]) {
      expect(await found.paragraph(0, number)).toBeUndefined();
    }
    expect(await found.paragraph(7, 1)).toBeUndefined();
    expect(await found.passages(["aaaaaaaa"])).toEqual([]);
    expect(await found.paragraphOf("aaaaaaaa")).toBeUndefined();
  });
});
