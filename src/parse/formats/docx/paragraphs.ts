/** The paragraphs of a body, with all that their look says of them. */
import type { Span } from "../../../report.ts";
import { readLook } from "./styles.ts";
import type { Look, Styles } from "./styles.ts";
import { attributeIn, unescapeXml } from "./xml.ts";
import type { Tag } from "./xml.ts";

/** A stretch of words of one look. */
interface Run {
  readonly start: number;
  end: number;
  style: string | undefined;
  readonly own: Look;
  color: string | undefined;
  isShaded: boolean;
  text: string;
}

/** A table, once all of it was seen. */
interface Table {
  cells: number;
}

/** A paragraph as it stands in the body's XML. */
export interface Paragraph {
  readonly tag: Tag;
  /** Of its properties, tags included. */
  properties: Span | undefined;
  style: string | undefined;
  readonly own: Look;
  /** Whether its end is deleted: then its words belong to the next one. */
  isDeleted: boolean;
  /** Whether it has a tab stop with dots before it, as lines of contents do. */
  hasLeader: boolean;
  /** Whether something dark may lie behind it. */
  isShaded: boolean;
  readonly isBoxed: boolean;
  readonly table: Table | undefined;
  readonly runs: Run[];
}

/** What is open while the tags go by. */
interface Reading {
  readonly done: Paragraph[];
  readonly open: Paragraph[];
  readonly tables: Table[];
  readonly runs: Run[];
  /** Names of the property elements that are open. */
  readonly properties: Tag[];
  /** How many stretches are open that are deleted, or shown elsewhere. */
  gone: number;
  boxes: number;
}

/** What holds an older state of properties, or words that are gone. */
const CHANGES = new Set(["pPrChange", "rPrChange", "numberingChange", "sectPr"]);
const GONE = new Set(["del", "moveFrom"]);

/** Reads the paragraphs of a body in the order in which they begin. */
export function readParagraphs(xml: string, tags: readonly Tag[]): Paragraph[] {
  const reading: Reading = {
    done: [],
    open: [],
    tables: [],
    runs: [],
    properties: [],
    gone: 0,
    boxes: 0,
  };
  let changes = 0;
  tags.forEach((tag, i) => {
    if (CHANGES.has(tag.name)) changes += tag.kind === "open" ? 1 : tag.kind === "close" ? -1 : 0;
    else if (changes <= 0)
      READERS[tag.name]?.(reading, tag, xml.slice(tag.end, tags[i + 1]?.start));
    if (changes <= 0) readProperty(reading, tag);
  });
  return reading.done;
}

type Reader = (reading: Reading, tag: Tag, text: string) => void;

const READERS: Readonly<Record<string, Reader>> = {
  p: (reading, tag) => {
    if (tag.kind === "close") reading.open.pop();
    if (tag.kind !== "open") return;
    const paragraph: Paragraph = {
      ...{
        tag,
        properties: undefined,
        style: undefined,
        own: {},
        isDeleted: false,
        hasLeader: false,
      },
      ...{
        isShaded: reading.boxes > 0,
        isBoxed: reading.boxes > 0,
        table: reading.tables.at(-1),
        runs: [],
      },
    };
    reading.done.push(paragraph);
    reading.open.push(paragraph);
  },
  tbl: ({ tables }, { kind }) => {
    if (kind === "open") tables.push({ cells: 0 });
    if (kind === "close") tables.pop();
  },
  tc: ({ tables }, { kind }) => {
    const table = tables.at(-1);
    if (table && kind === "open") table.cells++;
  },
  txbxContent: (reading, { kind }) => {
    if (kind !== "empty") reading.boxes += kind === "open" ? 1 : -1;
  },
  pPr: (reading, tag) => {
    openProperties(reading, tag);
    const paragraph = reading.open.at(-1);
    if (paragraph)
      paragraph.properties = { start: paragraph.properties?.start ?? tag.start, end: tag.end };
  },
  rPr: (reading, tag) => {
    openProperties(reading, tag);
  },
  r: (reading, tag) => {
    if (tag.kind === "close") {
      const run = reading.runs.pop();
      if (run) run.end = tag.end;
    }
    const paragraph = reading.open.at(-1);
    if (tag.kind !== "open" || paragraph === undefined) return;
    const run: Run = {
      start: tag.start,
      end: tag.end,
      style: undefined,
      own: {},
      color: undefined,
      isShaded: false,
      text: "",
    };
    paragraph.runs.push(run);
    reading.runs.push(run);
  },
  t: (reading, tag, text) => {
    const run = reading.runs.at(-1);
    if (run && tag.kind === "open" && reading.gone === 0) run.text += unescapeXml(text);
  },
  br: (reading) => {
    const run = reading.runs.at(-1);
    if (run) run.text += "\n";
  },
};

