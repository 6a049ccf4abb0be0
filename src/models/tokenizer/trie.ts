/**
 * A double-array trie over bytes, in the layout of darts-clone (Yata et al. 2007), which SentencePiece uses for its character
 * map and this project for the vocabulary as well.
 *
 * A node is a unit of 32 bits. The child of node `n` for byte `b` is unit `n ^ offset(n) ^ b`, if its label is `b`; the value of the
 * key that ends at `n` is in its child for byte 0.
 */
export type Trie = Uint32Array;

/** A unit with this bit holds a value in the others; no byte equals its label. */
const VALUE_BIT = 0x8000_0000;
/** A key ends at this node. */
const END_BIT = 0x100;
/** Where a node's offset begins. */
const OFFSET_SHIFT = 10;
/** The offset counts in steps of 256 units. */
const FAR_BIT = 0x200;
const FAR_SHIFT = 6;
/** A byte, and the bit that tells a value. */
const LABEL_MASK = (VALUE_BIT | 0xff) >>> 0;

/**
 * Visits the keys that `bytes` begins with from `from` on, the shortest first, at most one a byte.
 *
 * A byte 0 ends the search, as in darts-clone: no key holds one.
 *
 * @param to No key is followed beyond this byte.
 * @param visit Told of each key's end in `bytes` and its value; the search ends where it returns false.
 */
export function visitPrefixes(
  trie: Trie,
  bytes: ArrayLike<number>,
  { from, to }: { readonly from: number; readonly to: number },
  visit: (end: number, value: number) => boolean,
): void {
  let node = offsetOf(trie[0] ?? 0);
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === 0) return;
    node ^= byte;
    const unit = trie[node] ?? 0;
    if ((unit & LABEL_MASK) >>> 0 !== byte) return;
    node ^= offsetOf(unit);
    if ((unit & END_BIT) !== 0 && !visit(i + 1, (trie[node] ?? 0) & ~VALUE_BIT)) return;
  }
}

function offsetOf(unit: number): number {
  return (unit >>> OFFSET_SHIFT) << ((unit & FAR_BIT) >>> FAR_SHIFT);
}

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
