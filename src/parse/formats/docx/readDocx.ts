import mammoth from "mammoth";
import type { Document, LeftOut } from "../../outline.ts";
import type { ReportFile } from "../../reportFiles.ts";
import { attributeOf, parseHtml } from "../html/tree.ts";
import type { Element } from "../html/tree.ts";
import { writeTree } from "../html/writeTree.ts";
import type { Kind } from "../textWriter.ts";
import { propertiesOf, withTitlePart } from "./properties.ts";
import { damaged, repack, unpack } from "./package.ts";
import type { Package } from "./package.ts";
import { nameOfRole, prepare, wordsOf } from "./prepare.ts";

const MAX_RANK = 20;

const KINDS: readonly Kind[] = [
  ...(["title", "subtitle", "byline", "quotation", "caption", "code", "item"] as const).map(
    (kind): Kind => ({ kind }),
  ),
  ...Array.from({ length: MAX_RANK }, (_, i): Kind => ({ kind: "heading", rank: i + 1 })),
];
const KIND_OF_NAME = new Map(KINDS.map((kind) => [nameOfRole(kind), kind]));
const CONTENTS = nameOfRole({ kind: "contents" });

const STYLE_MAP = [
  ...[...KIND_OF_NAME.keys(), CONTENTS].map((name) => `p.${name} => p.${name}:fresh`),
  "p => p:fresh",
  "r => ",
];

/**
 * Reads a Word document: its text as it would be printed, with all tracked changes accepted. Nothing that it names is fetched.
 *
 * @throws {UserError} if it is locked, damaged, or becomes too large.
 */
export async function readDocx(file: Pick<ReportFile, "bytes" | "path">): Promise<Document> {
  const { parts, main } = await unpack(file);
  const folder = main.slice(0, main.lastIndexOf("/") + 1);
  const find = (name: string): string => parts.get(`${folder}${name}`) ?? "";
  const { body, leftOut } = tryPrepare(file.path, () =>
    prepare(parts.get(main) ?? "", find("styles.xml"), find("numbering.xml")),
  );
  const html = await convert(new Map([...parts, [main, body]]), file.path);
  const written = writeTree(parseHtml(html, file.path), { kindOf, whyOut });
  const { title, front } = propertiesOf(parts, written);
  const told = { title, front, parts: withTitlePart(written, title) };
  return { ...written, ...told, leftOut: [...written.leftOut, ...leftOut, ...margins(parts)] };
}

function tryPrepare<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    // What is thrown for elements too deep within one another.
    if (error instanceof RangeError) throw damaged(path, error);
    throw error;
  }
}

async function convert(parts: Package["parts"], path: string): Promise<string> {
  const buffer = await repack(parts);
  const options = {
    styleMap: STYLE_MAP,
    includeDefaultStyleMap: false,
    includeEmbeddedStyleMap: false,
    externalFileAccess: false,
    convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })),
  };
  try {
    return (await mammoth.convertToHtml({ buffer }, options)).value;
  } catch (error) {
    throw damaged(path, error);
  }
}

function kindOf(element: Element): Kind | undefined {
  return KIND_OF_NAME.get(attributeOf(element, "class") ?? "");
}

function whyOut(element: Element): string | undefined {
  return attributeOf(element, "class") === CONTENTS ? "contents" : undefined;
}

const MARGIN = /(?:^|\/)(header|footer|comments)\d*\.xml$/u;
const WHY: Readonly<Record<string, string>> = {
  header: "page header",
  footer: "page footer",
  comments: "comment",
};

/** What stands at the edges of the pages. */
function margins(parts: Package["parts"]): LeftOut[] {
  return [...parts].flatMap(([name, xml]) => {
    const why = WHY[MARGIN.exec(name)?.[1] ?? ""];
    const text = why === undefined ? "" : wordsOf(xml);
    return why === undefined || text === "" ? [] : [{ text, why }];
  });
}
