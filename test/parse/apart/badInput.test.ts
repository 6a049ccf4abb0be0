import { createServer } from "node:http";
import { once } from "node:events";
import path from "node:path";
import JSZip from "jszip";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseReports } from "../../../src/parse/apart/parseFiles.ts";
import { readReportFiles } from "../../../src/parse/reportFiles.ts";
import { folderWith } from "../../support/folders.ts";
import { linesAt, writePdf } from "../../support/pdfWriter.ts";

const GOOD = "# Report\n\nOtters live along the brook.\n";

/** Reads a folder of the files and a good one, which comes last and must be read: what the others came to. */
async function read(files: Record<string, string | Uint8Array>) {
  const folder = await readReportFiles(await folderWith({ ...files, "z.md": GOOD }));
  const { reports, refused } = await parseReports(folder.files);
  expect(reports.at(-1)).toMatchObject({ id: "z", title: "Report" });
  return {
    texts: Object.fromEntries(reports.slice(0, -1).map(({ id, text }) => [id, text])),
    why: Object.fromEntries(refused.map(({ file, why }) => [path.basename(file), why])),
  };
}

const NAMESPACES = [
  ["w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"],
  ["r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"],
  ["a", "http://schemas.openxmlformats.org/drawingml/2006/main"],
  ["v", "urn:schemas-microsoft-com:vml"],
]
  .map(([prefix = "", uri = ""]) => `xmlns:${prefix}="${uri}"`)
  .join(" ");

function packed(parts: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array> {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(parts)) zip.file(name, content);
  return zip.generateAsync({
    type: "uint8array",
    compression: "DEFLATE",
    compressionOptions: { level: 1 },
  });
}

function documentXml(body: string, doctype = ""): string {
  return `<?xml version="1.0"?>${doctype}<w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>`;
}

function relationships(of: readonly (readonly [id: string, kind: string, target: string])[]) {
  const rows = of.map(
    ([id, kind, target]) =>
      `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${target}" TargetMode="External"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows.join("")}</Relationships>`;
}

/** A server that must not be asked: its address, and what it was asked for. */
async function countingServer(): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ url = "" }, response) => {
    asked.push(url);
    response.end("fetched");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

describe("a file that is made to do harm", () => {
  it("is refused where it is a bomb that unpacks to more than memory should hold", async () => {
    const bomb = await packed({ "word/document.xml": Buffer.alloc(101 * 1024 * 1024, " ") });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect((await read({ "a.docx": bomb })).why["a.docx"]).toMatch(
      /^The report \S*a\.docx becomes more than 100 MB when it is unpacked: [^.]*\.$/u,
    );
  });

  it("has nothing fetched for it: entities, templates and pictures of a Word document", async () => {
    const { url, asked } = await countingServer();
    const doctype = `<!DOCTYPE d SYSTEM "${url}/dtd" [<!ENTITY e SYSTEM "${url}/entity"><!ENTITY f SYSTEM "file:///etc/hostname">]>`;
    const entities = documentXml("<w:p><w:r><w:t>Seen &e;&f; here.</w:t></w:r></w:p>", doctype);
    const pictures =
      '<w:p><w:r><w:t>Otters live here.</w:t></w:r><w:r><w:drawing><a:blip r:link="r1"/></w:drawing></w:r>' +
      '<w:r><w:pict><v:shape><v:imagedata r:id="r1"/></v:shape></w:pict></w:r></w:p>';
    const { texts, why } = await read({
      "a.docx": await packed({ "word/document.xml": entities }),
      "b.docx": await packed({
        "word/document.xml": documentXml(pictures),
        "word/_rels/document.xml.rels": relationships([["r1", "image", `${url}/image`]]),
        "word/settings.xml": `<w:settings ${NAMESPACES}><w:attachedTemplate r:id="r2"/></w:settings>`,
        "word/_rels/settings.xml.rels": relationships([["r2", "attachedTemplate", `${url}/dotm`]]),
      }),
    });
    expect(texts["b"]?.trim()).toBe("Otters live here.");
    expect(texts["a"]).toBeUndefined();
    expect(why["a.docx"]).toMatch(/^The report \S*a\.docx .*\.$/u);
    expect(asked).toEqual([]);
  });

  it("has no alias of its front matter followed", async () => {
    const lines = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
    const front = ["---", "a0: &a0 [x]", ...lines, "title: *a30", "---"].join("\n");
    const { texts, why } = await read({ "a.md": `${front}\n\nOtters live here.\n` });
    expect(why).toEqual({});
    expect(texts["a"]).toContain("Otters live here.");
  });

  it("is refused where its tags are nested 100,000 deep", async () => {
    const html = `${"<div>".repeat(100_000)}Otters live here.${"</div>".repeat(100_000)}`;
    expect((await read({ "a.html": html })).why["a.html"]).toMatch(
      /^The report \S*a\.html has more than 1,000 HTML elements within one another: [^.]*\.$/u,
    );
  });

  it("is read where it is one line of 5 MB", async () => {
    const line = "x".repeat(5_000_000);
    const { texts, why } = await read({ "a.txt": line });
    expect(why).toEqual({});
    expect(texts["a"]?.trim() === line).toBe(true);
  });

  it("is refused where it is a PDF of pictures, with its pages", async () => {
    const pages = Array.from({ length: 3 }, () => [{ picture: true as const }]);
    const words = linesAt(["Otters live here."], { x: 40, y: 500 });
    const { texts, why } = await read({
      "a.pdf": writePdf(pages),
      "b.pdf": writePdf([[{ picture: true }], words]),
    });
    expect(why["a.pdf"]).toMatch(
      /^The report \S*a\.pdf has no text on any of its pages 1 to 3; it may be a scan: [^.]*\.$/u,
    );
    expect(texts["b"]).toContain("Otters live here.");
  });
});