function openProperties({ properties }: Reading, tag: Tag): void {
  if (tag.kind === "open") properties.push(tag);
  if (tag.kind === "close") properties.pop();
}

/** Reads what a tag says of the paragraph or the run whose properties it stands in. */
function readProperty(reading: Reading, tag: Tag): void {
  const { properties, runs } = reading;
  const [outer, inner] = [properties[0]?.name, properties.at(-1)?.name];
  const [paragraph, run] = [reading.open.at(-1), runs.at(-1)];
  if (outer === undefined) readContent(reading, tag);
  else if (outer === "pPr" && paragraph) readOfParagraph(paragraph, tag, inner !== "pPr");
  else if (outer === "rPr" && run) readOfRun(run, tag);
}

function readContent(reading: Reading, { name, kind }: Tag): void {
  if (GONE.has(name) && kind !== "empty") reading.gone += kind === "open" ? 1 : -1;
  const run = reading.runs.at(-1);
  if (name === "tab" && run) run.text += "\t";
}

/** What is said of a paragraph's mark is not said of its words. */
function readOfParagraph(paragraph: Paragraph, tag: Tag, isOfMark: boolean): void {
  if (isOfMark) {
    paragraph.isDeleted ||= tag.name === "del";
    return;
  }
  if (tag.name === "pStyle") paragraph.style = attributeIn(tag, "val");
  else if (tag.name === "tab")
    paragraph.hasLeader ||= /^(?:dot|hyphen|underscore|middleDot|heavy)$/u.test(
      attributeIn(tag, "leader") ?? "",
    );
  else if (tag.name === "shd") paragraph.isShaded = true;
  else readLook(paragraph.own, tag);
}

function readOfRun(run: Run, tag: Tag): void {
  if (tag.name === "rStyle") run.style = attributeIn(tag, "val");
  else if (tag.name === "color") run.color = attributeIn(tag, "val");
  else if (tag.name === "shd" || tag.name === "highlight") run.isShaded = true;
  else readLook(run.own, tag);
}

/** The look of a run, with that of its style and its paragraph's. */
export function lookOfRun(run: Run, paragraph: Paragraph, { lookOf }: Styles): Look {
  const { isBold, size, isHidden } = lookOf(paragraph.style);
  const own = run.style === undefined ? {} : lookOf(run.style);
  return { isBold, size, isHidden, ...(run.style === undefined ? {} : defined(own)), ...run.own };
}

function defined({ isBold, isHidden }: Look): Look {
  return { ...(isBold !== undefined && { isBold }), ...(isHidden !== undefined && { isHidden }) };
}

/** Whether nobody sees a run: it is hidden, or white where nothing says that it stands on a colour. */
export function isUnseen(run: Run, paragraph: Paragraph, styles: Styles): boolean {
  if (lookOfRun(run, paragraph, styles).isHidden === true) return true;
  const isOnColour = run.isShaded || paragraph.isShaded || paragraph.table !== undefined;
  return /^F{6}$/iu.test(run.color ?? "") && !isOnColour;
}
