import type { ChunkTable } from "../index/store.ts";
import type { Report, Section } from "../report.ts";
import { sliceOf } from "../text/spans.ts";

/**
 * What of some reports gets a vector, in the order of the vectors: headings, then paragraphs of more than one sentence, then the
 * sentences. A hit on any of them is a hit on the sentences of its range.
 */
export interface ChunkPlan extends ChunkTable {
  /** The headings' texts. */
  readonly headings: readonly string[];
  /** The sentences' texts. */
  readonly sentences: readonly string[];
}

/** The sentences [from, to) that a chunk stands for. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** Plans the vectors of the given reports. */
export function planChunks(reports: readonly Report[]): ChunkPlan {
  const firsts = firstSentences(reports);
  const headings = reports.flatMap((report, i) => headingChunks(report, firsts[i] ?? 0));
  const paragraphs = reports.flatMap((report, i) => paragraphsOf(report, firsts[i] ?? 0));
  const sentences = reports.flatMap(({ text, sentences: all }) =>
    all.map(({ span }) => sliceOf(text, span)),
  );
  const firstSentence = headings.length + paragraphs.length;
  const paragraphOf = Uint32Array.from(sentences, (_, i) => firstSentence + i);
  paragraphs.forEach(({ from, to }, i) => paragraphOf.fill(headings.length + i, from, to));
  const own = sentences.map((_, i) => ({ from: i, to: i + 1 }));
  const ranges = [...headings, ...paragraphs, ...own].flatMap(({ from, to }) => [from, to]);
  return {
    headings: headings.map(({ text }) => text),
    sentences,
    ranges: Uint32Array.from(ranges),
    paragraphOf,
  };
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
function headingChunks(report: Report, first: number): (Range & { readonly text: string })[] {
  const starts = firstOfSections(report);
  const ends = endsOf(report.sections);
  return report.sections.flatMap(({ heading }, section) => {
    const from = first + (starts[section] ?? 0);
    const to = first + (starts[ends[section] ?? 0] ?? 0);
    return from < to ? [{ text: sliceOf(report.text, heading), from, to }] : [];
  });
}

/** The first sentence of each section, and the number of all last. Neither sentences nor sections ever go back. */
function firstOfSections({ blocks, sections, sentences }: Report): number[] {
  let sentence = 0;
  const starts = sections.map((_, section) => {
    const isAbove = (block = -1): boolean => (blocks[block]?.section ?? -1) < section;
    while (sentence < sentences.length && isAbove(sentences[sentence]?.block)) sentence++;
    return sentence;
  });
  return [...starts, sentences.length];
}

/** For each section the next one of its level or a higher one, or how many there are. */
function endsOf(sections: readonly Section[]): number[] {
  const ends = sections.map(() => sections.length);
  const open: number[] = [];
  sections.forEach(({ level }, section) => {
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      if ((sections[last]?.level ?? 0) < level) break;
      ends[last] = section;
      open.pop();
    }
    open.push(section);
  });
  return ends;
}

/** The paragraphs of more than one sentence. */
function paragraphsOf({ sentences }: Report, first: number): Range[] {
  const starts = sentences.flatMap(({ block }, i) =>
    sentences[i - 1]?.block === block ? [] : [i],
  );
  return starts.flatMap((from, i) => {
    const to = starts[i + 1] ?? sentences.length;
    return to - from > 1 ? [{ from: first + from, to: first + to }] : [];
  });
}
