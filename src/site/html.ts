/** Texts within HTML, whatever they hold. Pure. */

const SPECIAL = /[&<>"]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** What no page may hold: controls, which HTML forbids but for tabs and line ends, and halves of characters. */
const FORBIDDEN = /(?![\t\n])[\p{Cc}\p{Surrogate}\uFDD0-\uFDEF]|\p{Noncharacter_Code_Point}/gu;
const REPLACEMENT = "\u{FFFD}";

/** A text that is shown letter for letter, in an element or between the quotation marks of an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(FORBIDDEN, REPLACEMENT).replace(SPECIAL, (it) => ESCAPES[it] ?? it);
}

/** Marks of direction: where no element can keep them apart they are left out. */
const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A text in one line where no element can stand: in the page's title, or in an attribute. */
export function escapeLine(text: string): string {
  return escapeHtml(text.replace(BIDI_CONTROLS, "").replace(/\s+/gu, " ").trim());
}

/** Data within a `<script>` that is not run: nothing in it can end the element. */
export function escapeJson(data: unknown): string {
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/gu, (it) => {
    return `\\u${(it.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
}
