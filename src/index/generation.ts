/** An index as a question sees it. What a question needs of it comes in batches that it awaits, so that files are not the only place it can lie in. */
import * as v from "valibot";
import type { Block, BlockKind, Report, Section, Span } from "../report.ts";
import type { QuantizedRows } from "../vectors.ts";
import type { Manifest } from "./manifest.ts";

/** An opened index: read-only, and the same for as long as it is open. */
export interface Generation {
  /** Tells it from the others of its store. */
  readonly name: string;
  readonly manifest: Manifest;
  /** SHA-256 of the manifest as it is stored: tells it from one of the same name in a store that was made anew. */
  readonly manifestHash: string;
  /** Length of a vector. */
  readonly dimensions: number;
  readonly reports: readonly IndexedReport[];
  readonly sentences: readonly IndexedSentence[];
  readonly passages: readonly IndexedPassage[];
  /** In the order of the text; neighbours may overlap. */
  readonly windows: readonly IndexedWindow[];
  /** The passages of the same words, where there is more than one, by {@link IndexedPassage.foldedHash}. */
  readonly copies: ReadonlyMap<string, readonly IndexedPassage[]>;
  readonly questionMeans: QuestionMeans;
  /** Why all vectors are looked at, in words; undefined where the HNSW graph is searched. */
  readonly whyExact: string | undefined;
  readonly keywords: KeywordIndexes;
  /** The sentences of the `limit` chunks that are nearest to a vector of length 1, best first; fewer if there are fewer. */
  findNearest(vector: Float32Array, limit: number): Promise<SentenceRange[]>;
  /** What the scorers compare with a question, of each of these sentences. */
  readVectors(sentences: readonly number[]): Promise<SentenceVectors[]>;
  /** What the reader sees in each of these windows. */
  readWindows(windows: readonly number[]): Promise<WindowTokens[]>;
  /** The words of each of these passages, in order; none of a passage that is not Chinese. */
  readWords(passages: readonly IndexedPassage[]): Promise<GlossedWord[][]>;
  /** Reads stretches of the reports' clean texts. */
  readTexts(stretches: readonly Stretch[]): Promise<string[]>;
  close(): void;
}

/** A report as an index holds it: without its text, which is read where it is needed. */
export interface IndexedReport extends Pick<
  Report,
  "id" | "title" | "front" | "pages" | "sections"
> {
  readonly blocks: readonly (Omit<Block, "section"> & Partial<Pick<Block, "section">>)[];
}

/** A sentence, counted through all reports. */
export interface IndexedSentence {
  readonly span: Span;
  readonly block: number;
  readonly kind: BlockKind;
  /** Index into {@link Generation.passages}. */
  readonly passage: number;
}

/** A passage, counted through all reports. */
export interface IndexedPassage {
  readonly id: string;
  readonly report: IndexedReport;
  readonly span: Span;
  readonly block: number;
  readonly sentences: readonly [from: number, to: number];
  /** Its words [from, to), counted through all passages; none if it is not Chinese. */
  readonly words: readonly [from: number, to: number];
  /** SHA-256 of its text. */
  readonly textHash: string;
  /** SHA-256 of its folded text. */
  readonly foldedHash: string;
}

/** A word of a Chinese passage, with how it is read and what a dictionary says of it. */
export interface GlossedWord {
  /** [start, end) in the passage's text, UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** With the marks of its tones. */
  readonly pinyin: string;
  /** At most two of at most forty characters; none of a name or a number. */
  readonly senses: readonly string[];
}

/** A stretch of a report that the reader sees at once. */
export interface IndexedWindow {
  /** The sentences [from, to), counted through all reports, of which it shows at least a part. */
  readonly from: number;
  readonly to: number;
}

/** What the reader sees of a report: a head of title and heading, then the window's own text. */
export interface WindowTokens {
  readonly ids: Uint32Array;
  /** [start, end) of each token in the report's clean text, UTF-16 code units; both 0 for tokens of the head. Two values a token. */
  readonly spans: Uint32Array;
}

