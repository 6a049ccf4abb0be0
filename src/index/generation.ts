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
  /** Length of a vector. */
  readonly dimensions: number;
  readonly reports: readonly IndexedReport[];
  readonly sentences: readonly IndexedSentence[];
  readonly passages: readonly IndexedPassage[];
  /** The passages of the same words, where there is more than one, by {@link IndexedPassage.foldedHash}. */
  readonly copies: ReadonlyMap<string, readonly IndexedPassage[]>;
  readonly questionMeans: QuestionMeans;
  readonly background: Background;
  /** Why all vectors are looked at, in words; undefined where the HNSW graph is searched. */
  readonly whyExact: string | undefined;
  readonly keywords: KeywordIndexes;
  /** The sentences of the `limit` chunks that are nearest to a vector of length 1, best first; fewer if there are fewer. */
  findNearest(vector: Float32Array, limit: number): Promise<SentenceRange[]>;
  /** What the scorers compare with a question, of each of these sentences. */
  readVectors(sentences: readonly number[]): Promise<SentenceVectors[]>;
  /** Reads stretches of the reports' clean texts. */
  readTexts(stretches: readonly Stretch[]): Promise<string[]>;
  close(): void;
}

/** A report as an index holds it: without its text, which is read where it is needed. */
export interface IndexedReport extends Pick<Report, "id" | "title" | "sections"> {
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
  /** SHA-256 of its text. */
  readonly textHash: string;
  /** SHA-256 of its folded text. */
  readonly foldedHash: string;
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
  /** Its own chunks: itself, then its clauses and the pairs of neighbouring ones. */
  readonly own: ChunkVectors;
  /** Its paragraph, one vector; sentences of one paragraph share it. */
  readonly paragraph: ChunkVectors;
  /** The nearest heading above, one vector, shared likewise; undefined where there is none. */
  readonly heading: ChunkVectors | undefined;
}

/** One sentence's token vectors. */
export interface SentenceTokens extends QuantizedRows {
  /** [start, end) of each token in the sentence, UTF-16 code units; two values a token. */
  readonly spans: Uint32Array;
}

/** The vectors of some chunks. */
export interface ChunkVectors {
  /** The cosine of a vector of length 1 with each. */
  cosines(vector: Float32Array): Float32Array;
  /** One of them, of length 1. */
  vector(chunk: number): Float32Array;
}

const Vector = v.array(v.number());

/** What the questions of a language have in common, whatever they ask: the means over the question bank. */
export const QuestionMeans = v.record(v.string(), v.object({ vector: Vector, token: Vector }));

export type QuestionMeans = v.InferOutput<typeof QuestionMeans>;

const Distribution = v.object({ mean: v.number(), deviation: v.number() });

/**
 * How high an index scores questions that have nothing to do with it: mean and standard deviation of the best passage's score
 * over the question bank, for questions in a language of the reports and in others.
 */
export const Background = v.object({
  native: v.optional(Distribution),
  foreign: v.optional(Distribution),
});

export type Background = v.InferOutput<typeof Background>;
export type Distribution = v.InferOutput<typeof Distribution>;

/** The passage that a sentence belongs to; undefined if there is no such sentence. */
export function passageOf(
  { sentences, passages }: Pick<Generation, "sentences" | "passages">,
  sentence: number,
): IndexedPassage | undefined {
  return passages[sentences[sentence]?.passage ?? -1];
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
