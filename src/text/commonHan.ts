import { foldHan } from "./fold.ts";
import { readGb2312Level1 } from "./hanCharsets.ts";

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
  common ??= new Set(Array.from(readGb2312Level1(), foldHan));
  const known = common;
  const hits = characters.filter((it) => MARKS.test(it) || known.has(foldHan(it)));
  return hits.length / characters.length;
}
