/** Excerpts as quotations that stay quotations, whatever stands in the report. Pure. */
import type { APITextDisplayComponent } from "discord.js";
import type { Excerpt, Place } from "../../ask/excerpt.ts";
import { ELLIPSIS, cutText, escapeMarkdown, graphemeStart } from "../escape.ts";
import type { Texts } from "../locales/texts.ts";
import { lineChars, oneLine, textDisplay } from "./cardParts.ts";

/** Most characters of a date, and of what is printed on a page as its number. */
const MAX_DATE_CHARS = 24;

/** Most characters of the heads of a row's columns. */
const MAX_COLUMNS_CHARS = 200;

/** Most places that are named where the same words stand too: other reports, and paragraphs of each. */
const MAX_ALSO_REPORTS = 3;
const MAX_ALSO_PARAGRAPHS = 6;

/** Most headings of a place: the ones nearest to the words. */
const MAX_SHOWN_HEADINGS = 4;

/** How excerpts are shown. */
interface QuotationOptions {
  readonly texts: Texts;
  /** Most characters of one excerpt. */
  readonly maxChars: number;
  /** How well they match the question, said behind their places. */
  readonly match?: string;
  /** What stands above the first one. */
  readonly title?: string | undefined;
}

/** An excerpt, of which more than one stretch may be bold. */
interface Quoted extends Excerpt {
  /** In order and apart from each other; {@link Excerpt.highlight} alone where there are none. */
  readonly highlights?: readonly (readonly [from: number, to: number])[];
}

/** Excerpts as quotations, each with its place. */
export function quotations(
  excerpts: readonly Quoted[],
  { title, ...options }: QuotationOptions,
): APITextDisplayComponent[] {
  return excerpts.map((excerpt, i) => {
    const text = renderExcerpt(excerpt, options);
    return textDisplay(title !== undefined && i === 0 ? `**${title}**\n${text}` : text);
  });
}

/** Every line of the excerpt is marked as a quotation; its place stands below, where no report's text can be. */
function renderExcerpt(
  excerpt: Quoted,
  { texts, maxChars, match }: Omit<QuotationOptions, "title">,
): string {
  const { here, elsewhere } = alsoAt(excerpt, texts, lineChars(maxChars).beside);
  const facts = [
    placeOf(excerpt, texts, lineChars(maxChars).beside),
    texts.passage(excerpt.passage),
    ...(match === undefined ? [] : [match]),
    ...here,
  ];
  const heads = excerpt.columns ?? "";
  const columns =
    heads === "" ? [] : [oneLine(heads, Math.min(Math.ceil(maxChars / 2), MAX_COLUMNS_CHARS))];
  return [
    ...[...columns, ...quotationOf(excerpt, maxChars)].map((line) => `> ${line}`),
    `-# ${facts.join(" · ")}`,
    // A line of its own: behind a passage's id nobody's title may stand, see passageOf.
    ...(elsewhere.length === 0 ? [] : [`-# ${elsewhere.join(" · ")}`]),
  ].join("\n");
}

/** Where the same words stand too: in the same report, and in others, which are named. */
function alsoAt(
  { report, alsoAt: places }: Excerpt,
  texts: Texts,
  maxChars: number,
): { readonly here: readonly string[]; readonly elsewhere: readonly string[] } {
  const byReport = new Map<string, Place[]>();
  for (const place of places) {
    const known = byReport.get(place.report);
    if (known) known.push(place);
    else byReport.set(place.report, [place]);
  }
  const own = byReport.get(report) ?? [];
  byReport.delete(report);
  const others = Array.from(byReport.values(), (it) => {
    const [first] = it;
    const title = first === undefined ? "" : `${datedTitle(first, maxChars)}: `;
    return title + texts.alsoAt(paragraphsOf(it));
  });
  return {
    here: own.length === 0 ? [] : [texts.alsoAt(paragraphsOf(own))],
    elsewhere: atMost(others, MAX_ALSO_REPORTS),
  };
}

