/** What the styles of a document say of the paragraphs and words that have them. */
import { attributeIn, isOn, tagsOf } from "./xml.ts";
import type { Tag } from "./xml.ts";

/** How something looks or counts; what is not said is as in what it is based on. */
export interface Look {
  name?: string | undefined;
  basedOn?: string | undefined;
  /** From 0, the highest; 9 is text. */
  outline?: number | undefined;
  numId?: string | undefined;
  level?: number | undefined;
  isBold?: boolean | undefined;
  /** In half points. */
  size?: number | undefined;
  isHidden?: boolean | undefined;
  isCentred?: boolean | undefined;
}

/** The styles of a document. */
export interface Styles {
  /** The look of a style with all that it is based on, the one of all paragraphs where none is named. */
  readonly lookOf: (id: string | undefined) => Look;
  /** The list that a style of lists stands for. */
  readonly listOf: (id: string) => string | undefined;
}

/** Chains of styles are short; one that bites its tail has no end. */
const MAX_CHAIN = 20;

/** Reads a document's styles. */
export function readStyles(xml: string): Styles {
  const reading: Reading = { styles: new Map(), defaults: {}, base: undefined, current: undefined };
  for (const tag of tagsOf(xml)) readTag(reading, tag);
  const { styles, defaults, base } = reading;
  const lookOf = (id: string | undefined): Look => {
    const chain: Look[] = [];
    let it = styles.get(id ?? base ?? "");
    for (; it && chain.length < MAX_CHAIN; it = styles.get(it.basedOn ?? "")) chain.unshift(it);
    const look = chain.reduce<Look>((sum, own) => ({ ...sum, ...own }), defaults);
    return { ...look, name: chain.at(-1)?.name };
  };
  return { lookOf, listOf: (id) => styles.get(id)?.numId };
}

/** What is being read of styles. */
interface Reading {
  readonly styles: Map<string, Look>;
  readonly defaults: Look;
  /** The style of paragraphs that name none. */
  base: string | undefined;
  current: Look | undefined;
}

function readTag(reading: Reading, tag: Tag): void {
  if (tag.name === "docDefaults") {
    reading.current = tag.kind === "open" ? reading.defaults : undefined;
  } else if (tag.name === "style") {
    reading.current = tag.kind === "open" ? openStyle(reading, tag) : undefined;
  } else if (reading.current) {
    readLook(reading.current, tag);
  }
}

function openStyle(reading: Reading, tag: Tag): Look {
  const style: Look = {};
  const id = attributeIn(tag, "styleId") ?? "";
  if (!reading.styles.has(id)) reading.styles.set(id, style);
  const isDefault = /^(?:1|true|on)$/u.test(attributeIn(tag, "default") ?? "");
  if (isDefault && attributeIn(tag, "type") === "paragraph") reading.base = id;
  return style;
}

/** Takes into a look what a tag says of it. */
export function readLook(look: Look, tag: Tag): void {
  READERS[tag.name]?.(look, tag);
}

const READERS: Readonly<Record<string, (look: Look, tag: Tag) => void>> = {
  name: (look, tag) => {
    look.name ??= attributeIn(tag, "val");
  },
  basedOn: (look, tag) => {
    look.basedOn = attributeIn(tag, "val");
  },
  outlineLvl: (look, tag) => {
    look.outline = numberIn(tag);
  },
  numId: (look, tag) => {
    look.numId = attributeIn(tag, "val");
  },
  ilvl: (look, tag) => {
    look.level = numberIn(tag);
  },
  b: (look, tag) => {
    if (tag.kind !== "close") look.isBold = isOn(tag);
  },
  sz: (look, tag) => {
    look.size = numberIn(tag);
  },
  vanish: (look, tag) => {
    if (tag.kind !== "close") look.isHidden = isOn(tag);
  },
  jc: (look, tag) => {
    look.isCentred = attributeIn(tag, "val") === "center";
  },
};

function numberIn(tag: Tag): number | undefined {
  const value = Number.parseInt(attributeIn(tag, "val") ?? "", 10);
  return Number.isNaN(value) ? undefined : value;
}
