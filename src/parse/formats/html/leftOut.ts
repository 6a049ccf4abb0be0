/** Which elements of a page a reader does not see, or are not the article, by what they are and what they are called. */
import { attributeOf, findElement, parentOf } from "./tree.ts";
import type { Element } from "./tree.ts";

/** Why each element is left out; "" for what has no words of its own. */
const BY_TAG: ReadonlyMap<string, string> = new Map([
  ...["script", "style", "template", "noscript", "head", "svg", "canvas", "iframe"].map(nothing),
  ...["object", "embed", "audio", "video", "map", "rt", "rp", "annotation"].map(nothing),
  ...["annotation-xml", "datalist", "select", "textarea", "frameset", "noframes"].map(nothing),
  ["button", "button"],
  ["nav", "navigation"],
  ["menu", "menu"],
  ["aside", "aside"],
  ["dialog", "dialog"],
  ["footer", "footer"],
  ["header", "header"],
]);

function nothing(tag: string): readonly [string, string] {
  return [tag, ""];
}

const BY_ROLE: ReadonlyMap<string, string> = new Map([
  ["navigation", "navigation"],
  ["menu", "menu"],
  ["menubar", "menu"],
  ["toolbar", "menu"],
  ["tablist", "menu"],
  ["button", "button"],
  ["search", "search"],
  ["banner", "header"],
  ["contentinfo", "footer"],
  ["complementary", "aside"],
  ["dialog", "dialog"],
  ["alertdialog", "dialog"],
]);

/** Words of classes and ids, as people name them, for what is not the article. */
const BY_NAME: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^(?:cookies?|consent|gdpr|cmp)$/u, "cookie notice"],
  [/^(?:nav|navs|navbar|navbox|navigation|menus?|submenu|breadcrumbs?|crumbs?)$/u, "navigation"],
  [/^(?:pagination|pager|jumplinks?|skiplinks?|catlinks|editsection|toolbar)$/u, "navigation"],
  [/^(?:sidebars?|siderail|noprint)$/u, "aside"],
  [/^(?:comments?|disqus|replies|respond|commentlist)$/u, "comments"],
  [
    /^(?:related|recommended|recommendations?|teasers?|readmore|outbrain|taboola)$/u,
    "related links",
  ],
  [
    /^(?:ads?|advert|adverts|advertisement|advertising|adsense|sponsor|sponsored|promos?|promoted)$/u,
    "advertisement",
  ],
  [/^(?:share|sharing|sharebar|social|socials|sharedaddy|addthis)$/u, "share buttons"],
  [/^(?:newsletter|subscribe|subscription|signup|login|popup|modal|overlay|paywall)$/u, "notice"],
  [/^(?:footer|copyright|printfooter)$/u, "footer"],
  [/^(?:vjs|jwplayer|videoplayer|mediaplayer|player)$/u, "player"],
];

/** Names of what is shown to screen readers alone. */
const HIDDEN_NAME =
  /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|element-invisible|hidden|invisible)(?:\s|$)/iu;

/** Why an element of the page is surely not the article's text; "" where there is nothing to tell, undefined where it may be. */
export function whyLeftOut(element: Element): string | undefined {
  const { tagName } = element;
  const role = attributeOf(element, "role")?.toLowerCase() ?? "";
  if (isNotes(element)) return whyHidden(element);
  if (tagName === "header" && isOfArticle(element)) return whyHidden(element);
  if (tagName === "footer" && isWithin(element, "blockquote", "figure")) return whyHidden(element);
  return BY_TAG.get(tagName) ?? BY_ROLE.get(role) ?? whyHidden(element);
}

/** Why an element that is hidden is; undefined where it is seen. */
export function whyHidden(element: Element): string | undefined {
  const isSilent = BY_TAG.get(element.tagName) === "";
  if (isSilent) return "";
  if (attributeOf(element, "hidden") !== undefined) return "hidden";
  if (attributeOf(element, "aria-hidden")?.toLowerCase() === "true") return "hidden";
  if (HIDDEN_NAME.test(attributeOf(element, "class") ?? "")) return "hidden";
  return isHiddenByStyle(element) ? "hidden" : undefined;
}

