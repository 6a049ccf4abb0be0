/** The front matter of a Markdown file, in YAML or TOML: what it says of the text, in its own words. */
import { parse as parseToml } from "smol-toml";
import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Front, Span } from "../../report.ts";
import { linesOf } from "../../text/spans.ts";
import type { Document, LeftOut, Part } from "../outline.ts";

/** Longer front matter is none. */
const MAX_UNITS = 64 * 1024;

/** What its keys mean, in lower case. */
const KEYS: Readonly<Record<string, Meaning>> = Object.fromEntries(
  (
    [
      [
        "title",
        "title titel titre título titolo заголовок 標題 标题 題名 题名 タイトル 제목 başlık शीर्षक العنوان",
      ],
      ["subtitle", "subtitle untertitel 副標題 副标题"],
      [
        "author",
        "author authors by byline creator autor autoren auteur auteurs autora autore автор 作者 著者 撰文 저자 글쓴이 yazar लेखक الكاتب",
      ],
      [
        "date",
        "date published publishdate publish_date pubdate datum fecha data дата 日期 發布日期 发布日期 日付 날짜 tarih दिनांक التاريخ",
      ],
      [
        "url",
        "url link permalink canonical canonical_url canonicalurl source source_url 網址 网址 链接 連結",
      ],
    ] as const
  ).flatMap(([meaning, keys]) => keys.split(" ").map((key) => [key, meaning])),
);

type Meaning = "title" | "subtitle" | "author" | "date" | "url";

/** A value, and where it is written if it is written as it is. */
interface Value {
  readonly text: string;
  readonly span?: Span | undefined;
}

interface Entry {
  readonly key: string;
  readonly values: readonly Value[];
}

/** Reads front matter that stands in a text at `span`, its marks not included. */
export function readFrontMatter(
  text: string,
  span: Span,
  format: "yaml" | "toml",
): Required<Pick<Document, "parts" | "front" | "leftOut">> & Pick<Document, "title"> {
  const source = text.slice(span.start, span.end);
  const entries = source.length > MAX_UNITS ? undefined : entriesOf(source, format);
  if (entries === undefined)
    return { parts: [], front: {}, leftOut: [leftOut("unreadable front matter", source)] };
  const valuesOf = (meaning: Meaning): Value[] =>
    entries.flatMap(({ key, values }) => (KEYS[key.toLowerCase()] === meaning ? values : []));
  const parts = [
    ...valuesOf("title")
      .slice(0, 1)
      .flatMap((it) => partOf("title", it, span.start)),
    ...valuesOf("subtitle").flatMap((it) => partOf("subtitle", it, span.start)),
    ...[...valuesOf("author"), ...valuesOf("date")].flatMap((it) =>
      partOf("byline", it, span.start),
    ),
  ].sort((a, b) => a.span.start - b.span.start);
  const others = entries.filter(({ key }) => KEYS[key.toLowerCase()] === undefined);
  return {
    parts,
    title: valuesOf("title")[0]?.text,
    front: frontOf(valuesOf("author"), valuesOf("date")[0], valuesOf("url")),
    leftOut: others.map(({ key }) => leftOut("front matter", key)),
  };
}

function leftOut(why: string, text: string): LeftOut {
  return { text: text.slice(0, 200), why };
}

function partOf(kind: "title" | "subtitle" | "byline", { span }: Value, from: number): Part[] {
  return span ? [{ kind, span: { start: from + span.start, end: from + span.end } }] : [];
}

function frontOf(
  authors: readonly Value[],
  date: Value | undefined,
  urls: readonly Value[],
): Front {
  const url = urls.find(({ text }) => /^https:\/\/[^\s/]+/u.test(text));
  return {
    ...(authors.length > 0 && { author: authors.map(({ text }) => text).join(", ") }),
    ...(date && { date: date.text }),
    ...(url && { url: url.text }),
  };
}

/** Undefined where it cannot be read. */
function entriesOf(source: string, format: "yaml" | "toml"): Entry[] | undefined {
  try {
    return format === "yaml" ? yamlEntries(source) : tomlEntries(source);
  } catch {
    // Damaged, or nested deeper than the stack bears: it says nothing then, and the text below does.
    return undefined;
  }
}

/** Aliases are not followed. */
function yamlEntries(source: string): Entry[] | undefined {
  const document = parseDocument(source, { prettyErrors: false, logLevel: "silent" });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  return document.contents.items.map(({ key, value }) => ({
    key: isScalar(key) ? String(key.value) : "",
    values: yamlValues(source, value),
  }));
}

function yamlValues(source: string, node: unknown): Value[] {
  if (isSeq(node)) return node.items.flatMap((it) => (isSeq(it) ? [] : yamlValues(source, it)));
  if (isMap(node)) {
    const name = node.items.find(({ key }) => isScalar(key) && key.value === "name");
    return isScalar(name?.value) ? yamlValues(source, name.value) : [];
  }
  if (!isScalar(node) || !node.range) return [];
  return valueOf(source, node.source ?? "", { start: node.range[0], end: node.range[1] });
}

/** The words as they stand at a place, or near it within quotes; a value that is escaped or folded stands nowhere. */
function valueOf(source: string, value: string, { start, end }: Span): Value[] {
  const text = value.trim();
  if (text === "") return [];
  const at = source.slice(start, end).indexOf(text);
  return [
    { text, span: at < 0 ? undefined : { start: start + at, end: start + at + text.length } },
  ];
}

function tomlEntries(source: string): Entry[] {
  const lines = linesOf(source);
  return Object.entries(parseToml(source)).map(([key, value]) => {
    const line = lines.find(({ text }) => keyOf(text) === key);
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return { key, values: values.flatMap((it) => tomlValue(source, it, line?.start ?? 0)) };
  });
}

function keyOf(line: string): string {
  return (line.split("=", 1)[0] ?? "").trim().replace(/^["']|["']$/gu, "");
}

function tomlValue(source: string, value: unknown, from: number): Value[] {
  if (value instanceof Date)
    return valueOf(source, value.toISOString(), { start: from, end: source.length });
  if (typeof value === "object" && value !== null && "name" in value) {
    return tomlValue(source, value.name, from);
  }
  if (typeof value !== "string" && typeof value !== "number") return [];
  return valueOf(source, String(value), { start: from, end: source.length });
}
