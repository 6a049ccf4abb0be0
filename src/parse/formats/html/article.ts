/** Which part of a page is the article. */
import { isLabel, isWithin, whyByName, whyHidden, whyLeftOut } from "./leftOut.ts";
import { isBlock } from "./elements.ts";
import { attributeOf, elementsOf, parentOf, walk } from "./tree.ts";
import type { Element } from "./tree.ts";

/** What is read of a page, and why the rest of it is not. */
export interface Article {
  readonly root: Element;
  /** Why an element of the page is left out; "" where there is nothing to tell of it, undefined for those that are read. */
  readonly whyOut: (element: Element) => string | undefined;
}

/** The words below an element. */
interface Measure {
  /** Characters that are seen. */
  chars: number;
  /** Those of them that are links. */
  linked: number;
  /** Those of them in paragraphs of whole sentences. */
  prose: number;
}

type WhyOut = Article["whyOut"];

/** Finds the article: the smallest element that holds most of the page's prose, without what is named or looks like something else. */
export function articleOf(body: Element): Article {
  const seen = measure(body, whyLeftOut).get(body);
  if (seen === undefined || seen.chars === 0) return { root: body, whyOut: whyHidden };
  if (seen.prose === 0) return { root: body, whyOut: whyLeftOut };
  const named = withNames(body);
  const measures = measure(body, named);
  const root = mostProse(body, measures);
  const above = ancestorsOf(root);
  const isOutside = (element: Element): boolean => {
    const parent = parentOf(element);
    return parent !== undefined && above.has(parent) && element !== root && !above.has(element);
  };
  const whyOut: WhyOut = (element) => {
    if (above.has(element)) return undefined;
    const why = named(element) ?? (isOutside(element) ? "not the article" : undefined);
    return why ?? (isLinks(element, measures.get(element)) ? "links" : undefined);
  };
  return { root, whyOut };
}

function ancestorsOf(element: Element): ReadonlySet<Element> {
  const above = new Set<Element>();
  for (let it = parentOf(element); it !== undefined; it = parentOf(it)) above.add(it);
  return above;
}

/** Least share of the page's prose that stands outside of what a name may take away. */
const MIN_REST = 0.25;

/** Leaves out what its names say is not the article, unless hardly anything would be left. */
function withNames(body: Element): WhyOut {
  const measures = measure(body, whyLeftOut);
  const all = measures.get(body)?.prose ?? 0;
  const isMinor = (element: Element): boolean =>
    all - (measures.get(element)?.prose ?? 0) >= MIN_REST * all;
  return (element) => {
    const why = whyLeftOut(element);
    if (why !== undefined || isHolder(element)) return why;
    if (!isBlock(element)) return isLabel(element) ? "" : undefined;
    return isMinor(element) ? whyByName(element) : undefined;
  };
}

function isHolder(element: Element): boolean {
  return ["html", "body", "main", "article", "p", "h1", "h2", "td", "th", "tr"].includes(
    element.tagName,
  );
}

/** Share of the prose that an element holds to be taken for the article: of those that say they are it, and of all others. */
const MIN_SHARE = { named: 0.5, other: 0.95 } as const;

function mostProse(body: Element, measures: ReadonlyMap<Element, Measure>): Element {
  const prose = (element: Element): number => measures.get(element)?.prose ?? 0;
  const articles = elementsOf(body, "main", "article", "div", "section", "td").filter(
    (it) => isCalledArticle(it) && prose(it) >= MIN_SHARE.named * prose(body),
  );
  let root = articles.at(-1) ?? body;
  const next = (): Element | undefined =>
    root.childNodes.find(
      (it): it is Element =>
        "tagName" in it && isBlock(it) && prose(it) >= MIN_SHARE.other * prose(root),
    );
  for (let it = next(); it !== undefined && it.tagName !== "p"; it = next()) root = it;
  return root;
}

function isCalledArticle(element: Element): boolean {
  return (
    element.tagName === "main" ||
    element.tagName === "article" ||
    attributeOf(element, "role") === "main" ||
    attributeOf(element, "itemprop") === "articleBody"
  );
}

/** Narrower stretches of text are labels. A Han character has two columns. */
const MIN_PROSE_COLUMNS = 50;

/** Share of characters in links from which on an element is a list of links. */
const MAX_LINKED = 0.5;

function isLinks(element: Element, measured: Measure | undefined): boolean {
  if (measured === undefined || measured.chars === 0 || measured.prose > 0) return false;
  if (!LINK_LISTS.has(element.tagName) || isWithin(element, "table", "dl")) return false;
  return measured.linked > MAX_LINKED * measured.chars;
}

const LINK_LISTS = new Set(["ul", "ol", "div", "section", "p"]);

/** Measures all elements that are read. */
function measure(root: Element, whyOut: WhyOut): Map<Element, Measure> {
  const measures = new Map<Element, Measure>();
  const open: Measure[] = [];
  let links = 0;
  let run = { chars: 0, linked: 0, columns: 0 };
  const endRun = (): void => {
    const isProse = run.columns >= MIN_PROSE_COLUMNS && run.linked < MAX_LINKED * run.chars;
    addTo(open.at(-1), { ...run, prose: isProse ? run.chars : 0 });
    run = { chars: 0, linked: 0, columns: 0 };
  };
  walk(root, {
    enter: (element) => {
      if (element !== root && whyOut(element) !== undefined) return false;
      if (isBlock(element)) endRun();
      if (element.tagName === "a") links++;
      const own = { chars: 0, linked: 0, prose: 0 };
      measures.set(element, own);
      return open.push(own) > 0;
    },
    text: (value) => {
      const words = value.trim();
      run.chars += words.length;
      run.columns += words.length + (words.match(WIDE)?.length ?? 0);
      if (links > 0) run.linked += words.length;
    },
    leave: (element) => {
      if (isBlock(element)) endRun();
      if (element.tagName === "a") links--;
      const own = open.pop();
      if (own) addTo(open.at(-1), own);
    },
  });
  return measures;
}

const WIDE = /[\u2e80-\u9fff\uac00-\ud7af]/gu;

function addTo(sum: Measure | undefined, { chars, linked, prose }: Measure): void {
  if (sum === undefined) return;
  sum.chars += chars;
  sum.linked += linked;
  sum.prose += prose;
}
