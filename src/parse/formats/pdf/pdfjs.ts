/** The home of pdfjs-dist: what stands on the pages of a PDF file, and where. */
import { createRequire } from "node:module";
import path from "node:path";
import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist";
import { UserError } from "../../../errors.ts";
import type { ReportFile } from "../../reportFiles.ts";
import { rulesOf } from "./rules.ts";
import type { Box } from "./rules.ts";

/** A stretch of text of one font, in points from the upper left corner of its page as a viewer shows it. */
export interface PdfItem {
  readonly text: string;
  /** Where its base line begins. */
  readonly x: number;
  readonly y: number;
  /** Which way its base line goes: a vector of length 1. */
  readonly direction: readonly [x: number, y: number];
  /** The length of its base line. */
  readonly length: number;
  readonly size: number;
  readonly font: string;
  /** Whether the file marks it as no part of the text, as heads and feet of pages. */
  readonly isArtifact: boolean;
}

/** A page as it was printed. */
export interface PdfPage {
  /** Counted from 1. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly items: readonly PdfItem[];
  /** Thin lines, as between the rows of a table. */
  readonly rules: readonly Box[];
}

/** A bookmark. */
export interface Bookmark {
  readonly title: string;
  /** 1 is the highest. */
  readonly level: number;
  readonly page: number | undefined;
}

/** What a PDF file holds. */
export interface PdfFile {
  readonly pages: readonly PdfPage[];
  /** What is printed on each page as its number, where the file says so. */
  readonly labels: readonly string[] | undefined;
  readonly bookmarks: readonly Bookmark[];
  /** By a font's name in {@link PdfItem.font}: its name in the file, such as `ABCDEF+Times-Bold`. */
  readonly fonts: ReadonlyMap<string, string>;
  readonly title: string | undefined;
  readonly author: string | undefined;
  /** Pages whose content cannot be read. */
  readonly damaged: readonly number[];
}

/** The library asks for these of a browser when it is loaded, and uses them only to draw. */
const BROWSER = {
  DOMMatrix: class {},
  ImageData: class {},
  Path2D: class {},
};

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

type Library = typeof import("pdfjs-dist/legacy/build/pdf.mjs");

/**
 * Reads all pages of a PDF file.
 *
 * @throws {UserError} if it is encrypted or damaged.
 */
export async function loadPdf({ path: name, bytes }: ReportFile): Promise<PdfFile> {
  for (const [name, it] of Object.entries(BROWSER)) {
    if (!(name in globalThis)) Object.assign(globalThis, { [name]: it });
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

async function readFile(document: PDFDocumentProxy, library: Library): Promise<PdfFile> {
  const pages: PdfPage[] = [];
  const damaged: number[] = [];
  const fonts = new Map<string, string>();
  for (let number = 1; number <= document.numPages; number++) {
    try {
      const page = await document.getPage(number);
      pages.push(await readPage(page, library, fonts));
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
    damaged,
    fonts,
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

/** Characters that a font lacks come as U+0000. */
function cleaned(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\uFFFD]/gu, "");
}

async function readPage(
  page: PDFPageProxy,
  { OPS, Util }: Library,
  fonts: Map<string, string>,
): Promise<PdfPage> {
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const content = await page.getTextContent({ includeMarkedContent: true });
  const { fnArray, argsArray } = await page.getOperatorList();
  for (const name of Object.keys(content.styles)) {
    if (!page.commonObjs.has(name)) continue;
    const font: unknown = page.commonObjs.get(name);
    if (typeof font !== "object" || font === null || !("name" in font)) continue;
    if (typeof font.name === "string") fonts.set(name, font.name);
  }
  const items: PdfItem[] = [];
  const marks: boolean[] = [];
  for (const it of content.items) {
    if (!("str" in it)) {
      if (it.type === "endMarkedContent") marks.pop();
      else marks.push("tag" in it && it.tag === "Artifact");
      continue;
    }
    const text = cleaned(it.str);
    if (text.trim() === "") continue;
    const matrix = Util.transform(transform, it.transform);
    const isVertical = content.styles[it.fontName]?.vertical === true;
    items.push({
      ...placed(matrix, isVertical ? it.height : it.width, isVertical),
      text,
      font: it.fontName,
      isArtifact: marks.includes(true),
    });
  }
  return {
    number: page.pageNumber,
    width,
    height,
    items,
    rules: rulesOf(fnArray, argsArray, { OPS, transform }),
  };
}

function placed(
  matrix: number[],
  length: number,
  isVertical: boolean,
): Pick<PdfItem, "x" | "y" | "direction" | "length" | "size"> {
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = matrix;
  const size = Math.hypot(c, d);
  const along = Math.hypot(a, b) || 1;
  const direction: readonly [number, number] = isVertical
    ? [-c / (size || 1), -d / (size || 1)]
    : [a / along, b / along];
  return { x, y, direction, length, size };
}

/** More bookmarks than these are no table of contents. */
const MAX_BOOKMARKS = 2_000;

async function readBookmarks(document: PDFDocumentProxy): Promise<Bookmark[]> {
  const bookmarks: Bookmark[] = [];
  type Nodes = Awaited<ReturnType<PDFDocumentProxy["getOutline"]>>;
  const read = async (nodes: Nodes, level: number): Promise<void> => {
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
  document: PDFDocumentProxy,
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
