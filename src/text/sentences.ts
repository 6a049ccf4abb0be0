import type { Span } from "../report.ts";
import { HAN } from "./hanCharsets.ts";
import { CLOSING, FINAL, isQuote, pairQuotes } from "./punctuation.ts";
import { sliceOf, trimSpan } from "./spans.ts";

/**
 * Splits a stretch of text into its sentences: at 。！？ and closing quotes behind them, and as Unicode's rules say in
 * stretches without Han characters; never within quotes or brackets that are closed.
 * The spans are in order, without white space around; between them lies white space only.
 */
export function splitSentences(text: string, span: Span): Span[] {
  const { outermost } = pairQuotes(text, span);
  const ends = new Set<number>([...hanEnds(text, span, outermost), ...latinEnds(text, span)]);
  for (const { start, end } of outermost) {
    for (let at = start + 1; at < end; at++) ends.delete(at);
  }
  return joinWordless(text, cutAt(text, span, ends));
}

const FINALS = new RegExp(`[${FINAL}]+[${CLOSING}]*`, "gu");

/** Where sentences end at 。！？ and at marks that stand for them, and at the end of quotations. */
function hanEnds(text: string, span: Span, outermost: readonly Span[]): number[] {
  const pairs = new Map(outermost.map((pair) => [pair.end, pair]));
  return Array.from(sliceOf(text, span).matchAll(FINALS)).flatMap(({ index, 0: marks }) => {
    const start = span.start + index;
    const end = start + marks.length;
    const pair = pairs.get(end);
    const isEnd = isHanEnd(text, start, end) && (!pair || endsWithPair(text, pair, span.start));
    return isEnd ? [end] : [];
  });
}

/** Half-width marks are also part of words (`Yahoo!`, `?page=1`): here those behind Han count, Latin ones elsewhere. */
function isHanEnd(text: string, start: number, end: number): boolean {
  const next = text.charAt(end);
  if (/[，、；：,;:]/u.test(next)) return false;
  if (/[。！？]/u.test(text.slice(start, end))) return true;
  return HAN.test(text.slice(Math.max(0, start - 2), start)) && !/[\w/=&%#-]/u.test(next);
}

/** Most white space expected before a quotation, in UTF-16 code units. */
const GAP_UNITS = 8;
/** Marks behind which a sentence, or a speech within one, begins. */
const STANDS_BEHIND = /[。！？!?.：:，,—…”’」』）)]$/u;
const ASIDE = /[（(【［[〔]/u;
const STATEMENT = new RegExp(`[。.][${CLOSING}"']*$`, "u");
const GOES_ON = /[，、；：,;:的]/u;

/**
 * Whether a sentence ends with a quotation or an aside that ends with a final mark. Book titles never do; speech does with
 * 。, and with ！ or ？ where it stands as a sentence (`他說：“走！”`), not as a word (`喊著“走！”離開`).
 */
function endsWithPair(text: string, { start, end }: Span, from: number): boolean {
  const opener = text.charAt(start);
  const before = text.slice(Math.max(from, start - GAP_UNITS), start).trimEnd();
  const standsAlone = before === "" || STANDS_BEHIND.test(before);
  if (!isQuote(opener)) return standsAlone && ASIDE.test(opener);
  if (GOES_ON.test(text.charAt(end))) return false;
  return standsAlone || STATEMENT.test(text.slice(start, end));
}

/** Stretches without Han characters and full-width final marks: Unicode's sentence rules know their languages. */
const LATIN_STRETCH = /[^\p{Script=Han}。！？]+/gu;
/** A mark that may end a sentence has a gap or nothing behind it: `3.5` has none. */
const MAY_END = /[.!?…]["'\p{Pf}\p{Pe}]*(?:\s|$)/u;

/** Where sentences end in the stretches of `span` that have no Han characters. */
function latinEnds(text: string, span: Span): number[] {
  return Array.from(sliceOf(text, span).matchAll(LATIN_STRETCH)).flatMap(({ index, 0: stretch }) =>
    MAY_END.test(stretch) ? endsWithin(stretch).map((end) => span.start + index + end) : [],
  );
}

/** Made when first needed: it takes 30 ms, and a Chinese report does without. */
let segmenter: Intl.Segmenter | undefined;

/** Enough for the longest abbreviation and the quotes around a word, in UTF-16 code units. */
const LOOK_UNITS = 20;

const ENDS = new RegExp(`[.!?…][${CLOSING}"']*\\s*$`, "u");

/** Unicode's rules know no abbreviations: a sentence goes on behind these, and behind an initial. */
const ABBREVIATION =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Gen|Sen|Rep|Gov|Capt|Lt|Col|Sgt|No|Nos|Vol|Fig|Figs|Art|Sec|Ch|pp?|vs|cf|e\.g|i\.e|etc|approx|Inc|Ltd|Co|\p{Lu})\.\s*$/u;

function endsWithin(stretch: string): number[] {
  segmenter ??= new Intl.Segmenter("en", { granularity: "sentence" });
  const ends: number[] = [];
  for (const { index, segment } of segmenter.segment(stretch)) {
    const end = index + segment.length;
    const before = stretch.slice(Math.max(0, end - LOOK_UNITS), end);
    const after = stretch.slice(end, end + LOOK_UNITS);
    if (ENDS.test(segment) && !ABBREVIATION.test(before) && isFresh(segment, after)) ends.push(end);
  }
  return ends;
}

const STARTS_LOWER = /^["'“‘(]*\p{Ll}/u;
const WORD_END = /\p{L}{2}[.!?]["'”’)]*\s+$/u;

/** Whether what follows may begin a sentence. Behind the stretch comes a Han character: then a word must have ended. */
function isFresh(segment: string, after: string): boolean {
  return after === "" ? WORD_END.test(segment) : !STARTS_LOWER.test(after);
}

function cutAt(text: string, { start, end }: Span, ends: ReadonlySet<number>): Span[] {
  const places = [...ends].filter((at) => at > start && at < end).sort((a, b) => a - b);
  return [...places, end].flatMap((to, i) =>
    trimSpan(text, { start: places[i - 1] ?? start, end: to }),
  );
}

/** Joins what says nothing by itself: marks to the sentence before them, a number to the one after it. */
function joinWordless(text: string, spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && (!WORD.test(sliceOf(text, span)) || isFragment(sliceOf(text, last)))) {
      joined[joined.length - 1] = { start: last.start, end: span.end };
    } else {
      joined.push(span);
    }
  }
  return joined;
}

const WORD = /[\p{L}\p{N}]/u;
/** `1.` or `A.` before a sentence is its number, not a sentence. */
const ENUMERATOR = /^[([]?(?:\p{N}{1,3}|\p{L})[.)\]]+$/u;

function isFragment(said: string): boolean {
  return !WORD.test(said) || ENUMERATOR.test(said);
}
