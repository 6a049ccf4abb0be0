import { detect } from "tinyld/light";
import { kindOf } from "../index/generation.ts";
import type { Generation, IndexedPassage, IndexedReport } from "../index/generation.ts";
import { isCitable } from "../report.ts";
import { hanScript } from "../text/fold.ts";

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

/** Whether a question is in one of the given languages, or in none: numbers are written alike in all. */
export function isIn(
  languages: ReadonlySet<string>,
  question: string,
  language: Language,
): boolean {
  return languages.has(primaryTag(language)) || question.search(LETTER) < 0;
}

/** A language without its script: `zh` for `zh-Hant`. */
export function primaryTag(language: Language): string {
  return language.split("-")[0] ?? language;
}

/** Below this share of the reports a language is a wrong guess, or too little to be asked about in. */
const MIN_REPORT_SHARE = 0.1;

/** Passages by which a report's language is told: what stands first alone may be a motto or an address. */
const TOLD_BY = 5;

/** What says who wrote a report and when may be in another language than the report. */
function isProse(passage: IndexedPassage): boolean {
  const kind = kindOf(passage);
  return isCitable(kind) && kind !== "byline" && kind !== "code";
}

/** The languages that the reports are written in, by their first passages of prose, if need be by all; without script. */
export async function languagesOf(
  index: Pick<Generation, "passages" | "reports" | "readTexts">,
): Promise<ReadonlySet<string>> {
  const prose = index.passages.filter(isProse);
  const firstOf = new Map<IndexedReport, IndexedPassage[]>();
  for (const passage of prose.length > 0 ? prose : index.passages) {
    const first = firstOf.get(passage.report) ?? [];
    if (first.length < TOLD_BY) firstOf.set(passage.report, [...first, passage]);
  }
  const counts = new Map<string, number>();
  for (const first of firstOf.values()) {
    const text = (await index.readTexts(first)).join("\n");
    const tag = primaryTag(detectLanguage(text));
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  const least = MIN_REPORT_SHARE * index.reports.length;
  return new Set([...counts].filter(([, count]) => count >= least).map(([tag]) => tag));
}
