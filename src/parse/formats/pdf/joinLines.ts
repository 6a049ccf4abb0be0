/** Lines of a paragraph -> its text. */

/** Scripts that put no space between words, and the marks of those. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303F\uFF00-\uFFEF]/u;
const SOFT_HYPHEN = "\u00AD";
const LAST_PART = /(?<!\p{L})(\p{L}+)[-\u2010]$/u;
/** No word of a lexicon is longer, in UTF-16 code units: what is joined is not read from its start for every line. */
const MAX_WORD_UNITS = 100;
const FIRST_PART = /^\p{Ll}\p{L}*/u;

/** Says whether a word is known, in lower case. */
export type IsWord = (word: string) => boolean;

/** Joins lines; a hyphen at a line's end goes where the word goes on without it. */
export function joinLines(lines: readonly string[], isWord: IsWord): string {
  return lines.reduce((text, line) => joinTwo(text, line, isWord));
}

function joinTwo(text: string, line: string, isWord: IsWord): string {
  if (text.endsWith(SOFT_HYPHEN)) return text.slice(0, -1) + line;
  const last = LAST_PART.exec(text.slice(-MAX_WORD_UNITS))?.[1];
  if (last !== undefined)
    return joinAtHyphen(text, line, (first) => isCompound(last, first, isWord));
  const isUnspaced = UNSPACED.test(text.at(-1) ?? "") || UNSPACED.test(line.at(0) ?? "");
  return isUnspaced || /\p{L}\u2014$/u.test(text) ? text + line : `${text} ${line}`;
}

function joinAtHyphen(text: string, line: string, keeps: (first: string) => boolean): string {
  const first = FIRST_PART.exec(line)?.[0];
  if (first === undefined) return /^\p{L}/u.test(line) ? text + line : `${text} ${line}`;
  return keeps(first) ? text + line : text.slice(0, -1) + line;
}

/** Whether the hyphen belongs to the word: `self-` and `contained`. */
function isCompound(last: string, first: string, isWord: IsWord): boolean {
  const [one, other] = [last.toLowerCase(), first.toLowerCase()];
  if (isWord(`${one}${other}`)) return false;
  return isWord(`${one}-${other}`);
}

/** The words of a text, as {@link joinLines} asks for them. */
export function wordsOf(lines: readonly string[]): IsWord {
  const words = new Set(
    lines.flatMap((line) => line.toLowerCase().match(/\p{L}+(?:-\p{L}+)*(?!-$)/gu) ?? []),
  );
  return (word) => words.has(word);
}
