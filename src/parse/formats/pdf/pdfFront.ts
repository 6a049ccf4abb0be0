/** A PDF file's title and who wrote it, out of its first page. */
import { endsWithFinalMark } from "../../../text/punctuation.ts";
import type { Front as Said } from "../../../report.ts";
import { frontOf as saidIn, isByline } from "../../front.ts";
import { isTitleLike } from "../lineKinds.ts";
import { bare } from "./headings.ts";
import type { Body } from "./headings.ts";
import type { Kinded, Told } from "./kinds.ts";
import type { PdfFile } from "./source.ts";

/** Which blocks are the title, in order, and which says who wrote the text. */
export interface Front {
  readonly title: readonly Told[];
  readonly bylines: ReadonlySet<Kinded>;
  /** Who wrote it and when; whom the file's properties name only if its text does too. */
  readonly said: Said;
}

/** A title is larger than the text by this factor at least. */
const LARGER = 1.15;
/** In characters: longer ones are text; the text above a title is no longer than this. */
const MAX = { title: 250, above: 400, names: 300, date: 40 } as const;
/** How many blocks a title has at most, and how many below it may name its authors. */
const REACH = { title: 3, byline: 4 } as const;

/** Finds the title and the bylines. */
export function frontOf(
  blocks: readonly Kinded[],
  body: Body,
  { title, author }: Pick<PdfFile, "title" | "author">,
): Front {
  const page = blocks[0]?.page ?? 1;
  const first = blocks.filter((it): it is Told => it.kind !== "table" && it.page === page);
  const found = titledBy(first, body, title) ?? titleOf(first, body);
  const last = found.at(-1);
  const from = last ? first.indexOf(last) + 1 : 0;
  const below = first.slice(from, from + REACH.byline);
  const byline = below.find(
    ({ is, text }) => is.kind !== "item" && (isByline(text) || (last && isNames(text))),
  );
  const dated = below.find(({ text }) => last && isDated(text));
  const bylines = [byline, dated].flatMap((it) => (it ? [it] : []));
  const named = byline && isNames(byline.text) ? namesIn(byline.text) : undefined;
  const isNamed = first.some(({ text }) => author && bare(text).includes(bare(author)));
  const writer = named ?? (byline === undefined && isNamed ? author : undefined);
  const said = saidIn(bylines.map(({ text }) => text));
  return {
    title: found,
    bylines: new Set(bylines),
    said: writer === undefined ? said : { ...said, author: writer },
  };
}

/** Whether a line is a date and little else. */
function isDated(text: string): boolean {
  return text.length <= MAX.date && !endsWithFinalMark(text) && saidIn([text]).date !== undefined;
}

/** The block that the file's properties call its title. */
function titledBy(
  blocks: readonly Told[],
  body: Body,
  title: string | undefined,
): Told[] | undefined {
  const found =
    title === undefined
      ? undefined
      : blocks.find((it) => sizeOf(it) >= body.size && bare(it.text) === bare(title));
  return found && [found];
}

/** The largest text at the top of the first page, or its first line where all is of one size. */
function titleOf(blocks: readonly Told[], body: Body): Told[] {
  const likely = blocks.filter(({ text }) => /\p{L}{2}/u.test(text) && text.length <= MAX.title);
  const largest = Math.max(...likely.map(sizeOf));
  if (largest >= LARGER * body.size) {
    const run = likely.slice(likely.findIndex((it) => sizeOf(it) === largest));
    const end = run.findIndex((it) => Math.abs(sizeOf(it) - largest) > 0.5);
    const title = run.slice(0, end < 0 ? REACH.title : Math.min(end, REACH.title));
    const above = blocks.slice(0, title[0] ? blocks.indexOf(title[0]) : 0);
    return above.reduce((sum, { text }) => sum + text.length, 0) <= MAX.above ? title : [];
  }
  const [first] = blocks;
  const isLine = first?.lines.length === 1 && first.is.kind !== "item" && isTitleLike(first.text);
  return first && isLine ? [first] : [];
}

function sizeOf({ lines }: Told): number {
  return lines[0]?.size ?? 0;
}

/** Marks of notes behind names, and what stands in brackets. */
const MARKS =
  /\([^)]*\)?|[⁰-⁹ᵃ-ᶻ]+(?:,[⁰-⁹ᵃ-ᶻ]+)*|(?<=\p{Ll})\p{Nd}+(?:,\p{Nd}+)*|[^\p{L}\p{M}\s.,;&·’'-]+/gu;
const PARTICLE = "d[eaiu]s?|von|van|der|den|la|le|al-|bin|y";
const WORD = "\\p{Lu}[\\p{L}\\p{M}.’'-]*";
const NAME = new RegExp(`^${WORD}(?:\\s+(?:${WORD}|${PARTICLE})){1,4}$`, "u");

/** A list of names without the marks of notes. */
function namesIn(text: string): string {
  return text
    .replace(MARKS, "")
    .replace(/(?<!\s)\s+(?=[,;])/gu, "")
    .trim();
}

/** Whether a text is a list of people's names. */
function isNames(text: string): boolean {
  if (endsWithFinalMark(text) || text.length > MAX.names) return false;
  const names = namesIn(text)
    .split(/[,;&·]|\b(?:and|und|et|и)\b/u)
    .map((it) => it.trim())
    .filter((it) => it !== "");
  return names.length > 0 && names.every((it) => NAME.test(it));
}
