import { SPACE_MARK, normalise, openCharsMap } from "./normaliser.ts";
import type { UnigramData } from "./unigramFile.ts";
import { prepareSegmenter } from "./viterbi.ts";

/** A piece's number, and its place in the text: [start, end) in UTF-16 code units. */
interface PlacedPiece {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Prepares a unigram tokenizer that gives the pieces of Hugging Face's `tokenizers`, without the tokens that it puts before and
 * after a text.
 *
 * @throws {RangeError} if the character map is damaged.
 */
export function prepareUnigram(data: UnigramData): (text: string) => PlacedPiece[] {
  const charsMap = openCharsMap(data.charsMap);
  const segment = prepareSegmenter(data);
  const splitAdded = prepareSplit(data.added);
  return (text) =>
    splitAdded(text).flatMap(({ start, content, id }) => {
      if (id !== undefined) return { id, start, end: start + content.length };
      const { bytes, origins } = normalise(content, charsMap);
      return wordsOf(bytes).flatMap(([from, to]) =>
        segment(bytes, from, to).map((piece) => ({
          id: piece.id,
          start: start + (origins[2 * piece.from] ?? 0),
          end: start + (origins[2 * piece.to - 1] ?? 0),
        })),
      );
    });
}

interface Section {
  readonly start: number;
  readonly content: string;
  /** The added token that the section is. */
  readonly id?: number;
}

/** Cuts a text at the added tokens; of two that begin at one place the longer one is taken. */
function prepareSplit(added: UnigramData["added"]): (text: string) => Section[] {
  const idOf = new Map(added.map(({ id, content }) => [content, id]));
  const contents = [...idOf.keys()].sort((a, b) => b.length - a.length);
  if (contents.length === 0) return (content) => [{ start: 0, content }];
  const pattern = new RegExp(`(${contents.map(escapePattern).join("|")})`, "u");
  return (text) => {
    let start = 0;
    return text.split(pattern).map((content) => {
      const id = idOf.get(content);
      const section = { start, content, ...(id !== undefined && { id }) };
      start += content.length;
      return section;
    });
  };
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}

/** The words of a normalised text, [from, to) in bytes: each begins with a mark for the space before it. */
function wordsOf(bytes: Uint8Array): [from: number, to: number][] {
  const words: [number, number][] = [];
  for (let from = 0; from < bytes.length;) {
    let to = from + 1;
    while (to < bytes.length && !isMark(bytes, to)) to++;
    words.push([from, to]);
    from = to;
  }
  return words;
}

function isMark(bytes: Uint8Array, at: number): boolean {
  return SPACE_MARK.every((byte, i) => bytes[at + i] === byte);
}
