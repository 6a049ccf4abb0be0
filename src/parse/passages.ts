import { sha256 } from "../bytes.ts";
import { BASE_32 } from "../report.ts";
import type { Block, BlockKind, Passage, Report, Sentence, Span } from "../report.ts";
import { isWhollyQuoted } from "../text/punctuation.ts";
import { splitSentences } from "../text/sentences.ts";
import { sliceOf } from "../text/spans.ts";

/** The sentences of a report and the passages they are cited in, both in the order of the text. */
type Cited = Pick<Report, "sentences" | "passages">;

/** Splits the blocks of a report into sentences and groups these into passages; a title or heading is one of its own. */
export function readPassages(id: string, text: string, blocks: readonly Block[]): Cited {
  const sentences: Sentence[] = [];
  const passages: Passage[] = [];
  const timesOf = new Map<string, number>();
  blocks.forEach(({ kind, span }, block) => {
    const spans = sentencesOf(kind, text, span);
    const words = spans.map((it) => sliceOf(text, it));
    for (const [from, to] of groupsOf(kind, words)) {
      const group = spans.slice(from, to);
      sentences.push(...group.map((it) => ({ span: it, block, passage: passages.length })));
      const whole = { start: group[0]?.start ?? span.start, end: group.at(-1)?.end ?? span.end };
      const said = sliceOf(text, whole);
      const times = (timesOf.get(said) ?? 0) + 1;
      timesOf.set(said, times);
      passages.push({
        id: passageId(id, said, times),
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
    case "row":
    case "caption":
    case "code":
      return [span];
    case "paragraph":
    case "item":
    case "quotation":
    case "note":
      return splitSentences(text, span);
  }
}

/** A list item or note that is longer than this is cited by its sentences, in UTF-16 code units. */
const MAX_UNITS = 600;

type Group = readonly [from: number, to: number];

/** Which sentences are cited together: `from` to `to` (exclusive), all of them in order. */
function groupsOf(kind: BlockKind, sentences: readonly string[]): Group[] {
  if (sentences.length === 0) return [];
  const units = sentences.reduce((sum, it) => sum + it.length, 0);
  if ((kind === "item" || kind === "note") && units <= MAX_UNITS) return [[0, sentences.length]];
  const isQuoted = sentences.map(isWhollyQuoted);
  const starts = sentences.flatMap((_, i) => (i === 0 || !belongsToLast(isQuoted, i) ? [i] : []));
  return starts.map((from, i) => [from, starts[i + 1] ?? sentences.length]);
}

/** The speaker is named behind the quotation, or, where nothing follows it, before. */
function belongsToLast(isQuoted: readonly boolean[], i: number): boolean {
  if (isQuoted[i] === isQuoted[i - 1]) return false;
  return isQuoted[i - 1] === true || i === isQuoted.length - 1;
}

const ID_CHARACTERS = 8;
const ID_HEX_DIGITS = 10;

/**
 * 40 bits of a hash: among 10,000 passages, two get the same id with a chance of 1 in 20,000. Where a report says the same words again,
 * the `times`-th place of them, from the second on, has an id of its own.
 */
function passageId(report: string, text: string, times: number): string {
  const again = times > 1 ? `\n${times}` : "";
  const bits = Number.parseInt(sha256(`${report}\n${text}${again}`).slice(0, ID_HEX_DIGITS), 16);
  const digits = Array.from(bits.toString(32).padStart(ID_CHARACTERS, "0"));
  return digits.map((it) => BASE_32.charAt(Number.parseInt(it, 32))).join("");
}