/** A stretch of a report's text, such as a passage. */
export type Stretch = Pick<IndexedPassage, "report" | "span">;

/** The ways in which a question can share terms with a sentence. */
export type KeywordIndexName = "words" | "glosses" | "pinyin";

/** One keyword index for each way. */
export type KeywordIndexes = Readonly<Record<KeywordIndexName, KeywordIndex>>;

/** Terms and the sentences that hold them. */
export interface KeywordIndex {
  /** How many sentences there are. */
  readonly count: number;
  /** How telling each of the terms is. */
  weigh(terms: readonly string[]): Promise<TermWeight[]>;
  /** The BM25 score of each sentence in which one of the terms counts. A repeated term counts once. */
  score(terms: readonly string[]): Promise<KeywordScores>;
}

/** How telling a term is. */
interface TermWeight {
  /** Whether it counts in any sentence. */
  readonly isKnown: boolean;
  /** Its inverse document frequency; the highest one where it is in no sentence. */
  readonly idf: number;
}

/** How well sentences match a question in one of the ways. */
export interface KeywordScores {
  /** One score a sentence: 0 where nothing is shared. */
  readonly scores: Float32Array;
  /** The sentences with a score, in no particular order. */
  readonly sentences: Uint32Array;
}

/** The sentences [from, to) that a chunk stands for, and its cosine to a question, −1..1. */
interface SentenceRange {
  readonly from: number;
  readonly to: number;
  readonly cosine: number;
}

/** What the scorers compare with a question, of one sentence; all vectors are centred. */
export interface SentenceVectors {
  /** Its number. */
  readonly sentence: number;
  readonly tokens: SentenceTokens;
  readonly own: ChunkVector;
  /** Its paragraph's; sentences of one paragraph share it, and a sentence that is a paragraph is its own. */
  readonly paragraph: ChunkVector;
  /** The nearest heading's above, shared likewise; undefined where there is none. */
  readonly heading: ChunkVector | undefined;
}

/** One sentence's token vectors. */
export interface SentenceTokens extends QuantizedRows {
  /** [start, end) of each token in the sentence, UTF-16 code units; two values a token. */
  readonly spans: Uint32Array;
}

/** The vector of a chunk. */
export interface ChunkVector {
  /** Its cosine with a vector of length 1. */
  cosine(vector: Float32Array): number;
  /** Its values, of length 1. */
  values(): Float32Array;
}

const Vector = v.array(v.number());

/** What the questions of a language have in common, whatever they ask: the means over the question bank. */
export const QuestionMeans = v.record(v.string(), v.object({ vector: Vector, token: Vector }));

export type QuestionMeans = v.InferOutput<typeof QuestionMeans>;

/** The passage that a sentence belongs to; undefined if there is no such sentence. */
export function passageOf(
  { sentences, passages }: Pick<Generation, "sentences" | "passages">,
  sentence: number,
): IndexedPassage | undefined {
  return passages[sentences[sentence]?.passage ?? -1];
}

/** The windows that show a sentence, or a part of it, in order: neither their starts nor their ends ever go back. */
export function windowsOf({ windows }: Pick<Generation, "windows">, sentence: number): number[] {
  let [first, beyond] = [0, windows.length];
  while (first < beyond) {
    const middle = (first + beyond) >> 1;
    if ((windows[middle]?.to ?? 0) > sentence) beyond = middle;
    else first = middle + 1;
  }
  const found: number[] = [];
  for (let i = first; (windows[i]?.from ?? Infinity) <= sentence; i++) found.push(i);
  return found;
}

/** The section that a passage stands in; undefined above the first. */
export function sectionOf({
  report,
  block,
}: Pick<IndexedPassage, "report" | "block">): Section | undefined {
  return report.sections[report.blocks[block]?.section ?? -1];
}

/** What a passage's block is. */
export function kindOf({ report, block }: Pick<IndexedPassage, "report" | "block">): BlockKind {
  return report.blocks[block]?.kind ?? "paragraph";
}
