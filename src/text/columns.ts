const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u;
const NARROW = /^[\0-\u02ff]*$/u;
const MARK = /[\p{M}\p{Cf}]/u;

/** How wide a text is set in a font of one width: a Han character has two columns, a mark on a letter none. */
export function columnsOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  let columns = 0;
  for (const character of text) {
    if (WIDE.test(character)) columns += 2;
    else if (!MARK.test(character)) columns++;
  }
  return columns;
}
