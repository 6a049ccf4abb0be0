import type { ChunkTable } from "../index/store.ts";
import type { Report, Span } from "../report.ts";
import { clausePairs, splitClauses } from "../text/clauses.ts";

/** What a vector stands for. A hit on any of them is a hit on the sentences `from` to `to` (exclusive). */
interface Chunk {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The texts of some reports that get a vector, in the order of their vectors: headings, then paragraphs, then for each
 * sentence itself followed by its clauses and pairs of neighbouring clauses.
 */
export interface ChunkPlan extends ChunkTable {
  readonly texts: readonly string[];
}

/** Plans the vectors of the given reports. */
export function planChunks(reports: readonly Report[]): ChunkPlan {
  const sentenceCount = reports.reduce((sum, { sentences }) => sum + sentences.length, 0);
  const chunks: Chunk[] = [];
  const paragraphOf = new Uint32Array(sentenceCount);
  const ownChunks = new Uint32Array(sentenceCount + 1);
  forEachReport(reports, (report, first) => chunks.push(...headingChunks(report, first)));
  forEachReport(reports, (report, first) => {
    for (const chunk of paragraphChunks(report, first)) {
      paragraphOf.fill(chunks.length, chunk.from, chunk.to);
      chunks.push(chunk);
    }
  });
  forEachReport(reports, (report, first) => {
    report.sentences.forEach(({ span }, i) => {
      ownChunks[first + i] = chunks.length;
      const at = { from: first + i, to: first + i + 1 };
      chunks.push(...sentenceTexts(report.text, span).map((text) => ({ text, ...at })));
    });
  });
  ownChunks[sentenceCount] = chunks.length;
  const ranges = Uint32Array.from(chunks.flatMap(({ from, to }) => [from, to]));
  return { texts: chunks.map(({ text }) => text), ranges, paragraphOf, ownChunks };
}

function forEachReport(
  reports: readonly Report[],
  visit: (report: Report, firstSentence: number) => void,
): void {
  let first = 0;
  for (const report of reports) {
    visit(report, first);
    first += report.sentences.length;
  }
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
    return [{ text: slice(report.text, heading), from: first + from, to: first + last + 1 }];
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
    if (span) chunks.push({ text: slice(report.text, span), from: first + i, to: first + i + 1 });
  });
  return chunks;
}

function sentenceTexts(text: string, sentence: Span): string[] {
  const clauses = splitClauses(text, sentence);
  const spans = clauses.length > 1 ? [sentence, ...clauses, ...pairsWithin(clauses)] : [sentence];
  return spans.map((span) => slice(text, span));
}

/** Of two clauses, the pair is the sentence itself. */
function pairsWithin(clauses: readonly Span[]): Span[] {
  return clauses.length > 2 ? clausePairs(clauses) : [];
}

function slice(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}
