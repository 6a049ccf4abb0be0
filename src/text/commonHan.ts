import { foldHan } from "./fold.ts";

/** Bytes of the first level of GB 2312, its 3,755 most used characters: rows of 94 cells. */
const ROWS = { first: 0xb0, count: 40 };
const CELLS = { first: 0xa1, count: 94 };

let common: ReadonlySet<string> | undefined;

const MARKS =
  /[\u2010-\u2027\u2030-\u205e\u2160-\u217f\u2460-\u249b\u3000-\u303f\uff00-\uff5e·×÷°]/u;

/**
 * The share of a text's non-ASCII characters that are in daily use in Chinese (either script) or are punctuation, 0 to 1;
 * 1 if it has only ASCII ones. A text that was decoded wrongly has mostly others.
 */
export function commonHanShare(text: string): number {
  const characters = Array.from(text.replace(/[\0-\x7f]/gu, ""));
  if (characters.length === 0) return 1;
  common ??= readLevel1();
  const known = common;
  const hits = characters.filter((it) => MARKS.test(it) || known.has(foldHan(it)));
  return hits.length / characters.length;
}

function readLevel1(): ReadonlySet<string> {
  const bytes = Uint8Array.from({ length: 2 * ROWS.count * CELLS.count }, (_, i) => {
    const place = i >> 1;
    return i % 2 === 0
      ? ROWS.first + Math.floor(place / CELLS.count)
      : CELLS.first + (place % CELLS.count);
  });
  // The last five cells of the level are empty.
  const characters = new TextDecoder("gb18030").decode(bytes);
  return new Set(Array.from(characters, foldHan));
}
