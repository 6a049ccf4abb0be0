/** What a paragraph of a document is: by its outline level, by its style's name, by its look. */
import { endsWithFinalMark } from "../../../text/punctuation.ts";
import type { Kind } from "../textWriter.ts";
import type { Numbering, Place } from "./numbering.ts";
import { isUnseen, lookOfRun } from "./paragraphs.ts";
import type { Paragraph } from "./paragraphs.ts";
import type { Look, Styles } from "./styles.ts";

/** What a paragraph is to be read as. */
export type Role = Kind | { readonly kind: "contents" };

/** A paragraph's role, and the number that is shown before its words. */
export interface Told {
  readonly paragraph: Paragraph;
  readonly role: Role;
  readonly label: string;
}

/** Names of styles, as word processors in several languages have them. */
const NAMED: readonly (readonly [name: RegExp, role: Role])[] = [
  [
    /^(?:title|titel|titre|título|titolo|标题|標題|表題|제목|название|заголовок документа)$/iu,
    { kind: "title" },
  ],
  [
    /^(?:subtitle|untertitel|sous-titre|subtítulo|sottotitolo|副标题|副標題|副題|부제|подзаголовок)$/iu,
    { kind: "subtitle" },
  ],
  [/^(?:authors?|author names?|byline|date|datum|作者|日期)$/iu, { kind: "byline" }],
  [/quote|quotation|zitat|citation|citazione|block text|引用|引文|цитата/iu, { kind: "quotation" }],
  [
    /^(?:(?:table |image )?caption|beschriftung|légende|leyenda|didascalia|题注|題注|図表番号|캡션)/iu,
    { kind: "caption" },
  ],
  [/^(?:html preformatted|source code|code|plain code|listing|macro text)$/iu, { kind: "code" }],
  [
    /^(?:toc|contents?|verzeichnis|tm|table of figures|目录|目錄|目次|оглавление)\s*\d+$|^(?:toc heading|table of figures)$/iu,
    { kind: "contents" },
  ],
];

const NAMED_HEADING =
  /^(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek|заголовок|标题|標題|見出し|제목|عنوان)\s*([1-9])$/iu;

/** Outline level of text. */
const NO_LEVEL = 9;

/** Tells the role of each paragraph, in their order. */
export function rolesOf(
  paragraphs: readonly Paragraph[],
  styles: Styles,
  numbering: Numbering,
): Told[] {
  const seen = paragraphs.map((paragraph) => lookAt(paragraph, styles));
  const sizes = sizesOf(seen);
  const told = seen.map((it, i): Told => {
    const place = placeOf(it, numbering);
    const label =
      place && it.text !== "" && !it.paragraph.isDeleted ? numbering.next(place) : undefined;
    const role =
      namedRole(it) ??
      (stands(it, label, seen[i + 1]) ? { kind: "heading", rank: sizes.rankOf(it) } : undefined);
    const kind =
      role ?? (label === undefined ? { kind: "paragraph" as const } : { kind: "item" as const });
    return { paragraph: it.paragraph, role: kind, label: label ?? "" };
  });
  return withTitle(withoutRuns(withContents(told, seen), seen), seen);
}

/** A paragraph with what is seen of it. */
interface Seen {
  readonly paragraph: Paragraph;
  readonly style: Look;
  readonly text: string;
  /** Whether all its words are bold. */
  readonly isBold: boolean;
  /** Of its largest words, in half points. */
  readonly size: number;
}

const DEFAULT_SIZE = 20;

function lookAt(paragraph: Paragraph, styles: Styles): Seen {
  const runs = paragraph.runs.filter((run) => !isUnseen(run, paragraph, styles));
  const looks = runs
    .filter((run) => run.text.trim() !== "")
    .map((run) => lookOfRun(run, paragraph, styles));
  return {
    paragraph,
    style: { ...styles.lookOf(paragraph.style), ...paragraph.own },
    text: runs
      .map(({ text }) => text)
      .join("")
      .trim(),
    isBold: looks.length > 0 && looks.every(({ isBold }) => isBold === true),
    size: Math.max(0, ...looks.map(({ size }) => size ?? DEFAULT_SIZE)),
  };
}

/** A page's number behind a tab. */
const NAMES_PAGE = /(?<!\s)[^\S\t]*\t\s*(?:\p{N}{1,4}|[ivxlc]{1,7})$/iu;
/** What may stand there beside others that have one. */
const NAMES_NONE = /\t[^\t]{0,6}$|^[^\t]{1,60}$/u;

function namedRole({ style, text, paragraph }: Seen): Role | undefined {
  if (paragraph.hasLeader && NAMES_PAGE.test(text)) return { kind: "contents" };
  const { outline = NO_LEVEL, name = "" } = style;
  const named = NAMED.find(([pattern]) => pattern.test(name))?.[1];
  if (named !== undefined && named.kind !== "quotation") return named;
  if (outline < NO_LEVEL) return { kind: "heading", rank: outline + 1 };
  const level = NAMED_HEADING.exec(name)?.[1];
  return level === undefined ? named : { kind: "heading", rank: Number(level) };
}

