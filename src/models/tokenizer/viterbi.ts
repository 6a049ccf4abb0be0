import { bytesOfCharacter } from "./normaliser.ts";
import { visitPrefixes } from "./trie.ts";
import type { Trie } from "./trie.ts";

/** The pieces of a vocabulary, their scores, and which of them stands for what is none. */
export interface Vocabulary {
  /** Each piece's UTF-8 bytes, with its number as value. */
  readonly trie: Trie;
  /** Natural logarithm of each piece's probability; control pieces have 0. */
  readonly scores: Float64Array;
  readonly unknown: number;
}

/** A piece of a text, [from, to) in bytes. */
interface Piece {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

/** How much less likely an unknown character is than the least likely piece (SentencePiece, unigram_model.cc). */
const UNKNOWN_PENALTY = 10;

/** Splits `bytes[from, to)` into the likeliest pieces. */
type Segmenter = (bytes: Uint8Array, from: number, to: number) => Piece[];

/**
 * Prepares the search for the likeliest pieces under a unigram model (Kudo 2018, section 3.2; Viterbi 1967).
 *
 * From each character at most as many pieces are tried as the longest has bytes. Scores are added from the left in double precision, and of equal
 * paths the one whose last piece is longest stays, as in Hugging Face's `tokenizers` (models/unigram/model.rs). Unknown
 * characters in a row are one piece.
 */
export function prepareSegmenter({ trie, scores, unknown }: Vocabulary): Segmenter {
  const unknownScore = scores.reduce((least, score) => Math.min(least, score), 0) - UNKNOWN_PENALTY;
  return (bytes, from, to) => {
    const length = to - from;
    // The best path to each byte: its score, and the last piece of it with its start.
    const best = new Float64Array(length + 1).fill(-Infinity);
    const starts = new Int32Array(length + 1);
    const ids = new Int32Array(length + 1);
    best[0] = 0;
    for (let start = from; start < to;) {
      const scoreHere = best[start - from] ?? 0;
      const next = start + bytesOfCharacter(bytes[start] ?? 0);
      let shortest = 0;
      const offer = (end: number, id: number, score: number): void => {
        const at = end - from;
        if (scoreHere + score <= (best[at] ?? 0)) return;
        best[at] = scoreHere + score;
        starts[at] = start - from;
        ids[at] = id;
      };
      visitPrefixes(trie, bytes, { from: start, to }, (end, id) => {
        offer(end, id, scores[id] ?? 0);
        shortest ||= end;
        return true;
      });
      if (shortest !== next) offer(next, unknown, unknownScore);
      start = next;
    }
    return walkBack(starts, ids, unknown).map((piece) => ({
      id: piece.id,
      from: piece.from + from,
      to: piece.to + from,
    }));
  };
}

/** The pieces of the best path, from the first to the last. */
function walkBack(starts: Int32Array, ids: Int32Array, unknown: number): Piece[] {
  const pieces: Piece[] = [];
  for (let to = starts.length - 1; to > 0;) {
    const id = ids[to] ?? unknown;
    const from = starts[to] ?? 0;
    const after = pieces.at(-1);
    if (id === unknown && after?.id === unknown) pieces[pieces.length - 1] = { ...after, from };
    else pieces.push({ id, from, to });
    to = from;
  }
  return pieces.reverse();
}
