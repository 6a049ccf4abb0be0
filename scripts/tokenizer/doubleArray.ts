import { END_BIT, OFFSET_SHIFT, VALUE_BIT } from "../../src/embed/unigram/trie.ts";
import type { Trie } from "../../src/embed/unigram/trie.ts";

/** A key of a trie, in UTF-8 and without a byte 0, and its value: 0 to 2³¹ − 1. */
export interface Key {
  readonly bytes: Uint8Array;
  readonly value: number;
}

/** Units are taken in blocks, since a node's children differ in their lowest byte alone. */
const BLOCK_UNITS = 256;

/** Offsets reach so far without the bit for far ones, which is never set here: a vocabulary needs about a million units. */
const MAX_UNITS = 1 << 21;

/** Children are put among the last so many units, or in a new block. */
const OPEN_UNITS = 2 * BLOCK_UNITS;

/** The label of the child that holds a value; no byte of a key. */
const END = 0;

/**
 * Builds a double-array trie of distinct keys (Aoe 1989; layout of darts-clone).
 *
 * @throws {RangeError} if a key is empty, there twice or holds a byte 0, or if the trie is too large.
 */
export function buildTrie(keys: readonly Key[]): Trie {
  const sorted = keys.toSorted((a, b) => Buffer.compare(a.bytes, b.bytes));
  const units = createUnits();
  const { values } = units;
  const pending: Range[] = [{ node: 0, from: 0, to: sorted.length, depth: 0 }];
  for (let range = pending.pop(); range; range = pending.pop()) {
    const children = childrenOf(sorted, range);
    if (children.length === 0) continue;
    const base = units.place(children.map(({ label }) => label));
    values[range.node] = (values[range.node] ?? 0) | ((base ^ range.node) << OFFSET_SHIFT);
    for (const { label, from, to } of children) {
      const node = base ^ label;
      if (label === END) {
        values[range.node] = (values[range.node] ?? 0) | END_BIT;
        values[node] = (sorted[from]?.value ?? 0) | VALUE_BIT;
      } else {
        values[node] = label;
        pending.push({ node, from, to, depth: range.depth + 1 });
      }
    }
  }
  return values.slice(0, units.count());
}

/** The sorted keys [from, to), which share `depth` bytes, and the node that stands for these. */
interface Range {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

interface Child {
  readonly label: number;
  readonly from: number;
  readonly to: number;
}

function childrenOf(sorted: readonly Key[], { from, to, depth }: Range): Child[] {
  const children: Child[] = [];
  for (let i = from; i < to; i++) {
    const label = labelAt(sorted[i], depth);
    const last = children.at(-1);
    if (last?.label !== label) children.push({ label, from: i, to: i + 1 });
    else if (label === END) throw new RangeError("a key is there twice");
    else children[children.length - 1] = { ...last, to: i + 1 };
  }
  return children;
}

function labelAt(key: Key | undefined, depth: number): number {
  const { bytes } = key ?? { bytes: new Uint8Array() };
  if (depth === bytes.length && depth > 0) return END;
  const label = bytes[depth] ?? END;
  if (label === END) throw new RangeError("a key is empty or holds a byte 0");
  return label;
}

interface Units {
  readonly values: Uint32Array;
  /** Takes units for children with these labels; `base ^ label` is the unit of each. */
  place(labels: readonly number[]): number;
  /** How many units there are. */
  count(): number;
}

function createUnits(): Units {
  const isTaken = new Uint8Array(MAX_UNITS);
  // Two nodes with one base would share their children.
  const isBase = new Uint8Array(MAX_UNITS);
  let count = BLOCK_UNITS;
  const fits = (base: number, labels: readonly number[]): boolean =>
    isBase[base] === 0 && labels.every((label) => isTaken[base ^ label] === 0);
  const findBase = (labels: readonly number[]): number => {
    const [first = 0] = labels;
    for (let unit = Math.max(0, count - OPEN_UNITS); unit < count; unit++) {
      if (isTaken[unit] === 0 && fits(unit ^ first, labels)) return unit ^ first;
    }
    // A block of its own always fits.
    count += BLOCK_UNITS;
    if (count > MAX_UNITS) throw new RangeError("there are too many keys for a trie");
    return count - BLOCK_UNITS;
  };
  // The root.
  isTaken[0] = 1;
  return {
    values: new Uint32Array(MAX_UNITS),
    place: (labels) => {
      const base = findBase(labels);
      isBase[base] = 1;
      for (const label of labels) isTaken[base ^ label] = 1;
      return base;
    },
    count: () => count,
  };
}
