/** The words of a text as they are shown. */

const WHITE_SPACE = /[ \t\n\f\r]+/gu;
/** Scripts that are written without spaces: a line that is broken between two of their characters is joined without one. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** White space as CSS shows it: all of it together as one space, or none between two characters that need none. */
export function collapse(text: string): string {
  const collapsed = text.replace(WHITE_SPACE, (gap, at: number) => {
    const isJoined =
      gap.includes("\n") &&
      WIDE.test(text.charAt(at - 1)) &&
      WIDE.test(text.charAt(at + gap.length));
    return isJoined ? "" : " ";
  });
  return collapsed.trim();
}

/** Soft hyphens and marks of no width where a line may be broken, and characters that no page shows. */
const UNSEEN = /[\0-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]/gu;

/** What of a text a page shows. */
export function seenOf(text: string): string {
  return text.replace(UNSEEN, "");
}
