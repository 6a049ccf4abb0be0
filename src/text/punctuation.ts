import type { Span } from "../report.ts";

/** Quotes and brackets, as the inside of a regular expression's character class; each stands where its partner does. */
export const OPENING = "“‘「『《〈（(【〔［\\[〖";
export const CLOSING = "”’」』》〉）)】〕］\\]〗";

/** Marks that end a sentence, likewise. */
export const FINAL = "。！？!?";

const ENDS_SENTENCE = new RegExp(`(?:[${FINAL}]|[^.]\\.)[${CLOSING}"']*$`, "u");

/** Whether a line or sentence ends with a final mark, closing quotes and brackets behind it included. */
export function endsWithFinalMark(text: string): boolean {
  return ENDS_SENTENCE.test(text.trimEnd());
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
  for (let at = start; at < end; at++) {
    const mark = text.charAt(at);
    const depth = CLOSERS.has(mark) ? open.findLastIndex((it) => it.closer === mark) : -1;
    const opener = open[depth];
    const closer = CLOSER_OF.get(mark);
    if (opener !== undefined) {
      openedAt.set(at, opener.at);
      // Those opened within and never closed are no quotes.
      open.length = depth;
    } else if (closer !== undefined) {
      open.push({ at, closer });
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