function paragraphsOf(places: readonly Place[]): string {
  const paragraphs = places.map(({ paragraph }) => String(paragraph));
  return atMost(paragraphs, MAX_ALSO_PARAGRAPHS).join(", ");
}

/** The first of them, with a mark where there are more. */
function atMost(names: readonly string[], count: number): readonly string[] {
  return names.length <= count ? names : [...names.slice(0, count), ELLIPSIS];
}

/** The lines of an excerpt, neutralised, what is highlighted in bold. */
function quotationOf(excerpt: Quoted, maxChars: number): string[] {
  const { text: shown, highlights } = partOf(excerpt, maxChars);
  const lines = [""];
  for (const { piece, isBold } of piecesOf(shown, highlights)) {
    escapeMarkdown(piece).forEach((line, k) => {
      if (k > 0) lines.push("");
      lines.push((lines.pop() ?? "") + (isBold ? bold(line) : line));
    });
  }
  return lines;
}

/** A text cut where what is bold begins and ends; in one piece where nothing is: what begins in one and ends in the next would not be neutralised. */
function piecesOf(
  text: string,
  highlights: readonly (readonly [from: number, to: number])[],
): { readonly piece: string; readonly isBold: boolean }[] {
  const pieces: { piece: string; isBold: boolean }[] = [];
  let done = 0;
  for (const stretch of highlights) {
    const [from = 0, to = 0] = stretch.map((at) => (isInsideCharacter(text, at) ? at - 1 : at));
    if (from >= to || from >= text.length) continue;
    pieces.push({ piece: text.slice(done, from), isBold: false });
    pieces.push({ piece: text.slice(from, to), isBold: true });
    done = to;
  }
  return [...pieces, { piece: text.slice(done), isBold: false }];
}

/** As much of an excerpt as may be shown, with the first of what is highlighted in it. */
function partOf(
  { text, highlight, highlights = [highlight] }: Quoted,
  maxChars: number,
): { readonly text: string; readonly highlights: readonly (readonly [number, number])[] } {
  const [from, to] = highlight;
  if (text.length <= maxChars || to < maxChars) {
    return { text: cutText(text, maxChars), highlights };
  }
  const start = graphemeStart(text, from - Math.floor(maxChars / 4));
  const shift = ELLIPSIS.length - start;
  return {
    text: ELLIPSIS + cutText(text.slice(start), maxChars - ELLIPSIS.length),
    highlights: highlights.map(([first, last]) => [first + shift, last + shift] as const),
  };
}

const MAX_CODE_UNIT = 0xff_ff;

function isInsideCharacter(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > MAX_CODE_UNIT;
}

/** Discord reads no bold where white space stands inside the marks. */
function bold(line: string): string {
  const words = line.trim();
  return words === "" ? line : line.replace(words, () => `**${words}**`);
}

function placeOf(place: Place, texts: Texts, maxChars: number): string {
  const { section, page, pageLabel, paragraph, sentences } = place;
  const above = section.slice(-MAX_SHOWN_HEADINGS).map((it) => oneLine(it, maxChars));
  const cut = section.length > MAX_SHOWN_HEADINGS ? [ELLIPSIS] : [];
  const path = [datedTitle(place, maxChars), ...cut, ...above];
  const printed = pageLabel ?? page;
  return [
    path.join(" › "),
    ...(printed === undefined ? [] : [texts.page(oneLine(String(printed), shortest(maxChars)))]),
    texts.place(paragraph, ...sentences),
  ].join(" · ");
}

function datedTitle({ title, date }: Place, maxChars: number): string {
  const named = oneLine(title, maxChars);
  return date === undefined ? named : `${named} (${oneLine(date, shortest(maxChars))})`;
}

function shortest(maxChars: number): number {
  return Math.min(maxChars, MAX_DATE_CHARS);
}
