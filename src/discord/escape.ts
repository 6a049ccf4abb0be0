/** Foreign text that Discord shows letter for letter: no ping, no link, no markdown of its own. Pure. */

/** Line breaks of every kind: each begins a line that needs its own mark of quotation. */
const LINE_BREAK = /\r\n|[\r\n\u2028\u2029\u0085\v\f]/u;

/** Controls, and marks that are not seen but rearrange or hide what is: none is part of a word in print. */
const UNSEEN =
  /[\p{Cc}\p{Surrogate}\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E0FFF}]/gu;

/** What begins markdown, a mention, a timestamp, an emoji or the scheme of an address; a backslash before it shows it as it is. */
const SPECIAL = /[\\*_~`|[\]()<>:@#]/gu;

/** What begins a list or a line of small print. */
const AT_LINE_START = /^(\s*(?:\d+(?=[.)]))?)([-+.)])/u;

/** An invitation, which clients unfold even without a scheme. */
const INVITATION = /(discord(?:app)?)\.(?=gg|com|me|io)/giu;

/** Discord shows no tab: a wide space parts the cells of a row as well. */
const TAB = /\t/gu;
const WIDE_SPACE = "\u2003";

/** The lines of a text, neutralised: a reader sees its letters, and they do nothing. What cannot be seen is left out. */
export function escapeMarkdown(text: string): string[] {
  return text
    .split(LINE_BREAK)
    .map((line) =>
      line
        .replace(TAB, WIDE_SPACE)
        .replace(UNSEEN, "")
        .replace(SPECIAL, "\\$&")
        .replace(AT_LINE_START, "$1\\$2")
        .replace(INVITATION, "$1\\."),
    );
}

/** What a reader sees of a neutralised text. */
export function unescapeMarkdown(neutralised: string): string {
  return neutralised.replace(/\\([^\p{L}\p{N}\s])/gu, "$1");
}

/** Stands for what is left out. */
export const ELLIPSIS = "…";

/** At most `maxChars` UTF-16 code units of a text; where it is cut, between two graphemes, an ellipsis says so. */
export function cutText(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  // More than is kept, so that the letter at the end of it is seen whole.
  const seen = text.slice(0, 2 * maxChars);
  return text.slice(0, graphemeStart(seen, maxChars - ELLIPSIS.length)) + ELLIPSIS;
}

/** Where the grapheme begins that holds this place of a text. */
export function graphemeStart(text: string, at: number): number {
  return graphemes.segment(text).containing(Math.max(0, at))?.index ?? 0;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
