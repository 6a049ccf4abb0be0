import { createHash } from "node:crypto";
import type { Block, BlockKind, Passage, Sentence, Span } from "../report.ts";
import { isWhollyQuoted } from "../text/punctuation.ts";
import { splitSentences } from "../text/sentences.ts";

/** The sentences of a report and the passages they are cited in, both in the order of the text. */
export interface Cited {
  readonly sentences: readonly Sentence[];
  readonly passages: readonly Passage[];
}

/** Splits the blocks of a report into sentences and groups these into passages; a title or heading is one of its own. */
export function readPassages(id: string, text: string, blocks: readonly Block[]): Cited {
  const sentences: Sentence[] = [];
  const passages: Passage[] = [];
  blocks.forEach(({ kind, span }, block) => {
    const spans = sentencesOf(kind, text, span);
    for (const [from, to] of groupsOf(
      kind,
      spans.map((it) => text.slice(it.start, it.end)),
    )) {
      const group = spans.slice(from, to);
      sentences.push(...group.map((it) => ({ span: it, block, passage: passages.length })));
      const whole = { start: group[0]?.start ?? span.start, end: group.at(-1)?.end ?? span.end };
      passages.push({
        id: passageId(id, text.slice(whole.start, whole.end)),
        span: whole,
        block,
        sentences: [from + 1, to],
      });
    }
  });
  return { sentences, passages };
}

function sentencesOf(kind: BlockKind, text: string, span: Span): Span[] {
  switch (kind) {
    case "title":
    case "subtitle":
    case "heading":
    case "byline":
    case "code":
      return [span];
    case "paragraph":
    case "item":
      return splitSentences(text, span);
  }
}

type Group = readonly [from: number, to: number];

/** Which sentences are cited together: `from` to `to` (exclusive), all of them in order. */
function groupsOf(kind: BlockKind, sentences: readonly string[]): Group[] {
  if (sentences.length === 0) return [];
  if (kind === "item") return [[0, sentences.length]];
  const isQuoted = sentences.map(isWhollyQuoted);
  const starts = sentences.flatMap((_, i) => (i === 0 || !belongsToLast(isQuoted, i) ? [i] : []));
  return starts.map((from, i) => [from, starts[i + 1] ?? sentences.length]);
}

/** The speaker is named behind the quotation, or, where nothing follows it, before. */
function belongsToLast(isQuoted: readonly boolean[], i: number): boolean {
  if (isQuoted[i] === isQuoted[i - 1]) return false;
  return isQuoted[i - 1] === true || i === isQuoted.length - 1;
}

const BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
const ID_CHARACTERS = 8;
const BITS_PER_CHARACTER = 5n;

/** 40 bits of a hash: among 10,000 passages, two get the same id with a chance of 1 in 20,000. */
function passageId(report: string, text: string): string {
  const hash = createHash("sha256").update(`${report}\n${text}`).digest();
  let bits = hash.readBigUInt64BE() >> (64n - BITS_PER_CHARACTER * BigInt(ID_CHARACTERS));
  let id = "";
  while (id.length < ID_CHARACTERS) {
    id = BASE_32.charAt(Number(bits % 32n)) + id;
    bits /= 32n;
  }
  return id;
}
