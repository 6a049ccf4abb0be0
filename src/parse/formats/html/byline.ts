/** Where a page names who wrote its article. */
import { lineOf } from "./elements.ts";
import { attributeOf, elementsOf, isElement, walk } from "./tree.ts";
import type { Element } from "./tree.ts";

/** The most characters of a line that names authors. */
export const MAX_BYLINE_CHARS = 100;

/** Classes of what names the authors, as sites of several languages have them. */
const NAME =
  /^(?:(?:[\w]+-)*(?:byline|author|authors|author-?names?|auteur|autor|autore|författare|writer|p-author)|by-?line\w*)$/iu;

/** Whether an element says that it names the author. */
export function isBylineElement(element: Element): boolean {
  if (/(?:^|\s)author(?:\s|$)/u.test(attributeOf(element, "rel") ?? ""))
    return element.tagName === "a";
  if (/(?:^|\s)author(?:\s|$)/u.test(attributeOf(element, "itemprop") ?? "")) return true;
  return (attributeOf(element, "class") ?? "").split(/\s+/u).some((it) => NAME.test(it));
}

/** The name that the first such element says that is read; undefined where there is none. */
export function authorOf(
  body: Element,
  whyOut: (element: Element) => string | undefined,
): string | undefined {
  const found: string[] = [];
  walk(body, {
    enter: (element) => {
      if (found.length > 0 || whyOut(element) !== undefined) return false;
      if (!isBylineElement(element)) return true;
      const words = lineOf(namePart(element) ?? element, whyOut);
      if (isNames(words) && words.length <= MAX_BYLINE_CHARS) found.push(words);
      return false;
    },
  });
  return found[0] === undefined ? undefined : withoutBy(found[0]);
}

/** Where a name stands there is no date or count. */
function isNames(words: string): boolean {
  return /\p{L}/u.test(words) && !/\d{2}/u.test(words);
}

const POSTED_BY =
  /^(?:posted|written|published|reported)\s+by\s+((?:\p{Lu}[\p{L}.'’-]*\s?){2,5})/iu;

/** The name in a line that says no more than who wrote the text, of all lines of a page. */
export function authorIn(lines: readonly string[]): string | undefined {
  const [line] = lines.flatMap((it) => POSTED_BY.exec(it)?.[1] ?? []);
  return line?.replace(/(?<![\s.])[\s.]+$/u, "");
}

/** Within what says more of a person, the name alone. */
function namePart(element: Element): Element | undefined {
  const all = elementsOf(element, "span", "a", "div", "p", "strong", "b").filter(isElement);
  return all.find(
    (it) => attributeOf(it, "itemprop") === "name" || attributeOf(it, "rel") === "author",
  );
}

const BY =
  /^(?:(?:written |posted |published )?by|von|par|por|di|door|da|av|af|od|автор|作者|文|撰文|記者|记者|取材|글)(?:\s*[:：／/]\s*|\s+)/iu;

/** A line that names the author, without the word before the name. */
export function withoutBy(author: string): string {
  return author.replace(BY, "");
}
