import type { Span } from "../report.ts";
import { endsWithAbbreviation } from "./abbreviations.ts";
import { HAN } from "./hanCharsets.ts";
import { splitLong } from "./longSentences.ts";
import { CLOSING, FINAL, FULL_STOPS, NOTE_MARK, isQuote, pairQuotes } from "./punctuation.ts";
import { sliceOf, trimSpan } from "./spans.ts";
import { thaiEnds } from "./thai.ts";

/**
 * Splits a stretch of text into its sentences: at 。！？, at the full stops of other scripts, with closing quotes and
 * footnotes' marks behind them, and as Unicode's rules say in stretches without Han characters; never within quotes or
 * brackets that are closed. What is longer than a reader takes in is cut at its clauses.
 * The spans are in order, without white space around; between them lies white space only.
 */
export function splitSentences(text: string, { start, end }: Span): Span[] {
  const said = withoutNoteMarks(text.slice(start, end));
  const whole = { start: 0, end: said.length };
  const { outermost } = pairQuotes(said, whole);
  const ends = new Set<number>([
    ...hanEnds(said, outermost),
    ...latinEnds(said),
    ...thaiEnds(said),
  ]);
  for (const pair of outermost) {
    for (let at = pair.start + 1; at < pair.end; at++) ends.delete(at);
  }
  return joinWordless(said, cutAt(said, whole, ends))
    .flatMap((sentence) => splitLong(said, sentence))
    .map((sentence) => ({ start: start + sentence.start, end: start + sentence.end }));
}

const NOTES = new RegExp(`(?<=[${FINAL}.…][${CLOSING}"']{0,4})(?:${NOTE_MARK}){1,9}(?!\\()`, "gu");

/** A bracket that closes without having been opened: sentences end behind it. */
const STAND_IN = "〗";

/** The text with footnotes' marks behind its final marks as closing brackets: each place stays the same. */
function withoutNoteMarks(text: string): string {
  return text.replace(NOTES, (mark) => STAND_IN.repeat(mark.length));
}

const FINALS = new RegExp(`(?:[${FINAL}]+|(?<=\\p{Script=Han})\\.(?=\\s))[${CLOSING}]*`, "gu");

/** Where sentences end at 。！？ and at marks that stand for them, and at the end of quotations. */
function hanEnds(text: string, outermost: readonly Span[]): number[] {
  const pairs = new Map(outermost.map((pair) => [pair.end, pair]));
  return Array.from(text.matchAll(FINALS)).flatMap(({ index: start, 0: marks }) => {
    const end = start + marks.length;
    const pair = pairs.get(end);
    const isEnd = isHanEnd(text, start, end) && (!pair || endsWithPair(text, pair));
    return isEnd ? [end] : [];
  });
}

const FULL_STOP = new RegExp(`[${FULL_STOPS}]`, "u");
/** Digits in any form, and single letters: a wide point between them is one of a number or a name. */
const WIDE_DIGIT = /[\p{Nd}〇零一二三四五六七八九十]/u;
/** What a half-width point behind a Han character belongs to: `等.` and a number. */
const NO_STOP_BEHIND = /[等〇零一二三四五六七八九十]$/u;

