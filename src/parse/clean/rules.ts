import type { Span } from "../../report.ts";
import { HAN } from "../../text/hanCharsets.ts";
import { CLOSING, OPENING } from "../../text/punctuation.ts";
import { ZONE, zonesOf } from "./prose.ts";

/** Replaces a stretch of a text. */
export interface Edit extends Span {
  readonly replacement: string;
}

/** One kind of damage: how it is found in a text that the rules before it have cleaned. */
export interface Rule {
  readonly name: string;
  /** Why this is damage and not the author's words. */
  readonly reason: string;
  /** The edits that repair it, in order, without overlap. */
  readonly find: (text: string) => Edit[];
}

/** The cleaning rules in the order in which they are applied. */
export const RULES: readonly Rule[] = [
  {
    name: "line endings",
    reason:
      "CR LF, CR, NEL, a vertical tab and Unicode's separators are how some systems write the end of a line; one form makes places comparable.",
    // A form feed stays: it also ends a page.
    find: (text) => editsOf(text, /\r\n?|[\v\u0085\u2028\u2029]/gu, "\n"),
  },
  {
    name: "invisible characters",
    reason:
      "Marks without width or look (zero-width spaces, soft hyphens, byte order marks) hide words from search; joiners stay where a script or an emoji needs them.",
    find: (text) => editsOf(text, INVISIBLE, ""),
  },
  {
    name: "pinyin notes",
    reason:
      "A syllable with a tone mark in ASCII parentheses behind a Han character is a reading aid that a scraper wrote into the text.",
    find: findPinyinNotes,
  },
  {
    name: "doubled marks",
    reason:
      "No sentence has a half-width comma directly before another mark: the comma is stray, the other mark is the author's.",
    find: findDoubledMarks,
  },
  {
    name: "half-width marks",
    reason:
      "Chinese prose is set with full-width marks; half-width ones beside Han characters come from a conversion.",
    find: findHalfWidthMarks,
  },
];

function editsOf(text: string, pattern: RegExp, replacement: string): Edit[] {
  return Array.from(text.matchAll(pattern), ({ index: start, 0: found }) => ({
    start,
    end: start + found.length,
    replacement,
  }));
}

/** Also the joiners between letters that have no other forms. */
const INVISIBLE =
  /[\u00ad\u200b\u2060-\u2064\ufeff]+|(?<=[\p{Script=Han}\p{Script=Latin}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\d\s])[\u200c\u200d]+/gu;

const NOTE = /\([^()]{1,12}\)/gu;

function findPinyinNotes(text: string): Edit[] {
  const zones = zonesOf(text);
  let end = -1;
  return editsOf(text, NOTE, "").filter((edit) => {
    const follows = edit.start === end || HAN.test(characterBefore(text, edit.start));
    if (!follows || zones[edit.start] === ZONE.code) return false;
    if (!isTonedSyllable(text.slice(edit.start + 1, edit.end - 1))) return false;
    end = edit.end;
    return true;
  });
}

function characterBefore(text: string, at: number): string {
  return Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? "";
}

/** Pinyin syllables without tones, by initials; `v` stands for ü. After the table of Hanyu Pinyin's finals. */
const SYLLABLE = new RegExp(
  "^(?:" +
    [
      "a[ion]?|ang|ao|e[inr]?|eng|ou?",
      "[bp](?:a|ai|an|ang|ao|ei|en|eng|i|ian|iao|ie|in|ing|o|ou|u)",
      "m(?:a|ai|an|ang|ao|e|ei|en|eng|i|ian|iao|ie|in|ing|iu|o|ou|u)",
      "f(?:a|an|ang|ei|en|eng|o|ou|u)",
      "[dt](?:a|ai|an|ang|ao|e|ei|en|eng|i|ia|ian|iao|ie|ing|iu|ong|ou|u|uan|ui|un|uo)",
      "[nl](?:a|ai|an|ang|ao|e|ei|en|eng|i|ia|ian|iang|iao|ie|in|ing|iu|o|ong|ou|u|uan|un|uo|v|ve)",
      "[gkh](?:a|ai|an|ang|ao|e|ei|en|eng|ong|ou|u|ua|uai|uan|uang|ui|un|uo)",
      "[jqx](?:i|ia|ian|iang|iao|ie|in|ing|iong|iu|u|uan|ue|un)",
      "[zcs]h?(?:a|ai|an|ang|ao|e|ei|en|eng|i|ong|ou|u|ua|uai|uan|uang|ui|un|uo)",
      "r(?:an|ang|ao|e|en|eng|i|ong|ou|u|ua|uan|ui|un|uo)",
      "y(?:a|an|ang|ao|e|i|in|ing|o|ong|ou|u|uan|ue|un)",
      "w(?:a|ai|an|ang|ei|en|eng|o|u)",
    ].join("|") +
    ")$",
  "u",
);

