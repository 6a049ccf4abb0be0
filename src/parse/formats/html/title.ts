/** What a page's article is called. */
import type { Article } from "./article.ts";
import { lineOf } from "./elements.ts";
import { whyHidden } from "./leftOut.ts";
import type { Metadata } from "./metadata.ts";
import { elementsOf, isBelow } from "./tree.ts";
import type { Element } from "./tree.ts";

/** A title, and the heading that says it, where one does. */
interface Title {
  readonly text: string | undefined;
  readonly element?: Element;
}

/** The heading that the page's own metadata names; else the first one of the article; else what the metadata say without a heading. */
export function titleOf(
  body: Element,
  { root, whyOut }: Article,
  { titles, siteName }: Metadata,
): Title {
  const headings = elementsOf(body, "h1", "h2", "h3")
    .map((element) => ({ element, text: lineOf(element, whyHidden) }))
    .filter(({ text }) => text !== "" && text !== siteName);
  const named = headings
    .filter(({ text }) => titles.some((title) => isNamedBy(bare(text), bare(title))))
    .sort((a, b) => b.text.length - a.text.length)[0];
  const inside = headings.find(
    ({ element }) =>
      element.tagName === "h1" && isBelow(element, root) && whyOut(element) === undefined,
  );
  const chosen = named ?? inside;
  if (chosen !== undefined) return chosen;
  const [title] = titles;
  return { text: title && withoutSite(title, siteName) };
}

function bare(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

/** Whether a heading is what a page's title names: it is most of it, or a good part at its start. */
function isNamedBy(heading: string, title: string): boolean {
  if (heading === "" || !title.includes(heading))
    return heading !== "" && heading.startsWith(title) && title.length * 2 > heading.length;
  return (
    heading.length * 2 > title.length ||
    (title.startsWith(heading) && heading.length * 4 > title.length)
  );
}

const SEPARATOR =
  /(?<!\s)\s+[|\-–—·•»«:_/\\>‹›]\s+|(?:(?<!\s)\s+)?[|｜_»]\s*|(?<=\p{Script=Han})\s*[-–—]+\s*(?=\p{Script=Han})/u;

/** A title without the name of the site: that name is said apart, or is the shorter end. */
function withoutSite(title: string, siteName: string | undefined): string {
  const pieces = title.split(SEPARATOR).filter((it) => it !== "" && it !== siteName);
  if (pieces.length < 2) return pieces[0] ?? title;
  const [first = title, last = ""] = [pieces[0], pieces.at(-1)];
  return first.length >= last.length || pieces.length > 2 ? first : last;
}
