/** What was understood of a report's file, for whoever wonders. */
import type { Summary } from "../parse/summary.ts";
import { printable } from "./answerText.ts";

/** Most characters that are shown of what was left out, and most lines of it. */
const MAX_SHOWN_CHARS = 60;
const MAX_SHOWN_LINES = 40;

/** An outline as lines. */
export function renderOutline(outline: Summary): string {
  const { headings, blocks, leftOut } = outline;
  const facts = (["title", "author", "date", "url", "pages"] as const).flatMap((name) =>
    outline[name] === undefined ? [] : [`${name}: ${printable(String(outline[name]))}`],
  );
  const indented = headings.map(({ text, level, page }) => {
    const place = page === undefined ? "" : `  (p. ${page})`;
    return `${"  ".repeat(level)}${printable(text)}${place}`;
  });
  const kinds = Object.entries(blocks).map(([kind, count]) => `${count} ${kind}`);
  const out = leftOut
    .slice(0, MAX_SHOWN_LINES)
    .map(({ text, why }) => `  ${shown(text)}  (${why})`);
  const more = leftOut.length > out.length ? [`  … and ${leftOut.length - out.length} more`] : [];
  return [
    ...facts,
    headings.length > 0 ? "headings:" : "headings: none",
    ...indented,
    `blocks: ${kinds.join(", ")}`,
    `sentences: ${outline.sentences}`,
    ...(leftOut.length > 0 ? ["left out:", ...out, ...more] : []),
    "",
  ].join("\n");
}

function shown(text: string): string {
  const line = Array.from(printable(text).replace(/\s+/gu, " "));
  return line.length > MAX_SHOWN_CHARS
    ? `${line.slice(0, MAX_SHOWN_CHARS).join("")}…`
    : line.join("");
}
