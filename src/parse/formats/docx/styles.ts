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
  const styles = new Map<string, Look>();
  let base: string | undefined;
  const defaults: Look = {};
  let current: Look | undefined;
  for (const tag of tagsOf(xml)) {
    if (tag.name === "docDefaults") current = tag.kind === "open" ? defaults : undefined;
    else if (tag.name === "style" && tag.kind === "open") {
      current = {};
      const id = attributeIn(tag, "styleId") ?? "";
      if (!styles.has(id)) styles.set(id, current);
      const isDefault = /^(?:1|true|on)$/u.test(attributeIn(tag, "default") ?? "");
      if (isDefault && attributeIn(tag, "type") === "paragraph") base = id;
    } else if (tag.name === "style") current = undefined;
    else if (current) readLook(current, tag);
  }
  const lookOf = (id: string | undefined): Look => {
    const chain: Look[] = [];
    for (
      let it = styles.get(id ?? base ?? "");
      it && chain.length < MAX_CHAIN;
      it = styles.get(it.basedOn ?? "")
    ) {
      chain.unshift(it);
    }
    return Object.assign({}, defaults, ...chain.map(withoutName), { name: chain.at(-1)?.name });
  };
  return { lookOf, listOf: (id) => styles.get(id)?.numId };
}

function withoutName({ name: _, ...look }: Look): Look {
  return look;
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
