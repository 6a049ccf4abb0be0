/** A dictionary word's reading and senses, as few and short as a reader needs. Pure. */
import { entriesOf } from "../dictionary.ts";
import type { Dictionary } from "../dictionary.ts";
import { readBig5Level1 } from "../../text/hanCharsets.ts";

/** A reading of a word, with its senses. */
export interface Reading {
  /** Syllables with the numbers of their tones; a capital begins a name. */
  readonly pinyin: string;
  /** At most two of at most forty characters. */
  readonly senses: readonly string[];
}

const MAX_SENSES = 2;
const MAX_SENSE_CHARS = 40;
const ELLIPSIS = "…";

/** A word as it stands in a text. */
interface WrittenWord {
  /** As it is written. */
  readonly written: string;
  readonly folded: string;
  /** The reading that its place asks for, syllables with numbers; only asked for where the dictionary has several. */
  readonly wanted: () => string;
}

/** Chooses the reading of a dictionary word; undefined where the dictionary does not have it. */
export type ChooseReading = (word: WrittenWord) => Reading | undefined;

type Entry = ReturnType<typeof entriesOf>[number];

/** Senses that speak of the word, not of what it means: they come last. */
const ABOUT_THE_WORD =
  /^(?:(?:\([^)]*\) )?(?:(?:old|archaic|ancient|erhua|Japanese|Taiwan|unofficial|nonstandard|simplified|euphemistic|same as) )*(?:variant|form) of|surname |see (?:also )?\S*\p{Script=Han}|used in |also written |CL:|Taiwan pr\.|also pr\.|abbr\. for|same as |contraction of)/u;

/** Senses of another time, place or field than a report's: they come behind the others. */
const SELDOM =
  /^\((?:old|archaic|dialect|slang|literary|coll|Buddhism|Tw|Cantonese|Internet slang|ACG|vulgar|loanword)[^)]*\)/u;

/** The characters of Traditional texts: forms with others (秖 for 只) hardly anybody writes. */
const USED = readBig5Level1();

const REFERENCE = /(?:variant of|see|abbr\. for|same as) (?:\S+\|)?(\p{Script=Han}+)\[([^\]]+)\]/u;

/** Prepares the choice; what the dictionary says of a word is kept for the next time that it stands there. */
export function prepareReadings(dictionary: Dictionary): ChooseReading {
  const known = new Map<string, readonly RankedReading[]>();
  return ({ written, folded, wanted }) => {
    const key = `${folded} ${written}`;
    const readings = known.get(key) ?? readingsOf(dictionary, written, folded);
    known.set(key, readings);
    const [only, another] = readings;
    if (another === undefined) return only;
    const place = wanted();
    const distance = ({ rank, pinyin }: RankedReading): number => rank + distanceOf(pinyin, place);
    return readings.toSorted((a, b) => distance(a) - distance(b))[0];
  };
}

interface RankedReading extends Reading {
  /** The more, the less likely it is meant. */
  readonly rank: number;
}

/** The readings of a word, of those entries that it may be as it is written. */
function readingsOf(dictionary: Dictionary, written: string, folded: string): RankedReading[] {
  const all = entriesOf(dictionary, folded);
  const asWritten = written === folded ? [] : all.filter((it) => it.traditional === written);
  const used = all.filter(({ traditional = "" }) =>
    Array.from(traditional).every((it) => USED.has(it) || folded.includes(it)),
  );
  const entries = [asWritten, used, all].find((it) => it.length > 0) ?? [];
  return [...new Set(entries.map(({ pinyin }) => pinyin))].map((pinyin) => {
    const same = entries.filter((it) => it.pinyin === pinyin);
    same.sort((a, b) => rankOf(a) - rankOf(b));
    return { pinyin, rank: Math.min(...same.map(rankOf)), senses: sensesOf(dictionary, same) };
  });
}

/** What only refers to other words comes last, surnames before it, then other names. */
function rankOf({ pinyin, senses }: Entry): number {
  if (senses.every((sense) => ABOUT_THE_WORD.test(sense))) return 16;
  if (senses.some((sense) => sense.startsWith("surname "))) return 8;
  return /^[A-Z]/u.test(pinyin) ? 1 : 0;
}

/** How far a reading is from another: none, other tones, other syllables. */
function distanceOf(a: string, b: string): number {
  if (isSameReading(a, b)) return 0;
  return isSameReading(letters(a), letters(b)) ? 2 : 4;
}

function isSameReading(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function letters(pinyin: string): string {
  return pinyin.replace(/\d/gu, "");
}

function sensesOf(dictionary: Dictionary, entries: readonly Entry[]): string[] {
  const all = entries.flatMap(({ senses }) => senses);
  const telling = all.filter((sense) => !ABOUT_THE_WORD.test(sense));
  const ordered = [
    ...telling.filter((sense) => !SELDOM.test(sense)),
    ...telling.filter((sense) => SELDOM.test(sense)),
    ...(telling.length > 0 ? [] : all.flatMap((sense) => sensesOfReference(dictionary, sense))),
    ...all.filter((sense) => ABOUT_THE_WORD.test(sense) && !sense.startsWith("CL:")),
  ];
  const shown = ordered.map(shorten).filter((sense) => sense !== "");
  return [...new Set(shown)].slice(0, MAX_SENSES);
}

/** What a word means of which the dictionary only says that it is another one. */
function sensesOfReference(dictionary: Dictionary, sense: string): string[] {
  const [, word = "", pinyin = ""] = REFERENCE.exec(sense) ?? [];
  return entriesOf(dictionary, word)
    .filter((entry) => isSameReading(entry.pinyin, pinyin))
    .flatMap(({ senses }) => senses)
    .filter((it) => !ABOUT_THE_WORD.test(it));
}

/** A sense without its labels and references to readings, cut at a word where it is too long. */
function shorten(sense: string): string {
  const plain = sense
    .replace(/\[[^[\]]*\]/gu, "")
    .replace(/^\(bound form\) /u, "")
    .replace(/(?<![\p{Script=Han}])\p{Script=Han}+\|/gu, "")
    .trim();
  if (plain.length <= MAX_SENSE_CHARS) return plain;
  const semicolon = plain.lastIndexOf("; ", MAX_SENSE_CHARS);
  if (semicolon > MAX_SENSE_CHARS / 3) return plain.slice(0, semicolon);
  const room = MAX_SENSE_CHARS - ELLIPSIS.length;
  const space = plain.lastIndexOf(" ", room);
  return plain.slice(0, space > 0 ? space : room).replace(/[,;:(]$/u, "") + ELLIPSIS;
}
