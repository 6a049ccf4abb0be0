/** The home of pdfjs-dist: what stands on the pages of a PDF file, and where. */
import { createRequire } from "node:module";
import path from "node:path";
import type * as Library from "pdfjs-dist/legacy/build/pdf.mjs";
import { UserError } from "../../../errors.ts";
import type { ReportFile } from "../../reportFiles.ts";
import { drawingOf } from "./drawing.ts";
import type { Bookmark, PdfFile, PdfItem, PdfPage } from "./source.ts";

/** The library asks for these of a browser when it is loaded, and uses them only to draw. */
const BROWSER = ["DOMMatrix", "ImageData", "Path2D"];

const ROOT = path.dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));

const SETTINGS = {
  // Without them the text of fonts that are not embedded, as often in Chinese, is lost without a word.
  cMapUrl: path.join(ROOT, "cmaps/"),
  cMapPacked: true,
  standardFontDataUrl: path.join(ROOT, "standard_fonts/"),
  isEvalSupported: false,
  useSystemFonts: false,
  disableFontFace: true,
  // No image is decoded.
  maxImageSize: 1,
  verbosity: 0,
} as const;

/**
 * Reads all pages of a PDF file.
 *
 * @throws {UserError} if it is encrypted or damaged.
 */
export async function loadPdf({ path: name, bytes }: ReportFile): Promise<PdfFile> {
  for (const it of BROWSER) {
    if (!(it in globalThis)) Object.assign(globalThis, { [it]: Object });
  }
  const library = await import("pdfjs-dist/legacy/build/pdf.mjs");
  // The library takes what it is given for its own.
  const task = library.getDocument({ ...SETTINGS, data: new Uint8Array(bytes) });
  try {
    return await readFile(await task.promise, library);
  } catch (error) {
    throw refusal(name, error);
  } finally {
    await task.destroy();
  }
}

function refusal(name: string, cause: unknown): UserError {
  const isLocked = cause instanceof Error && cause.name === "PasswordException";
  return new UserError(
    isLocked
      ? `The report ${name} is encrypted: save it without a password.`
      : `The report ${name} is damaged, or is no PDF: save it anew.`,
    { cause },
  );
}

type File = Library.PDFDocumentProxy;

async function readFile(document: File, library: typeof Library): Promise<PdfFile> {
  const pages: PdfPage[] = [];
  const damaged: number[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    try {
      const page = await document.getPage(number);
      pages.push(await readPage(page, library));
      page.cleanup();
    } catch {
      damaged.push(number);
    }
  }
  if (pages.length === 0) throw new Error("No page can be read.");
  const { info } = await document.getMetadata();
  const labels = await document.getPageLabels().catch(() => null);
  return {
    pages,
    count: document.numPages,
    damaged,
    labels: labels ?? undefined,
    bookmarks: await readBookmarks(document),
    title: stringOf(info, "Title"),
    author: stringOf(info, "Author"),
  };
}

function stringOf(info: object, key: string): string | undefined {
  const value: unknown = Object.entries(info).find(([name]) => name === key)?.[1];
  const text = typeof value === "string" ? cleaned(value).trim() : "";
  return text === "" ? undefined : text;
}

/** Characters that stand for the looks of others: ligatures, Arabic letters by their place in a word, parts of Han characters. */
const LOOKS = /[\uFB00-\uFB4F\uFB50-\uFDFF\uFE70-\uFEFC\u2E80-\u2FDF]/gu;

/** Without characters that are none: those that a font lacks come as U+0000. */
function cleaned(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\uFFFD\uFEFF]/gu, "")
    .replace(LOOKS, (it) => it.normalize("NFKC"));
}

type ShownPage = Library.PDFPageProxy;
type Text = Awaited<ReturnType<ShownPage["getTextContent"]>>;

async function readPage(page: ShownPage, { OPS, Util }: typeof Library): Promise<PdfPage> {
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const matrix = numbersOf(transform);
  const text = await page.getTextContent({ includeMarkedContent: true });
  // It loads the fonts too, which alone know their names.
  const { fnArray, argsArray } = await page.getOperatorList();
  const drawing = drawingOf({ operators: fnArray, given: argsArray }, OPS, matrix);
  const place = (it: readonly number[]): number[] => numbersOf(Util.transform(matrix, [...it]));
  return { number: page.pageNumber, width, height, drawing, items: itemsOf(page, text, place) };
}

function numbersOf(given: unknown): number[] {
  return Array.isArray(given) ? given.filter((it) => typeof it === "number") : [];
}

function itemsOf(
  page: ShownPage,
  { items, styles }: Text,
  place: (matrix: readonly number[]) => number[],
): PdfItem[] {
  const found: PdfItem[] = [];
  const marks: boolean[] = [];
  for (const it of items) {
    if (!("str" in it)) {
      if (it.type === "endMarkedContent") marks.pop();
      else marks.push("tag" in it && it.tag === "Artifact");
      continue;
    }
    const text = cleaned(it.str);
    if (text.trim() === "") continue;
    const isVertical = styles[it.fontName]?.vertical === true;
    const line = lineOf(place(numbersOf(it.transform)), isVertical);
    const length = isVertical ? it.height : it.width;
    const font = fontName(page, it.fontName);
    found.push({ ...line, length, text, font, isArtifact: marks.includes(true) });
  }
  return found;
}

/** What a font is called in the file, without the six letters before the name of one that is there in part. */
function fontName({ commonObjs }: ShownPage, key: string): string {
  const font: unknown = commonObjs.has(key) ? commonObjs.get(key) : undefined;
  const name = typeof font === "object" && font !== null && "name" in font ? font.name : undefined;
  return typeof name === "string" ? name.replace(/^[A-Z]{6}\+/u, "") : key;
}

/** Where a base line begins and which way it goes. */
function lineOf(
  [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0]: readonly number[],
  isVertical: boolean,
): Pick<PdfItem, "x" | "y" | "direction" | "size"> {
  const size = Math.hypot(c, d);
  const along = Math.hypot(a, b) || 1;
  return { x, y, size, direction: isVertical ? [c / -size, d / -size] : [a / along, b / along] };
}

/** More bookmarks than these are no table of contents. */
const MAX_BOOKMARKS = 2_000;

type Node = Awaited<ReturnType<File["getOutline"]>>[number];

async function readBookmarks(document: File): Promise<Bookmark[]> {
  const bookmarks: Bookmark[] = [];
  const read = async (nodes: readonly Node[], level: number): Promise<void> => {
    for (const { title, dest, items } of nodes) {
      if (bookmarks.length >= MAX_BOOKMARKS) return;
      bookmarks.push({ title: cleaned(title), level, page: await pageOfTarget(document, dest) });
      await read(items, level + 1);
    }
  };
  await read((await document.getOutline().catch(() => null)) ?? [], 1);
  return bookmarks;
}

async function pageOfTarget(
  document: File,
  target: string | unknown[] | null,
): Promise<number | undefined> {
  try {
    const place: unknown[] | null =
      typeof target === "string" ? await document.getDestination(target) : target;
    const [page] = place ?? [];
    if (typeof page === "number") return page + 1;
    if (!isReference(page)) return undefined;
    return (await document.getPageIndex(page)) + 1;
  } catch {
    return undefined;
  }
}

function isReference(it: unknown): it is { num: number; gen: number } {
  return (
    typeof it === "object" &&
    it !== null &&
    "num" in it &&
    "gen" in it &&
    typeof it.num === "number" &&
    typeof it.gen === "number"
  );
}
