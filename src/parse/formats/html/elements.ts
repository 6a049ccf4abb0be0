/** What elements do to the lines of a text. */
import { collapse, seenOf } from "../shownText.ts";
import { rawTextOf, walk } from "./tree.ts";
import type { Element } from "./tree.ts";
import { attributeOf } from "./tree.ts";

const BLOCKS: ReadonlySet<string> = new Set([
  ...["html", "body", "main", "article", "section", "nav", "aside", "header", "footer", "search"],
  ...["div", "center", "p", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "address", "hr", "pre"],
  ...["blockquote", "figure", "figcaption", "ul", "ol", "menu", "dir", "li", "dl", "dt", "dd"],
  ...["form", "fieldset", "legend", "details", "summary", "dialog", "listing", "xmp", "plaintext"],
  ...["table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "noscript", "template"],
  ...["option", "optgroup", "textarea", "iframe", "frameset", "frame", "noframes", "head"],
]);

/** Whether an element stands on lines of its own. */
export function isBlock({ tagName }: Element): boolean {
  return BLOCKS.has(tagName);
}

/** The words below an element on one line, without what is left out of it. */
export function lineOf(root: Element, whyOut: (element: Element) => string | undefined): string {
  let said = "";
  const gap = (element: Element): void => {
    if (isBlock(element) || element.tagName === "br") said += " ";
  };
  walk(root, {
    enter: (element) => {
      gap(element);
      return (element === root || whyOut(element) === undefined) && !isMark(element);
    },
    text: (value) => {
      said += seenOf(value);
    },
    leave: gap,
  });
  return collapse(said);
}

/** Whether an element is a sign that leads to another place of the page, as `#` and `¶` beside headings and `↩` behind notes do. */
export function isMark(element: Element): boolean {
  if (element.tagName !== "a" || attributeOf(element, "href")?.startsWith("#") !== true)
    return false;
  return !/[\p{L}\p{N}*†‡]/u.test(rawTextOf(element));
}
