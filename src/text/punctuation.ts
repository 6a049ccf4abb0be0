import type { Span } from "../report.ts";

/** Quotes and brackets, as the inside of a regular expression's character class; each stands where its partner does. */
export const OPENING = "“‘「『《〈（(【〔［\\[〖";
export const CLOSING = "”’」』》〉）)】〕］\\]〗";

/** Marks that end a sentence wherever they stand, in the scripts that have marks of their own, likewise. */
export const FULL_STOPS = "。｡！？।॥۔؟።፧။།༎។៕։܀᠃᠉߹᱾꯫‽⁇⁈⁉";

/** Marks that end a sentence or a line, likewise: the half-width ones are also parts of words. */
export const FINAL = `${FULL_STOPS}．!?`;

/** The mark of a footnote, as a part of a regular expression: `[3]`, `[^note]`, `［３］`, `¹²`. */
export const NOTE_MARK =
  "(?:\\[\\^[^\\]\\s]{1,40}\\]|[\\[［〔]\\p{Nd}{1,3}[\\]］〕]|[\\u00b9\\u00b2\\u00b3\\u2070\\u2074-\\u2079]{1,3})";

/** What may stand behind the last mark of a sentence: quotes, brackets and footnotes. */
const TRAILING_UNITS = 60;

const ENDS_SENTENCE = new RegExp(`(?:[${FINAL}…]|[^.]\\.)(?:[${CLOSING}"']|${NOTE_MARK})*$`, "u");

/** Whether a line or sentence ends with a final mark, closing quotes and brackets behind it included. */
export function endsWithFinalMark(text: string): boolean {
  return ENDS_SENTENCE.test(text.trimEnd().slice(-TRAILING_UNITS));
}

/** Quotation marks, whose inside is somebody's speech or a name. */
const QUOTES = new Set('"“‘「『');

/** Whether a mark opens speech, rather than a title or an aside. */
export function isQuote(mark: string): boolean {
  return QUOTES.has(mark);
}

/** Whether a sentence opens with a quote that closes at its very end. */
export function isWhollyQuoted(sentence: string): boolean {
  if (!isQuote(sentence.charAt(0))) return false;
  const { openedAt } = pairQuotes(sentence, { start: 0, end: sentence.length });
  return openedAt.get(sentence.length - 1) === 0;
}

/** The mark that closes what each one opens; a straight double quote does both. */
const CLOSER_OF = new Map(marksOf(OPENING).map((mark, i) => [mark, marksOf(CLOSING)[i]]));
const CLOSERS = new Set(CLOSER_OF.values());

function marksOf(characterClass: string): string[] {
  return Array.from(`"${characterClass.replace("\\", "")}`);
}

/** Quotes and brackets that belong together; an unclosed or unopened one is in none. */
interface Pairs {
  /** Where the pair that closes at a place was opened. */
  readonly openedAt: ReadonlyMap<number, number>;
  /** The outermost pairs, in order; both marks are within the span. */
  readonly outermost: readonly Span[];
}

/** Pairs the quotes and brackets of a stretch of text. Straight double quotes open and close in turn. */
export function pairQuotes(text: string, { start, end }: Span): Pairs {
  const openedAt = new Map<number, number>();
  const open: { at: number; closer: string }[] = [];
  const waiting = new Map<string, number>();
  const count = (closer: string, by: number): void => {
    waiting.set(closer, (waiting.get(closer) ?? 0) + by);
  };
  for (let at = start; at < end; at++) {
    const mark = text.charAt(at);
    const closer = CLOSER_OF.get(mark);
    if (CLOSERS.has(mark) && (waiting.get(mark) ?? 0) > 0) {
      // Those opened within and never closed are no quotes.
      let opener = open.pop();
      for (; opener && opener.closer !== mark; opener = open.pop()) count(opener.closer, -1);
      count(mark, -1);
      if (opener) openedAt.set(at, opener.at);
    } else if (closer !== undefined) {
      open.push({ at, closer });
      count(closer, 1);
    }
  }
  return { openedAt, outermost: outermostOf(openedAt) };
}

function outermostOf(openedAt: ReadonlyMap<number, number>): Span[] {
  const outermost: Span[] = [];
  for (const [close, start] of openedAt) {
    // Pairs come in the order of their closing: what lies within this one came before it.
    while ((outermost.at(-1)?.start ?? -1) > start) outermost.pop();
    outermost.push({ start, end: close + 1 });
  }
  return outermost;
}
