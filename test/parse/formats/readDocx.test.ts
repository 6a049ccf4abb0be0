import JSZip from "jszip";
import { describe, expect, it } from "vitest";
import { readDocx } from "../../../src/parse/formats/docx/readDocx.ts";

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

function packed(body: string, others: Readonly<Record<string, string>> = {}): Promise<Uint8Array> {
  const zip = new JSZip();
  zip.file("word/document.xml", `<w:document ${W}><w:body>${body}</w:body></w:document>`);
  for (const [name, xml] of Object.entries(others)) zip.file(name, xml);
  return zip.generateAsync({ type: "uint8array" });
}

async function parts(
  body: string,
  others: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const { text, parts: all } = await readDocx({
    bytes: await packed(body, others),
    path: "a.docx",
  });
  return all.map((it) => {
    const rank = it.kind === "heading" ? String(it.rank) : "";
    return `${it.kind}${rank} ${text.slice(it.span.start, it.span.end)}`;
  });
}

function p(words: string, properties = "", ofRun = ""): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:rPr>${ofRun}</w:rPr><w:t>${words}</w:t></w:r></w:p>`;
}

const STYLES = `<w:styles ${W}>
  <w:style w:type="paragraph" w:styleId="a1"><w:name w:val="Title"/></w:style>
  <w:style w:type="paragraph" w:styleId="b1"><w:name w:val="标题 1"/></w:style>
  <w:style w:type="paragraph" w:styleId="c1"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
  <w:style w:type="paragraph" w:styleId="d1"><w:name w:val="Quote"/></w:style></w:styles>`;

describe("readDocx", () => {
  it("reads title, headings by the names of styles and by outline level, and quotations", async () => {
    const body = [
      p("Report", '<w:pStyle w:val="a1"/>'),
      p("第一部分", '<w:pStyle w:val="b1"/>'),
      p("Below", '<w:pStyle w:val="c1"/>'),
      p("Some text.", ""),
      p("Said.", '<w:pStyle w:val="d1"/>'),
    ].join("");
    expect(await parts(body, { "word/styles.xml": STYLES })).toEqual([
      "title Report",
      "heading1 第一部分",
      "heading2 Below",
      "paragraph Some text.",
      "quotation Said.",
    ]);
  });

  it("takes a short bold line of its own for a heading, a bold sentence not", async () => {
    const body = `${p("Text.")}${p("Findings", "", "<w:b/>")}${p("More text.")}${p("A bold sentence.", "", "<w:b/>")}${p("End.")}`;
    expect(await parts(body)).toEqual([
      "paragraph Text.",
      "heading10 Findings",
      "paragraph More text.",
      "paragraph A bold sentence.",
      "paragraph End.",
    ]);
  });

  it("says the numbers that lists show", async () => {
    const numbering = `<w:numbering ${W}><w:abstractNum w:abstractNumId="0">
      <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>
      <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
      </w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
    const at = (level: number): string =>
      `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`;
    const body = `${p("One", at(0))}${p("Sub", at(1))}${p("Sub", at(1))}${p("Two", at(0))}${p("Sub", at(1))}`;
    expect(await parts(body, { "word/numbering.xml": numbering })).toEqual([
      "item 第一条 One",
      "item (a) Sub",
      "item (b) Sub",
      "item 第二条 Two",
      "item (a) Sub",
    ]);
  });

  it("accepts tracked changes, keeps notes, leaves out hidden words", async () => {
    const body = `<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText> gone</w:delText></w:r></w:del><w:ins><w:r><w:t> added</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> secret</w:t></w:r></w:p>`;
    const footnotes = `<w:footnotes ${W}><w:footnote w:id="2">${p("A note.")}</w:footnote></w:footnotes>`;
    expect(await parts(body, { "word/footnotes.xml": footnotes })).toEqual([
      "paragraph Kept added[1]",
      "note 1. A note.",
    ]);
  });

  it("reads tables, text boxes and fields", async () => {
    const row = (...cells: string[]): string =>
      `<w:tr>${cells.map((it) => `<w:tc>${p(it)}</w:tc>`).join("")}</w:tr>`;
    const body = `<w:p><w:fldSimple w:instr="X"><w:r><w:t>Field</w:t></w:r></w:fldSimple><w:r><w:drawing><w:txbxContent>${p("Boxed")}</w:txbxContent></w:drawing></w:r></w:p>
      <w:tbl>${row("Year", "Sum")}${row("1999", "3")}</w:tbl>`;
    expect(await parts(body)).toEqual([
      "paragraph Field",
      "paragraph Boxed",
      "row Year\tSum",
      "row 1999\t3",
    ]);
  });

  it.each([
    ["encrypted", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /password/u],
    ["cut off", new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), /damaged/u],
  ])("refuses a file that is %s in one sentence", async (_, bytes, said) => {
    await expect(readDocx({ bytes, path: "a.docx" })).rejects.toThrow(said);
  });

  it("refuses a body that nests without end in one sentence", async () => {
    const bytes = await packed("<w:tbl>".repeat(100_000));
    await expect(readDocx({ bytes, path: "a.docx" })).rejects.toThrow(
      /^The report a\.docx is damaged/u,
    );
  });
});
