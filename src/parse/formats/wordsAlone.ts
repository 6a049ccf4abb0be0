/** A plain text without those of its lines that are none of its words. */
import { HAN } from "../../text/hanCharsets.ts";
import type { LeftOut } from "../outline.ts";
import { findContents } from "./contentsLines.ts";
import { findPageLines, goesOn } from "./pageLines.ts";
import { readLines } from "./textLines.ts";
import type { TextLine } from "./textLines.ts";

/** A text of words alone, and what it was freed of. */
interface Words {
  readonly text: string;
  readonly leftOut: readonly LeftOut[];
}

/** Leaves out what pages and tables of contents put between the lines; a sentence that a page broke off is one again. */
export function withoutPages(text: string): Words {
  const lines = readLines(text);
  const leaving = new Map([...findContents(lines), ...findPageLines(lines)]);
  if (leaving.size === 0 && !text.includes("\f")) return { text, leftOut: [] };
  const said: string[] = [];
  let last: number | undefined;
  lines.forEach((line, i) => {
    if (leaving.has(i)) return;
    said.push(gapBefore(lines, i, last, text), line.text);
    last = i;
  });
  const leftOut = [...leaving]
    .sort(([a], [b]) => a - b)
    .map(([i, { why }]) => ({ text: lines[i]?.text ?? "", why }));
  return { text: said.join(""), leftOut };
}

/** What stands between a line and the last one that was kept. */
function gapBefore(
  lines: readonly TextLine[],
  i: number,
  last: number | undefined,
  text: string,
): string {
  const [before, line] = [last === undefined ? undefined : lines[last], lines[i]];
  if (before === undefined || line === undefined || last === undefined) return "";
  const between = lines.slice(last + 1, i + 1);
  const isBroken = i > last + 1 || line.isNewPage;
  if (isBroken && goesOn(before.text, line.text)) return joint(before.text, line.text);
  if (!isBroken) return text.slice(before.span.end, line.span.start);
  return between.some(({ isApart }) => isApart) ? "\n\n" : "\n";
}

/** Han characters have no space between them. */
function joint(before: string, after: string): string {
  const isHan = [before.slice(-1), after.charAt(0)].some((it) => HAN.test(it) || WIDE.test(it));
  return isHan ? "" : " ";
}

const WIDE = /[\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]/u;
