/** The numbers that a word processor shows before paragraphs, which stand nowhere in the file. */
import { formatNumber } from "./numerals.ts";
import type { Styles } from "./styles.ts";
import { attributeIn, isOn, tagsOf } from "./xml.ts";
import type { Tag } from "./xml.ts";

/** How a level of a list is numbered. */
interface Level {
  start: number;
  format: string;
  /** With `%1` for the number of the first level. */
  text: string;
  /** Whether nothing stands between number and text. */
  isTight: boolean;
  /** Whether the numbers of levels above are shown as 1, 2, 3. */
  isLegal: boolean;
  style?: string | undefined;
}

interface List {
  readonly levels: Map<number, Level>;
  styleLink?: string | undefined;
}

/** Where a paragraph stands in a list. */
export interface Place {
  readonly numId: string;
  readonly level: number;
}

/** Counts through a document. */
export interface Numbering {
  /** The number of the next paragraph at a place, with the gap behind it; "" for a bullet, undefined where there is no such list. */
  readonly next: (place: Place) => string | undefined;
  /** The place that a paragraph of a style has by the list's own word. */
  readonly placeOf: (style: string) => Place | undefined;
}

interface Lists {
  readonly abstract: Map<string, List>;
  readonly numbers: Map<
    string,
    { list: string; readonly levels: Map<number, Level>; readonly starts: Map<number, number> }
  >;
}

/** Reads a document's lists. */
export function readNumbering(xml: string, styles: Styles): Numbering {
  const lists = readLists(xml);
  const counters = new Map<string, Map<number, number>>();
  const started = new Set<string>();
  const resolve = (numId: string, depth = 0): { key: string; list: List } | undefined => {
    const key = lists.numbers.get(numId)?.list;
    const list = key === undefined ? undefined : lists.abstract.get(key);
    if (key === undefined || list === undefined || depth > 5) return undefined;
    const linked = list.styleLink === undefined ? undefined : styles.listOf(list.styleLink);
    return linked === undefined ? { key, list } : resolve(linked, depth + 1);
  };
  const next = ({ numId, level }: Place): string | undefined => {
    const found = resolve(numId);
    const own = lists.numbers.get(numId);
    if (found === undefined || own === undefined) return undefined;
    const levelOf = (at: number): Level | undefined =>
      own.levels.get(at) ?? found.list.levels.get(at);
    const rule = levelOf(level);
    if (rule === undefined) return undefined;
    const counts = counters.get(found.key) ?? new Map<number, number>();
    counters.set(found.key, counts);
    const restart = own.starts.get(level);
    const isFirst = restart !== undefined && !started.has(`${numId} ${level}`);
    started.add(`${numId} ${level}`);
    counts.set(level, isFirst ? restart : (counts.get(level) ?? rule.start - 1) + 1);
    for (const deeper of [...counts.keys()]) if (deeper > level) counts.delete(deeper);
    return rule.format === "bullet" ? "" : labelOf(rule, levelOf, counts);
  };
  const linked = places(lists);
  const placeOf = (style: string): Place | undefined => linked.get(style);
  return { next, placeOf };
}

function labelOf(
  rule: Level,
  levelOf: (at: number) => Level | undefined,
  counts: ReadonlyMap<number, number>,
): string {
  const label = rule.text.replace(/%(\d)/gu, (_, digit: string) => {
    const at = Number(digit) - 1;
    const level = levelOf(at);
    const count = counts.get(at) ?? level?.start ?? 1;
    return formatNumber(count, rule.isLegal ? "decimal" : (level?.format ?? "decimal"));
  });
  if (!/[\p{L}\p{N}]/u.test(label)) return "";
  return rule.isTight ? label : `${label.trimEnd()} `;
}

function places({ abstract, numbers }: Lists): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>();
  for (const [numId, { list }] of numbers) {
    for (const [level, { style }] of abstract.get(list)?.levels ?? []) {
      if (style !== undefined && !found.has(style)) found.set(style, { numId, level });
    }
  }
  return found;
}

/** What is being read of lists. */
interface Reading extends Lists {
  list: List | undefined;
  number: ReturnType<Lists["numbers"]["get"]>;
  /** The level of a `lvlOverride`. */
  override: number;
  level: Level | undefined;
}

function readLists(xml: string): Lists {
  const reading: Reading = {
    abstract: new Map(),
    numbers: new Map(),
    list: undefined,
    number: undefined,
    override: 0,
    level: undefined,
  };
  for (const tag of tagsOf(xml)) READERS[tag.name]?.(reading, tag, attributeIn(tag, "val") ?? "");
  return { abstract: reading.abstract, numbers: reading.numbers };
}

const READERS: Readonly<Record<string, (reading: Reading, tag: Tag, value: string) => void>> = {
  abstractNum: (reading, tag) => {
    reading.list = tag.kind === "open" ? { levels: new Map() } : undefined;
    if (reading.list) reading.abstract.set(attributeIn(tag, "abstractNumId") ?? "", reading.list);
  },
  num: (reading, tag) => {
    reading.number =
      tag.kind === "open" ? { list: "", levels: new Map(), starts: new Map() } : undefined;
    if (reading.number) reading.numbers.set(attributeIn(tag, "numId") ?? "", reading.number);
  },
  abstractNumId: ({ number }, _, value) => {
    if (number) number.list = value;
  },
  lvlOverride: (reading, tag) => {
    if (tag.kind === "open") reading.override = Number(attributeIn(tag, "ilvl") ?? 0);
  },
  startOverride: ({ number, override }, _, value) => {
    number?.starts.set(override, Number(value) || 0);
  },
  lvl: (reading, tag) => {
    reading.level =
      tag.kind === "open"
        ? { start: 0, format: "decimal", text: "", isTight: false, isLegal: false }
        : undefined;
    const levels = reading.list?.levels ?? reading.number?.levels;
    if (reading.level) levels?.set(Number(attributeIn(tag, "ilvl") ?? 0), reading.level);
  },
  start: ({ level }, _, value) => {
    if (level) level.start = Number(value) || 0;
  },
  numFmt: ({ level }, tag, value) => {
    if (level)
      level.format = value === "custom" ? (attributeIn(tag, "format") ?? "decimal") : value;
  },
  lvlText: ({ level }, _, value) => {
    if (level) level.text = value;
  },
  suff: ({ level }, _, value) => {
    if (level) level.isTight = value === "nothing";
  },
  isLgl: ({ level }, tag) => {
    if (level) level.isLegal = isOn(tag);
  },
  pStyle: ({ level }, _, value) => {
    if (level) level.style = value;
  },
  numStyleLink: ({ list }, _, value) => {
    if (list) list.styleLink = value;
  },
};