/** Macron, acute, caron and grave: the four tones. */
const TONE = /[\u0304\u0301\u030c\u0300]/gu;

/** Whether a text is one lower-case pinyin syllable with exactly one tone mark, composed or decomposed. */
function isTonedSyllable(text: string): boolean {
  const letters = text.normalize("NFD");
  if (letters.match(TONE)?.length !== 1) return false;
  return SYLLABLE.test(letters.replace(TONE, "").replaceAll("u\u0308", "v"));
}

const AROUND = `${OPENING}${CLOSING}"',;:!?，；：！？、。`;
/** Marks, quotes and brackets in a row, with the characters before and after them. */
const MARKS = new RegExp(`(?<=(?<before>.?))(?<marks>[${AROUND}]+)(?=(?<after>.?))`, "gu");
/** What may stand between a stray comma and the mark it stands before. */
const BETWEEN = new RegExp(`[${CLOSING},]`, "u");

function findDoubledMarks(text: string): Edit[] {
  const zones = zonesOf(text);
  return Array.from(text.matchAll(MARKS)).flatMap(({ index, groups = {} }) => {
    const { before = "", marks = "", after = "" } = groups;
    // Half-width marks may be code (`[1,,2]`): the characters around them must tell.
    const isHan = HAN.test(before) || HAN.test(after);
    return strayCommas(marks).flatMap(({ at, isCertain }) => {
      const start = index + at;
      return (isHan || isCertain) && zones[start] === ZONE.prose
        ? [{ start, end: start + 1, replacement: "" }]
        : [];
    });
  });
}

/** Commas directly before another mark, closing brackets aside; it is certain before a full-width one. */
function strayCommas(marks: string): { readonly at: number; readonly isCertain: boolean }[] {
  const stray: { at: number; isCertain: boolean }[] = [];
  let isBeforeHalfWidth = false;
  let isBeforeFullWidth = false;
  // From the end, so that what follows is known.
  for (let at = marks.length - 1; at >= 0; at--) {
    const mark = marks.charAt(at);
    if (mark === "," && (isBeforeFullWidth || isBeforeHalfWidth)) {
      stray.push({ at, isCertain: isBeforeFullWidth });
    }
    const isBetween = BETWEEN.test(mark);
    isBeforeFullWidth = /[，、。；！：？]/u.test(mark) || (isBeforeFullWidth && isBetween);
    isBeforeHalfWidth = /[,;!:?]/u.test(mark) || (isBeforeHalfWidth && isBetween);
  }
  return stray.reverse();
}

/** How far quotes and brackets are looked through, in UTF-16 code units. */
const REACH_UNITS = 24;

const FULL_WIDTH = new Map([
  [",", "，"],
  [";", "；"],
  [":", "："],
  ["!", "！"],
]);

function findHalfWidthMarks(text: string): Edit[] {
  const zones = zonesOf(text);
  return Array.from(text.matchAll(/[,;:!]/gu)).flatMap(({ index: start, 0: mark }) => {
    if (zones[start] !== ZONE.prose || !isChineseMark(text, start)) return [];
    return [{ start, end: start + 1, replacement: FULL_WIDTH.get(mark) ?? mark }];
  });
}

// Closing ASCII brackets are not looked through from the left: `甲:)` is a smiley.
const LEFT = new RegExp(
  `(?:(?<han>\\p{Script=Han})|(?<word>[\\p{L}\\p{N}%％‰]))?(?<quotes>[${OPENING}${CLOSING}"']*)$`,
  "u",
);
const RIGHT = new RegExp(
  `^(?<quotes>[${OPENING}”’」』》〉）】〕］〗"']*)(?:(?<han>\\p{Script=Han})|(?<word>[\\p{L}\\p{N}%％‰])|(?<end>$|\\n)|)`,
  "u",
);

/**
 * Han on one side; Han, a word, a number, a quote or the line's end on the other: so no white space beside it, and never
 * between two digits.
 */
function isChineseMark(text: string, at: number): boolean {
  const left = LEFT.exec(text.slice(Math.max(0, at - REACH_UNITS), at))?.groups ?? {};
  const right = RIGHT.exec(rest(text, at + 1))?.groups ?? {};
  return (isHan(left) && isNear(right)) || (isHan(right) && isNear(left));
}

/** A stretch to look into; cut off, its end is not taken for the end of the text. */
function rest(text: string, from: number): string {
  const stretch = text.slice(from, from + REACH_UNITS);
  return from + REACH_UNITS < text.length ? `${stretch}\0` : stretch;
}

type Side = Readonly<Record<string, string | undefined>>;

function isHan({ han }: Side): boolean {
  return han !== undefined;
}

function isNear({ han, word, end, quotes = "" }: Side): boolean {
  return han !== undefined || word !== undefined || end !== undefined || quotes !== "";
}
