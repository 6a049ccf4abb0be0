import pc from "picocolors";
import type { Mention } from "../ask/mentions.ts";
import { placeText, printable } from "./answerText.ts";

/**
 * How many sentences hold the words, before they are listed.
 *
 * @param useColors Whether to write it in bold; false gives plain text.
 */
export function renderCount(words: string, total: number, useColors: boolean): string {
  const { bold } = pc.createColors(useColors);
  const shown = printable(words);
  if (total === 0) return `No sentence holds ${shown}. What it means can be asked: verbatim ask`;
  return bold(
    total === 1
      ? `1 sentence holds ${shown}`
      : `${total.toLocaleString("en-US")} sentences hold ${shown}`,
  );
}

/**
 * A sentence with its words marked, and where it stands.
 *
 * @param useColors Whether to mark the words in bold; false gives plain text.
 */
export function renderMention(mention: Mention, useColors: boolean): string {
  const { bold, dim } = pc.createColors(useColors);
  const { text, highlights, columns } = mention;
  let marked = "";
  let done = 0;
  for (const [from, to] of highlights) {
    marked += printable(text.slice(done, from)) + bold(printable(text.slice(from, to)));
    done = to;
  }
  marked += printable(text.slice(done));
  const heads = columns === undefined ? [] : [dim(printable(columns))];
  return [...heads, marked, dim(`   ${placeText(mention)}`)].join("\n");
}
