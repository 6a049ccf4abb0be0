/** The language of a report and the direction of its script, told by its first sentences of prose. Pure. */
import { isCitable } from "../report.ts";
import type { Block, Report } from "../report.ts";
import { detectLanguage } from "../search/language.ts";
import { sliceOf } from "../text/spans.ts";

/** How a report is written. */
export interface ReportLanguage {
  /** A tag, `und` where nobody can tell. */
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
}

/** So much of its prose tells a report's language, in UTF-16 code units. */
const TOLD_BY_CHARS = 4_000;

const RTL_LETTER =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/gu;
const LETTER = /\p{L}/gu;

/** Reads a report's language and direction. */
export function languageOf({ text, blocks }: Pick<Report, "text" | "blocks">): ReportLanguage {
  const prose = blocks.filter(isProse);
  let told = "";
  for (const { span } of prose.length > 0 ? prose : blocks) {
    if (told.length >= TOLD_BY_CHARS) break;
    told += `${sliceOf(text, span)}\n`;
  }
  const sample = told.slice(0, TOLD_BY_CHARS);
  const letters = sample.match(LETTER)?.length ?? 0;
  const isRtl = (sample.match(RTL_LETTER)?.length ?? 0) > letters / 2;
  return { lang: detectLanguage(sample), dir: isRtl ? "rtl" : "ltr" };
}

/** Who wrote it and when may be said in another language, and code is in none. */
function isProse({ kind }: Block): boolean {
  return isCitable(kind) && kind !== "byline" && kind !== "code";
}
