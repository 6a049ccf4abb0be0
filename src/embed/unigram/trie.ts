/**
 * A double-array trie over bytes, in the layout of darts-clone (Yata et al. 2007), which SentencePiece uses for its character
 * map and this project for the vocabulary as well.
 *
 * A node is a unit of 32 bits. The child of node `n` for byte `b` is unit `n ^ offset(n) ^ b`, if its label is `b`; the value of the
 * key that ends at `n` is in its child for byte 0.
 */
export type Trie = Uint32Array;

/** A unit with this bit holds a value in the others; no byte equals its label. */
export const VALUE_BIT = 0x8000_0000;
/** A key ends at this node. */
export const END_BIT = 0x100;
/** Where a node's offset begins. */
export const OFFSET_SHIFT = 10;
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