/** Half-width marks are also part of words (`Yahoo!`, `?page=1`): here those behind Han count, Latin ones elsewhere. */
function isHanEnd(text: string, start: number, end: number): boolean {
  const next = text.charAt(end);
  if (/[，、；：,;:]/u.test(next)) return false;
  const marks = text.slice(start, end);
  const before = text.slice(Math.max(0, start - 2), start);
  if (FULL_STOP.test(marks)) return true;
  if (marks.startsWith("．")) return !isWithinNumber(before, next);
  if (marks.startsWith(".")) return !NO_STOP_BEHIND.test(before);
  return HAN.test(before) && !/[\w/=&%#-]/u.test(next);
}

function isWithinNumber(before: string, next: string): boolean {
  const last = before.slice(-1);
  if (/[A-Za-zＡ-Ｚａ-ｚ]/u.test(last) && !/\p{L}/u.test(before.slice(0, -1))) return true;
  return WIDE_DIGIT.test(last) && WIDE_DIGIT.test(next);
}

/** Most white space expected before a quotation, in UTF-16 code units. */
const GAP_UNITS = 8;
/** Marks behind which a sentence, or a speech within one, begins. */
const STANDS_BEHIND = /[。｡！？!?.．：:，,—…”’」』）)]$/u;
const ASIDE = /[（(【［[〔]/u;
const STATEMENT = new RegExp(`[。.．｡][${CLOSING}"']*$`, "u");
const GOES_ON = /[，、；：,;:的]/u;

/**
 * Whether a sentence ends with a quotation or an aside that ends with a final mark. Book titles never do; speech does with
 * 。, and with ！ or ？ where it stands as a sentence (`他說：“走！”`), not as a word (`喊著“走！”離開`).
 */
function endsWithPair(text: string, { start, end }: Span): boolean {
  const opener = text.charAt(start);
  const before = text.slice(Math.max(0, start - GAP_UNITS), start).trimEnd();
  const standsAlone = before === "" || STANDS_BEHIND.test(before);
  if (!isQuote(opener)) return standsAlone && ASIDE.test(opener);
  if (GOES_ON.test(text.charAt(end))) return false;
  return standsAlone || STATEMENT.test(text.slice(Math.max(start, end - GAP_UNITS), end));
}

/**
 * Han characters and full-width final marks; Unicode's sentence rules know the languages of what stands between them. So many at once, since
 * V8 keeps a note of each character that a repetition took, and has no room for five million of them.
 */
const HAN_STRETCH = /[\p{Script=Han}。！？]{1,1000}/gu;
/** A mark that may end a sentence has a gap or nothing behind it: `3.5` has none. */
const MAY_END = /[.!?…;\u037e]["'\p{Pf}\p{Pe}]{0,60}(?:\s|$)/u;

/** Where sentences end in the stretches of a text that have no Han characters. */
function latinEnds(text: string): number[] {
  const ends: number[] = [];
  let from = 0;
  const lookWithin = (to: number): void => {
    const stretch = text.slice(from, to);
    if (MAY_END.test(stretch)) for (const end of endsWithin(stretch)) ends.push(from + end);
  };
  for (const { index, 0: han } of text.matchAll(HAN_STRETCH)) {
    lookWithin(index);
    from = index + han.length;
  }
  lookWithin(text.length);
  return ends;
}

/** Made when first needed: it takes 30 ms, and a Chinese report does without. */
let segmenter: Intl.Segmenter | undefined;

/** Enough for the longest abbreviation and the quotes around a word, in UTF-16 code units. */
const LOOK_UNITS = 24;

const ENDS = new RegExp(`[.!?…][${CLOSING}"']*\\s*$`, "u");
const POINT = new RegExp(`\\.[${CLOSING}"']*\\s*$`, "u");
/** In Greek it is the mark of a question. */
const GREEK_QUESTION = /(?<=\p{Script=Greek}[»”]?)[;\u037e](?=\s+[«“]?\p{Lu})/gu;

function endsWithin(stretch: string): number[] {
  const ends = Array.from(stretch.matchAll(GREEK_QUESTION), ({ index }) => index + 1);
  for (const end of unicodeEnds(stretch)) {
    const before = stretch.slice(Math.max(0, end - LOOK_UNITS), end);
    const after = stretch.slice(end, end + LOOK_UNITS);
    if (!ENDS.test(before) || !isFresh(before, after)) continue;
    if (after !== "" && POINT.test(before) && endsWithAbbreviation(before, after)) continue;
    ends.push(end);
  }
  return ends;
}

/**
 * The segmenter takes quadratic time: it is given so many UTF-16 code units, and then up to where a sentence may begin; if
 * none does before the most that it can bear, up to a gap.
 */
const WINDOW_UNITS = { least: 1_000, most: 4_000 } as const;
const MAY_BEGIN = /[.!?…]["'\p{Pf}\p{Pe}]{0,60}\s+(?=[\p{Lu}\p{Lo}\p{Nd}])/u;
const GAP = /\s(?!\s)/u;

function unicodeEnds(stretch: string): number[] {
  segmenter ??= new Intl.Segmenter("en", { granularity: "sentence" });
  const ends: number[] = [];
  for (let from = 0, to = 0; from < stretch.length; from = to) {
    to = windowEnd(stretch, from);
    for (const { index, segment } of segmenter.segment(stretch.slice(from, to))) {
      ends.push(from + index + segment.length);
    }
  }
  return ends;
}

function windowEnd(stretch: string, from: number): number {
  const { least, most } = WINDOW_UNITS;
  const ahead = stretch.slice(from + least, from + most);
  const cut = MAY_BEGIN.exec(ahead) ?? GAP.exec(ahead);
  if (cut !== null) return from + least + cut.index + cut[0].length;
  return Math.min(from + most, stretch.length);
}

const STARTS_LOWER = /^["'“‘(]*\p{Ll}/u;
const WORD_END = new RegExp(`\\p{L}\\p{M}*\\p{L}\\p{M}*[.!?][${CLOSING}"']*\\s+$`, "u");

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

/** Joins what says nothing by itself: marks to the sentence before them, a number or a heading of a few words to the one after. */
function joinWordless(text: string, spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  let isOpen = false;
  for (const span of spans) {
    const said = sliceOf(text, span);
    const last = joined.at(-1);
    const isRunIn =
      joined.length === 1 && !STARTS_NUMBERED.test(said) && isRunInHeading(text, last);
    if (last && (isOpen || isRunIn || !WORD.test(said))) {
      isOpen &&= isFragment(said);
      joined[joined.length - 1] = { start: last.start, end: span.end };
    } else {
      isOpen = isFragment(said);
      joined.push(span);
    }
  }
  return joined;
}

const WORD = /[\p{L}\p{N}]/u;
/** `1.` or `A.` before a sentence is its number, not a sentence. */
const ENUMERATOR = /^[([（]?(?:\p{N}{1,3}|\p{L})[.．)\]）]+$/u;
/** So are an article's number and a paragraph's. */
const NUMBERED_PART = /^(?:§{1,2}|\p{Lu}?\p{L}{2,11}\.?)\s?\p{N}{1,4}[.．]$/u;

function isFragment(said: string): boolean {
  return (
    said.length < LOOK_UNITS &&
    (!WORD.test(said) || ENUMERATOR.test(said) || NUMBERED_PART.test(said))
  );
}

/** Longest heading that begins a paragraph, in UTF-16 code units. */
const RUN_IN_UNITS = 40;
const NUMBER_FORM =
  "(?:[（(]?[〇零一二三四五六七八九十百壹贰貳叁參肆伍陆陸柒捌玖拾]{1,4}[）)、．.]|第[一二三四五六七八九十]{1,3}[，、,]|[（(]?\\p{Nd}{1,3}[）)、．.]|[①-⑳]|[（(]?[A-Za-zIVXivx]{1,4}[）).])";
const STARTS_NUMBERED = new RegExp(`^${NUMBER_FORM}`, "u");
/** `一、稳就业。镇里…`, `3. Jobs. The town …`: a number and a few words without a clause. */
const RUN_IN = new RegExp(
  `^${NUMBER_FORM}\\s*(?:[^，,；;：:。．.！？!?]{1,14}[。．]|(?:[^\\s，,；;：:.!?]+\\s){0,3}[^\\s，,；;：:.!?]+\\.)$`,
  "u",
);

function isRunInHeading(text: string, span: Span | undefined): boolean {
  if (span === undefined || span.end - span.start > RUN_IN_UNITS) return false;
  return RUN_IN.test(sliceOf(text, span));
}
