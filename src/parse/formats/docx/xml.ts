/** XML as a run of tags, and edits of it by place. */
import type { Span } from "../../../report.ts";

/** A tag as it stands in a text. */
export interface Tag extends Span {
  /** Without its prefix: each file may choose its own. */
  readonly name: string;
  /** With a colon behind it, or "". */
  readonly prefix: string;
  readonly kind: "open" | "close" | "empty";
  readonly attributes: string;
}

const TAG = /<(\/?)([\w.-]+:)?([\w.-]+)(?![\w.-])((?:"[^"<]*"|'[^'<]*'|[^"'<>])*)>/gu;

/** The tags of an XML text, in order; comments, declarations and what is no tag are passed over. */
export function tagsOf(xml: string): Tag[] {
  return Array.from(xml.matchAll(TAG), (match): Tag => {
    const [whole, slash, prefix = "", name = "", attributes = ""] = match;
    const isEmpty = attributes.endsWith("/");
    const kind = slash === "/" ? "close" : isEmpty ? "empty" : "open";
    return { name, prefix, kind, attributes, start: match.index, end: match.index + whole.length };
  });
}

const ATTRIBUTE = /(?:^|\s)(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;

/** A tag's attribute, whatever its prefix. */
export function attributeIn({ attributes }: Tag, name: string): string | undefined {
  for (const [, own, double, single] of attributes.matchAll(ATTRIBUTE)) {
    if (own === name) return unescapeXml(double ?? single ?? "");
  }
  return undefined;
}

/** The value of an attribute `val` of elements that turn something on by being there. */
export function isOn(tag: Tag): boolean {
  return !/^(?:0|false|off|none)$/u.test(attributeIn(tag, "val") ?? "");
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

/** Characters for the names and numbers that stand for them. */
export function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/giu,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

export function escapeXml(text: string): string {
  return text.replace(/&/gu, "&amp;").replace(/</gu, "&lt;").replace(/>/gu, "&gt;");
}

/** A stretch of a text and what stands there instead. */
export interface Edit extends Span {
  readonly text: string;
}

/** Applies edits; of those that overlap the one that begins first counts, and what lies within it is gone. */
export function edited(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text: instead } of [...edits].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    if (start < at) continue;
    pieces.push(text.slice(at, start), instead);
    at = end;
  }
  return `${pieces.join("")}${text.slice(at)}`;
}

/** Deeper XML is none that a word processor wrote. */
const MAX_DEPTH = 1_000;

/**
 * For each tag the index of the one that closes it: itself where none does.
 *
 * @throws {RangeError} if elements stand too deep within one another.
 */
export function closingsOf(tags: readonly Tag[]): readonly number[] {
  const closings = tags.map((_, at) => at);
  const open: number[] = [];
  tags.forEach(({ kind, name, prefix }, at) => {
    if (kind === "open") open.push(at);
    if (open.length > MAX_DEPTH)
      throw new RangeError("more than 1,000 XML elements within one another");
    if (kind !== "close") return;
    const from = open.pop();
    const opening = from === undefined ? undefined : tags[from];
    if (from !== undefined && opening?.name === name && opening.prefix === prefix)
      closings[from] = at;
  });
  return closings;
}
