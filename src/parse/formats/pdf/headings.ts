/** Which paragraphs of a PDF file are headings, and of what rank. */
import { endsWithFinalMark } from "../../../text/punctuation.ts";
import type { Paragraph } from "./pageParagraphs.ts";
import type { Bookmark } from "./source.ts";

/** What most of a file's text looks like. */
export interface Body {
  readonly size: number;
  readonly font: string;
  readonly isBold: boolean;
  readonly isMonospaced: boolean;
}

/** A paragraph's look, as far as it tells a heading. */
interface Candidate {
  readonly paragraph: Paragraph;
  readonly text: string;
  /** The size of what stands below it. */
  readonly sizeBelow: number;
}

/** The numbers of headings, the highest first. */
const NUMBERED: readonly { readonly rank: number; readonly form: RegExp }[] = [
  { rank: 1, form: /^第[〇零一二三四五六七八九十百\p{Nd}]+(?:[章編编篇卷部]|部分)/u },
  {
    rank: 1,
    form: /^(?:chapter|part|appendix|kapitel|teil|anhang|chapitre|annexe|cap[íi]tulo|глава|часть|приложение)\s+[\p{Nd}IVXLCА-Я]+/iu,
  },
  { rank: 2, form: /^第[〇零一二三四五六七八九十百\p{Nd}]+[節节]/u },
  { rank: 3, form: /^[一二三四五六七八九十]{1,3}[、．.]/u },
  { rank: 4, form: /^[（(][一二三四五六七八九十]{1,3}[）)]/u },
];
/** `3.1 Methods`, `§ 12 Terms`, `IV. Results`: the parts of the number count. */
const DECIMAL =
  /^(?:§+\s*)?(?:\p{Nd}{1,4}(?:\s?\.\s?\p{Nd}{1,3})*|[A-Z](?:\.\p{Nd}{1,3})+|[IVX]{1,5}(?=\.))[.．]?\s*(?=[\p{Lu}\p{Lo}])/u;
const PLAIN_RANK = 5;

const MAX = { lines: 3, characters: 160, numbered: 40 } as const;
/** A heading of its own size is larger than the text by this factor at least, and smaller by none below this. */
const SIZE = { larger: 1.08, least: 0.93 } as const;
/** What ends so goes on. */
const GOES_ON = /[,;，；、:：\p{Pd}]$/u;
/** Fonts of formulas. */
const MATHS = /^(?:cmmi|cmsy|cmex|msam|msbm|symbol|mtsy|mtmi)|math/iu;

/** Ranks paragraphs as headings: by the file's own bookmarks where one names them, else by size, weight and number. */
export function rankHeadings(
  bookmarks: readonly Bookmark[],
  body: Body,
): (it: Candidate) => number | undefined {
  const named = new Map<string, Bookmark[]>();
  for (const it of bookmarks) named.set(bare(it.title), [...(named.get(bare(it.title)) ?? []), it]);
  return (it) => {
    if (!mayBeHeading(it)) return undefined;
    const [first] = it.paragraph.lines;
    const { page } = it.paragraph;
    const bookmark = [bare(it.text), bare(withoutNumber(it.text))]
      .flatMap((key) => named.get(key) ?? [])
      .find((mark) => Math.abs((mark.page ?? page) - page) <= 1);
    if (bookmark) return bookmark.level;
    return first && isHeading(it, body) ? BY_LOOK + styleRank(it, body) : undefined;
  };
}

/** Ranks by look come below those of bookmarks. */
const BY_LOOK = 1_000;

/** What two writings of the same words have in common: their letters, without marks, spaces, width and case. */
export function bare(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s\p{P}]/gu, "")
    .toLowerCase();
}

function withoutNumber(text: string): string {
  return text.replace(DECIMAL, "").replace(/^[\p{L}]+\s+[\p{Nd}]+[.:]?\s+/u, "");
}

const HAS_WORDS =
  /\p{L}{2}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

function mayBeHeading({ paragraph: { lines }, text }: Candidate): boolean {
  return (
    lines.length <= MAX.lines &&
    text.length <= MAX.characters &&
    HAS_WORDS.test(text) &&
    lines.every(({ font }) => !MATHS.test(font))
  );
}

function isHeading(it: Candidate, body: Body): boolean {
  const { paragraph, text } = it;
  const isNumbered = numberRank(text) !== undefined || DECIMAL.test(text);
  const isWhole = !endsWithFinalMark(text) && !GOES_ON.test(text);
  if (!mayStand(it, isNumbered, isWhole)) return false;
  const size = sizeOf(paragraph);
  if (size >= body.size * SIZE.larger) return isWhole || text.length <= MAX.characters / 2;
  if (size < Math.min(body.size, it.sizeBelow) * SIZE.least) return false;
  if (isBold(paragraph) && !body.isBold) return isNumbered || standsOut(paragraph);
  return isWhole && looksOther(it, body, isNumbered);
}

/** Whether a text without a number is no sentence and no item of a list. */
function mayStand({ paragraph }: Candidate, isNumbered: boolean, isWhole: boolean): boolean {
  return isNumbered || (isWhole && !paragraph.isItem);
}

function sizeOf({ lines }: Paragraph): number {
  return lines[0]?.size ?? 0;
}

function standsOut({ isApart, isFull }: Paragraph): boolean {
  return isApart || !isFull;
}

/** Whether a paragraph is a line of its own in another font than the text's, or begins with a number of headings. */
function looksOther({ paragraph, text }: Candidate, body: Body, isNumbered: boolean): boolean {
  if (!isOther(paragraph, body)) return isNumberedLine({ paragraph, text });
  const isLine = paragraph.isApart && paragraph.lines.length === 1;
  return isNumbered || (isLine && /^[\p{Lu}\p{Lo}]/u.test(text));
}

function isNumberedLine({ paragraph, text }: Pick<Candidate, "paragraph" | "text">): boolean {
  return (
    numberRank(text) !== undefined && paragraph.lines.length === 1 && text.length <= MAX.numbered
  );
}

function isBold({ lines }: Paragraph): boolean {
  return lines.every((it) => it.isBold);
}

/** Whether a paragraph is all in one font that is not the text's. */
function isOther({ lines }: Paragraph, body: Body): boolean {
  return lines.every((it) => it.isOneFont && it.font !== body.font && it.font === lines[0]?.font);
}

function numberRank(text: string): number | undefined {
  return NUMBERED.find(({ form }) => form.test(text))?.rank;
}

/** Larger ones rank higher, then bold ones, then those with fewer parts to their number. */
function styleRank({ paragraph, text }: Candidate, body: Body): number {
  const size = Math.round(sizeOf(paragraph) * 2);
  const depth = (DECIMAL.exec(text)?.[0].match(/\p{Nd}+/gu) ?? []).length;
  const number = numberRank(text) ?? PLAIN_RANK + depth;
  const weight = isBold(paragraph) || isOther(paragraph, body) ? 0 : 1;
  return 100 * (1_000 - size) + 50 * weight + number;
}
