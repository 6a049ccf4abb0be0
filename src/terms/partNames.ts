/** Parts of a text that are known by their number: articles, sections, chapters, in any numerals. */
import { foldText } from "../text/fold.ts";
import { numbersIn } from "./numbers/numbers.ts";

/** What a part is called, whatever the language. */
type PartKind = "article" | "section" | "chapter" | "part" | "item";

/** A part of a text by its number. */
export interface PartName {
  /** One, or two where the languages do not agree: § is a section and an article. */
  readonly kinds: readonly PartKind[];
  /** In ASCII digits, with what stands behind it: `12`, `12a`, `12-1`, `3.2`. */
  readonly number: string;
}

/** What parts are called before their number, folded. */
const NAMES = readNames([
  [
    "article",
    "article articles art art. artikel artículo articolo artigo artykuł статья статье статьи статью ст. điều pasal madde " +
      "rule regulation clause المادة मद अनुच्छेद มาตรา ข้อ",
  ],
  ["section", "section sections sec. abschnitt sección seção sezione раздел разделе mục"],
  [
    "chapter",
    "chapter chapters ch. chap. kapitel capítulo chapitre capitolo глава главе главы chương bab bölüm الفصل अध्याय บทที่ หมวด",
  ],
  ["part", "part parts teil partie parte часть части phần"],
  ["item", "item point step punkt ziffer пункт пункте"],
]);

/** Likewise behind it, in Chinese, Japanese and Korean. */
const COUNTERS = readNames([
  ["article", "条 조"],
  ["section", "节 절"],
  ["chapter", "章 장"],
  ["part", "编 篇 卷 部分 부"],
  ["item", "款 项 点 항"],
]);

const SIGNS: readonly (readonly [string, readonly PartKind[]])[] = [
  ["§", ["section", "article"]],
  ["paragraph", ["section", "article"]],
];

const KINDS = new Map<string, readonly PartKind[]>([...NAMES, ...COUNTERS, ...SIGNS]);

/** English ordinals are rare: `article five`. */
const ENGLISH =
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(
    " ",
  );

const HAN_NUMERAL = "[〇零一二三四五六七八九十百千]{1,9}";
const ROMAN = "(?=[ivxl])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})";
const NUMBER = `\\p{Nd}{1,4}(?:\\.\\p{Nd}{1,3}){0,3}[a-z]?|${HAN_NUMERAL}|${ROMAN}|${ENGLISH.join("|")}`;
const END = "(?![\\p{L}\\p{N}](?<!\\p{Script=Han}))";

const PART = new RegExp(
  [
    `[第제]\\s?(?<han>\\p{Nd}{1,4}|${HAN_NUMERAL})\\s?(?<counter>${[...COUNTERS.keys()].join("|")})(?:[之의の]\\s?(?<also>\\p{Nd}{1,2}|${HAN_NUMERAL}))?`,
    `(?<![\\p{L}\\p{N}])(?<name>${[...NAMES.keys(), "paragraph"].map(escape).join("|")})\\s?(?:no\\.?\\s?)?(?<number>${NUMBER})${END}`,
    `(?<sign>§)§?\\s?(?<signed>${NUMBER})${END}`,
  ].join("|"),
  "gu",
);

/** The parts that a text names, and its letters without them. */
export function partNamesIn(text: string): { parts: readonly PartName[]; rest: string } {
  const folded = foldText(text);
  const matches = Array.from(folded.matchAll(PART));
  return { parts: matches.flatMap(readMatch), rest: folded.replace(PART, " ") };
}

/** What may stand before the name of a part at its beginning. */
const BEFORE_NAME = /^[\s#*(（【[「]*$/u;

/** Behind its name a part goes on with something of its own; a sentence that speaks of it goes on with these. */
const SPEAKS_OF_IT =
  /^\s?(?:第|规定|所|的|中|和|与|及|或|至|到|以|之|、|[-–—~]\s?\p{N}|(?:and|or|to|of|shall|says?|und|et|y)\b)/u;

/**
 * The part that a stretch of text is: the name that it begins with.
 *
 * @returns Its name, and whether nothing else is said there; undefined where it begins with something else.
 */
export function partNameAt(text: string): { part: PartName; isAlone: boolean } | undefined {
  const folded = foldText(text.slice(0, MAX_START_CHARS));
  const [match] = folded.matchAll(PART);
  const part = match && readMatch(match)[0];
  if (!match || !part || !BEFORE_NAME.test(folded.slice(0, match.index))) return undefined;
  const behind = folded.slice(match.index + match[0].length);
  if (SPEAKS_OF_IT.test(behind)) return undefined;
  return { part, isAlone: !/[\p{L}\p{N}]/u.test(behind) };
}

/** Enough for a name and what follows it, in UTF-16 code units. */
const MAX_START_CHARS = 60;

function readMatch({ groups = {} }: RegExpExecArray): PartName[] {
  const { han, counter, also, name, number, sign, signed } = groups;
  const kinds = KINDS.get(counter ?? name ?? sign ?? "");
  const read = readNumber(han ?? number ?? signed ?? "");
  const second = also === undefined ? "" : `-${readNumber(also) ?? ""}`;
  return kinds && read !== undefined ? [{ kinds, number: read + second }] : [];
}

function readNumber(numeral: string): string | undefined {
  if (/^\p{Nd}/u.test(numeral)) {
    const rest = numeral.replace(/^\p{Nd}+/u, "");
    const [whole] = numbersIn(numeral.slice(0, numeral.length - rest.length));
    return whole === undefined ? undefined : whole + rest;
  }
  const english = ENGLISH.indexOf(numeral);
  if (english >= 0) return String(english + 1);
  // Beside 第 and a counter each numeral is a number.
  return /^[a-z]/u.test(numeral) ? readRoman(numeral) : numbersIn(`第${numeral}条`)[0];
}

const ROMAN_VALUES = new Map(Object.entries({ i: 1, v: 5, x: 10, l: 50, c: 100 }));

function readRoman(numeral: string): string {
  const values = Array.from(numeral, (it) => ROMAN_VALUES.get(it) ?? 0);
  const signed = values.map((it, i) => (it < (values[i + 1] ?? 0) ? -it : it));
  return String(signed.reduce((sum, it) => sum + it, 0));
}

/** The keyword terms of a part; no word of a text is one of them. */
export function partTerms({ kinds, number }: PartName): string[] {
  return kinds.map((kind) => `§${kind} ${number}`);
}

/** The keyword terms that all numbered parts of these kinds have. */
export function partKindTerms({ kinds }: PartName): string[] {
  return kinds.map((kind) => `§${kind}`);
}

function readNames(
  names: readonly (readonly [PartKind, string])[],
): ReadonlyMap<string, readonly PartKind[]> {
  return new Map(
    names.flatMap(([kind, list]) =>
      list.split(" ").map((name) => [foldText(name), [kind]] as const),
    ),
  );
}

function escape(name: string): string {
  return name.replaceAll(".", "\\.");
}