/** What the names of an element say that it is, other than the article; undefined where they say nothing of that kind. */
export function whyByName(element: Element): string | undefined {
  const words = namesOf(element);
  return BY_NAME.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1];
}

/** Names of more words are made of what a section is about: `sharing-changes-with-others`. */
const MAX_WORDS = 3;

/** The words of an element's classes and id: `relatedArticles` and `related-articles` are the same two. */
function namesOf(element: Element): string[] {
  const names = `${attributeOf(element, "class") ?? ""} ${attributeOf(element, "id") ?? ""}`;
  return names.split(/\s+/u).flatMap((name) => {
    const words = name
      .replace(/([a-z\d])([A-Z])/gu, "$1 $2")
      .toLowerCase()
      .split(/[^a-z\d]+/u)
      .filter((word) => word !== "");
    return words.length > MAX_WORDS ? [] : words;
  });
}

/** Whether an element within a line is for those who edit the page, or for a link to this place of it. */
export function isLabel(element: Element): boolean {
  return namesOf(element).some((word) =>
    /^(?:editsection|headerlink|headeranchor|permalink)$/u.test(word),
  );
}

const NOTES_ROLE = /^doc-(?:footnotes?|endnotes?|noteref)$/u;
const NOTES_NAME = /^(?:footnotes?|endnotes?|fnlist|reflist|references)$/u;

/** Whether an element holds notes of the text. */
export function isNotes(element: Element): boolean {
  return (
    NOTES_ROLE.test(attributeOf(element, "role") ?? "") ||
    (!INLINE_NOTES.has(element.tagName) && namesOf(element).some((word) => NOTES_NAME.test(word)))
  );
}

const INLINE_NOTES = new Set(["a", "sup", "span", "body", "html"]);

/** A page's header is not the article's, which may hold the heading, its author and a first sentence. */
function isOfArticle(element: Element): boolean {
  return (
    isWithin(element, "article", "main", "section") && findElement(element, "nav") === undefined
  );
}

/** Whether an element stands in one of a name. */
export function isWithin(element: Element, ...names: readonly string[]): boolean {
  for (let it = parentOf(element); it !== undefined; it = parentOf(it)) {
    if (names.includes(it.tagName)) return true;
  }
  return false;
}

const ZERO = "(?:0+(?:\\.0+)?|\\.0+)";
const UNSEEN = new RegExp(
  "(?:^|;)\\s*(?:display\\s*:\\s*none|visibility\\s*:\\s*(?:hidden|collapse)" +
    `|(?:opacity\\s*:\\s*${ZERO}|font-size\\s*:\\s*${ZERO}(?:px|em|pt|rem|%)?)\\s*(?:;|!|$))`,
  "iu",
);
const WHITE =
  "(?:#fff(?:fff)?|white|rgba?\\(\\s*255\\s*,\\s*255\\s*,\\s*255\\s*(?:,\\s*1\\s*)?\\))\\s*(?:;|!|$)";
const WHITE_TEXT = new RegExp(`(?:^|;)\\s*color\\s*:\\s*${WHITE}`, "iu");
const BACKGROUND = /(?:^|;)\s*background(?:-color|-image)?\s*:/iu;
const WHITE_BACKGROUND = new RegExp(`(?:^|;)\\s*background(?:-color)?\\s*:\\s*${WHITE}`, "iu");

function isHiddenByStyle(element: Element): boolean {
  const style = attributeOf(element, "style");
  if (style !== undefined && UNSEEN.test(style)) return true;
  const isWhite =
    (style !== undefined && WHITE_TEXT.test(style)) ||
    (element.tagName === "font" &&
      /^(?:#fff(?:fff)?|white)$/iu.test(attributeOf(element, "color") ?? ""));
  return isWhite && isOnWhite(element);
}

/** Whether the nearest background that is declared within the page is white, as it is where none is. */
function isOnWhite(element: Element): boolean {
  for (let it: Element | undefined = element; it !== undefined; it = parentOf(it)) {
    const style = attributeOf(it, "style") ?? "";
    if (BACKGROUND.test(style)) return WHITE_BACKGROUND.test(style);
    const colour = attributeOf(it, "bgcolor");
    if (colour !== undefined) return /^(?:#fff(?:fff)?|white)$/iu.test(colour);
  }
  return true;
}
