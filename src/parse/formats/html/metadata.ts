/** What a page says of itself beside its text. */
import * as v from "valibot";
import type { Front } from "../../../report.ts";
import { collapse } from "../shownText.ts";
import { withoutBy } from "./byline.ts";
import { attributeOf, elementsOf, rawTextOf } from "./tree.ts";
import type { Element } from "./tree.ts";

/** What stands in the head of a page. */
export interface Metadata {
  /** What it may be called, the likeliest first; the name of the site may stand before or behind. */
  readonly titles: readonly string[];
  readonly siteName: string | undefined;
  readonly front: Front;
}

const NAMES = {
  title: ["og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title"],
  author: [
    ...["author", "article:author", "dc.creator", "dcterms.creator", "citation_author"],
    ...["parsely-author", "byl", "sailthru.author"],
  ],
  date: [
    ...["article:published_time", "datepublished", "dc.date", "dc.date.issued", "dcterms.date"],
    ...["dcterms.issued", "dcterms.created", "citation_publication_date", "citation_date"],
    ...["parsely-pub-date", "pubdate", "publishdate", "date"],
  ],
} as const;

/** Reads the metadata of a page: meta elements, JSON-LD, the canonical link. */
export function metadataOf(page: Element): Metadata {
  const metas = metasOf(page);
  const find = (names: readonly string[]): string | undefined =>
    names.map((name) => metas.get(name)).find((it) => it !== undefined && it !== "");
  const linked = linkedDataOf(page);
  const title = elementsOf(page, "title")[0];
  const titles = [find(NAMES.title), title && rawTextOf(title), linked?.headline];
  const author = withoutUrl(find(NAMES.author)) ?? linked?.author;
  const date = find(NAMES.date) ?? linked?.datePublished ?? timeOf(page);
  return {
    titles: titles.map((it) => collapse(it ?? "")).filter((it) => it !== ""),
    siteName: metas.get("og:site_name"),
    front: {
      author: author && withoutBy(author),
      date: date && dayOf(date),
      url: urlOf(page, metas),
    },
  };
}

function metasOf(page: Element): ReadonlyMap<string, string> {
  const metas = new Map<string, string>();
  for (const meta of elementsOf(page, "meta")) {
    const names = ["name", "property", "itemprop"].map((it) =>
      attributeOf(meta, it)?.toLowerCase(),
    );
    const content = collapse(attributeOf(meta, "content") ?? "");
    for (const name of names) {
      if (name !== undefined && content !== "" && !metas.has(name)) metas.set(name, content);
    }
  }
  return metas;
}

function withoutUrl(said: string | undefined): string | undefined {
  return said !== undefined && /^(?:https?:|www\.|@)/iu.test(said) ? undefined : said;
}

/** A date as it is written; of a moment its day. */
function dayOf(date: string): string {
  return /^(\d{4}-\d{2}-\d{2})T/u.exec(date)?.[1] ?? date;
}

function timeOf(page: Element): string | undefined {
  return elementsOf(page, "time")
    .map((it) => attributeOf(it, "datetime"))
    .find((it) => it !== undefined && /^\d{4}-\d/u.test(it));
}

function urlOf(page: Element, metas: ReadonlyMap<string, string>): string | undefined {
  const canonical = elementsOf(page, "link").find(
    (it) => attributeOf(it, "rel")?.toLowerCase() === "canonical",
  );
  const urls = [canonical && attributeOf(canonical, "href"), metas.get("og:url")];
  return urls.find((it) => it !== undefined && /^https:\/\/[^\s/]+/u.test(it) && URL.canParse(it));
}

const Name = v.union([
  v.string(),
  v.pipe(
    v.object({ name: v.string() }),
    v.transform((it) => it.name),
  ),
]);
const Author = v.fallback(
  v.union([
    v.pipe(
      Name,
      v.transform((it) => [it]),
    ),
    v.array(Name),
  ]),
  [],
);
const Article = v.object({
  headline: v.optional(v.string()),
  author: v.optional(Author),
  datePublished: v.optional(v.string()),
});
const Graph = v.object({ "@graph": v.array(v.unknown()) });
const Data = v.union([
  v.pipe(v.array(v.unknown())),
  v.pipe(
    Graph,
    v.transform((it) => it["@graph"]),
  ),
  v.pipe(
    v.unknown(),
    v.transform((it) => [it]),
  ),
]);

interface LinkedData {
  readonly headline: string | undefined;
  readonly author: string | undefined;
  readonly datePublished: string | undefined;
}

/** The first JSON-LD object that is about a text: it has a headline. */
function linkedDataOf(page: Element): LinkedData | undefined {
  const objects = elementsOf(page, "script")
    .filter((it) => attributeOf(it, "type")?.toLowerCase() === "application/ld+json")
    .flatMap((it) => v.parse(Data, parseJson(rawTextOf(it))));
  for (const object of objects) {
    const { success, output } = v.safeParse(Article, object);
    if (success && output.headline !== undefined) {
      const { headline, datePublished, author } = output;
      return { headline, datePublished, author: author?.join(", ") };
    }
  }
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}