function placeOf(
  { paragraph: { own, style: id }, style }: Seen,
  numbering: Numbering,
): Place | undefined {
  const numId = own.numId ?? style.numId;
  if (numId === undefined || numId === "0") return undefined;
  if (own.numId !== undefined) return { numId, level: own.level ?? style.level ?? 0 };
  const linked = id === undefined ? undefined : numbering.placeOf(id)?.level;
  return { numId, level: own.level ?? linked ?? style.level ?? 0 };
}

/** The most characters of a line that is a heading by its look. */
const MAX_HEADING_CHARS = 100;
const GOES_ON = /[，、；,;]$/u;

/** Whether a paragraph is a heading by its look alone: short, bold, of its own, with something below it. */
function stands(it: Seen, label: string | undefined, next: Seen | undefined): boolean {
  const { isDeleted, isBoxed, table } = it.paragraph;
  const isApart = !isDeleted && !isBoxed && (table?.cells ?? 0) <= 1;
  return it.isBold && label !== "" && next !== undefined && isApart && isHeadingLike(it.text);
}

function isHeadingLike(text: string): boolean {
  if (text.length > MAX_HEADING_CHARS || /[\n\t]/u.test(text) || !/\p{L}/u.test(text)) return false;
  return !GOES_ON.test(text) && (!endsWithFinalMark(text) || /[?？]$/u.test(text));
}

/** Ranks by look come behind those of outline levels. */
const FIRST_LOOK_RANK = 10;
const MAX_SIZES = 8;

function sizesOf(seen: readonly Seen[]): { readonly rankOf: (it: Seen) => number } {
  const sizes = [...new Set(seen.filter(({ isBold }) => isBold).map(({ size }) => size))].sort(
    (a, b) => b - a,
  );
  return { rankOf: ({ size }) => FIRST_LOOK_RANK + Math.min(sizes.indexOf(size), MAX_SIZES) };
}

/** Lines of contents that name no page, between or beside those that do. */
function withContents(told: readonly Told[], seen: readonly Seen[]): Told[] {
  const isContents = told.map(({ role }) => role.kind === "contents");
  const spread = (from: number, step: number): void => {
    for (let at = from; ; at += step) {
      const it = seen[at];
      if (it === undefined || isContents[at] || !it.paragraph.hasLeader) return;
      if (it.text !== "" && !NAMES_NONE.test(it.text)) return;
      isContents[at] = true;
    }
  };
  told.forEach(({ role }, i) => {
    if (role.kind !== "contents") return;
    spread(i - 1, -1);
    spread(i + 1, 1);
  });
  return told.map((it, i) => (isContents[i] ? { ...it, role: { kind: "contents" } } : it));
}

/** More bold lines in a row stand on a cover or in a form. */
const MAX_RUN = 3;

/** Takes back headings by look that stand in a long row with no text among them, or where most of the text is bold. */
function withoutRuns(told: readonly Told[], seen: readonly Seen[]): Told[] {
  const isLook = told.map(({ role }) => role.kind === "heading" && role.rank >= FIRST_LOOK_RANK);
  const written = seen.filter(({ text }) => text !== "").length;
  if (isLook.filter((it) => it).length * 2 > written)
    return told.map((it, i) => (isLook[i] ? plain(it) : it));
  const kept = [...told];
  let run: number[] = [];
  told.forEach((_, i) => {
    if (seen[i]?.text === "") return;
    run = isLook[i] ? [...run, i] : [];
    if (run.length > MAX_RUN) for (const at of run) kept[at] = plain(kept[at] ?? told[at]);
  });
  return kept;
}

function plain(told: Told | undefined): Told {
  if (told === undefined) throw new Error("a paragraph of the run is one of the document");
  return { ...told, role: { kind: told.label === "" ? "paragraph" : "item" } };
}

/** Without a paragraph of the style for titles, the first heading is the title if it stands above all others. */
function withTitle(told: readonly Told[], seen: readonly Seen[]): Told[] {
  if (told.some(({ role }) => role.kind === "title")) return [...told];
  const first = seen.findIndex(({ text }) => text !== "");
  const role = told[first]?.role;
  if (role?.kind !== "heading") return [...told];
  const isAbove = told.every(
    ({ role: other }, i) => i === first || other.kind !== "heading" || other.rank > role.rank,
  );
  const isCentred = seen[first]?.style.isCentred === true && role.rank >= FIRST_LOOK_RANK;
  return isAbove || isCentred
    ? told.map((it, i) => (i === first ? { ...it, role: { kind: "title" } } : it))
    : [...told];
}
