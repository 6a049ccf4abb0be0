import { UsageError } from "../errors.ts";
import { foldText } from "../text/fold.ts";
import { signsIn, withoutMarks } from "../text/wordSymbols.ts";
import { detectLanguage, isIn } from "./language.ts";
import type { Language } from "./language.ts";

/** Most UTF-16 code units of a question: what fits a Discord message. */
export const MAX_QUESTION_CHARS = 2_000;

/** How long a question may wait for the encoder before it is told that too many wait, in milliseconds: within its deadline. */
export const MAX_QUESTION_WAIT_MS = 10_000;

/** What a chat puts around words: mentions, custom emoji, timestamps, slash commands, links, code marks. */
const CHAT_NOISE = /<(?:@[!&]?|#|a?:\w{1,64}:|t:|\/[^<>:]{1,64}:|id:)[\w:-]*>|https?:\/\/\S+|`+/gu;

/** Lone halves of a surrogate pair, zero-width and bidirectional marks, emoji selectors: inside a word they hide it. */
const INVISIBLE = /[\p{Surrogate}\p{Cf}\u{FE00}-\u{FE0F}]/gu;

/** Joiners and non-joiners are part of the spelling in Persian, Hindi and other scripts. */
const KEPT_JOINERS = new Set(["\u200C", "\u200D"]);

const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;

/**
 * The words of a question, without what a chat or a keyboard added.
 *
 * @throws {UsageError} if it is blank, too long, or holds no letter and no number.
 */
export function readQuestion(raw: string): string {
  if (raw.trim() === "") throw new UsageError("The question is empty: type what you want to know.");
  if (raw.length > MAX_QUESTION_CHARS) {
    throw new UsageError(
      `The question has ${raw.length} characters, the most is ${MAX_QUESTION_CHARS}: ask it in fewer words.`,
    );
  }
  const words = raw
    .replace(CHAT_NOISE, " ")
    .replace(INVISIBLE, (character) => (KEPT_JOINERS.has(character) ? character : ""))
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  if (!LETTER_OR_NUMBER.test(words)) {
    throw new UsageError("The question holds no word and no number: type what you want to know.");
  }
  return words;
}

/** A question as the steps of a search see it. */
export interface Question {
  /** Its words. */
  readonly text: string;
  /** As it is searched, with abbreviations spelled out. */
  readonly spelledOut: string;
  readonly language: Language;
  /** Whether it is in a language of the reports. */
  readonly isNative: boolean;
}

/** Tells what is known of a question that was read, and is asked about reports in some languages. */
export function describeQuestion(
  { text, spelledOut }: Pick<Question, "text" | "spelledOut">,
  languages: ReadonlySet<string>,
): Question {
  const language = detectLanguage(text);
  return { text, spelledOut, language, isNative: isIn(languages, text, language) };
}

/**
 * The letters and numbers of a question, folded, with the symbols that make them others (`C++`, `10%`): two questions with one key are the
 * same.
 */
export function questionKey(question: string): string {
  const folded = foldText(readQuestion(question));
  return [withoutMarks(folded, " ").trim(), ...signsIn(folded)].join(" ");
}
