import type { ChunkTable } from "../index/store.ts";
import type { Report } from "../report.ts";
import { sliceOf } from "../text/spans.ts";

/** What a vector stands for. A hit on any of them is a hit on the sentences `from` to `to` (exclusive). */
interface Chunk {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The texts of some reports that get a vector, in the order of their vectors: headings, then paragraphs of more than one sentence, then
 * the sentences.
 */
export interface ChunkPlan extends ChunkTable {
  readonly texts: readonly string[];
}

/** Plans the vectors of the given reports. */
export function planChunks(reports: readonly Report[]): ChunkPlan {
  const firsts = firstSentences(reports);
  const headings = reports.flatMap((report, i) => headingChunks(report, firsts[i] ?? 0));
  const blocks = reports.flatMap((report, i) => paragraphChunks(report, firsts[i] ?? 0));
  const paragraphs = blocks.filter(({ from, to }) => to - from > 1);
  const sentences = reports.flatMap((report, i) => sentenceChunks(report, firsts[i] ?? 0));
  const chunks = [...headings, ...paragraphs, ...sentences];
  const firstSentence = headings.length + paragraphs.length;
  const paragraphOf = Uint32Array.from(sentences, (_, i) => firstSentence + i);
  paragraphs.forEach(({ from, to }, i) => paragraphOf.fill(headings.length + i, from, to));
  const ranges = Uint32Array.from(chunks.flatMap(({ from, to }) => [from, to]));
  return { texts: chunks.map(({ text }) => text), ranges, paragraphOf };
}

/** Each report's first sentence, counted through all. */
function firstSentences(reports: readonly Report[]): number[] {
  let next = 0;
  return reports.map(({ sentences }) => {
    const first = next;
    next += sentences.length;
    return first;
  });
}

/** Each heading stands for the sentences below it, up to the next heading of its level or a higher one. */
function headingChunks(report: Report, first: number): Chunk[] {
  return report.sections.flatMap(({ heading, level }, section) => {
    const next = report.sections.findIndex((it, i) => i > section && it.level <= level);
    const end = next < 0 ? report.sections.length : next;
    const below = report.sentences.flatMap(({ block }, i) => {
      const own = report.blocks[block]?.section;
      return own !== undefined && own >= section && own < end ? [i] : [];
    });
    const [from] = below;
    const last = below.at(-1);
    if (from === undefined || last === undefined) return [];
    return [{ text: sliceOf(report.text, heading), from: first + from, to: first + last + 1 }];
  });
}

function paragraphChunks(report: Report, first: number): Chunk[] {
  const chunks: Chunk[] = [];
  report.sentences.forEach(({ block }, i) => {
    const last = chunks.at(-1);
    if (last && report.sentences[i - 1]?.block === block) {
      chunks[chunks.length - 1] = { ...last, to: first + i + 1 };
      return;
    }
    const span = report.blocks[block]?.span;
    if (span) chunks.push({ text: sliceOf(report.text, span), from: first + i, to: first + i + 1 });
  });
  return chunks;
}

function sentenceChunks({ text, sentences }: Report, first: number): Chunk[] {
  return sentences.map(({ span }, i) => ({
    text: sliceOf(text, span),
    from: first + i,
    to: first + i + 1,
  }));
}
