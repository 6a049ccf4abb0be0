import { detect } from "tinyld/light";
import { hanScript } from "../text/hanScript.ts";

/** A language tag: `zh-Hans`, `zh-Hant`, `zh` (characters that both write alike), another ISO 639-1 code, or `und`. */
export type Language = string;

const HAN = /\p{Script=Han}/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const LETTER = /\p{L}/gu;

/** Below this share of a question's letters, Han characters are names and terms within another language. */
const MIN_HAN_SHARE = 0.5;

/** Guesses the language of a question; a guess on three words is often wrong, so nothing may depend on it alone. */
export function detectLanguage(question: string): Language {
  const han = question.match(HAN)?.length ?? 0;
  const letters = question.match(LETTER)?.length ?? 0;
  if (han > 0 && !KANA.test(question) && han >= MIN_HAN_SHARE * letters) {
    const script = hanScript(question);
    return script === undefined ? "zh" : `zh-${script}`;
  }
  return detect(question) || "und";
}

/** A language without its script: `zh` for `zh-Hant`. */
export function primaryTag(language: Language): string {
  return language.split("-")[0] ?? language;
}
