/** A place for generations of an index, of which one is in use. */
import type {
  Generation,
  GlossedWord,
  IndexedWindow,
  KeywordIndexName,
  QuestionMeans,
  WindowTokens,
} from "./generation.ts";
import type { Manifest, Sources } from "./manifest.ts";
import type { PostingsData } from "./postings/postings.ts";
import type { Report } from "../report.ts";
import type { QuantizedRows } from "../vectors.ts";

/** Keeps generations; what is half written is never seen. */
export interface IndexStore {
  /**
   * Opens the generation in use if it was made from the given sources.
   *
   * @throws {UserError} that names what is missing or damaged.
   */
  openCurrent(sources: Sources): Promise<OpenedIndex>;
  /**
   * Opens the generation in use if it is another one than `held`; undefined if it is the same.
   *
   * @throws {UserError} that names what is missing or damaged, or says why this program cannot use it.
   */
  openNext(held: Generation): Promise<Generation | undefined>;
  /**
   * Puts the generation before the one in use in use, until the next one is built.
   *
   * @returns Its manifest.
   * @throws {UserError} if there is none, or if it cannot be used.
   */
  rollBack(): Promise<Manifest>;
  /**
   * Begins a generation beside the one in use.
   *
   * @throws {UserError} if nothing can be written.
   */
  begin(sources: Sources): Promise<Draft>;
}

/** What was found in a store: a usable index, none, or one that no longer fits, and why. */
export type OpenedIndex =
  | { readonly kind: "ready"; readonly generation: Generation }
  | { readonly kind: "absent" }
  | { readonly kind: "stale"; readonly why: string };

/** What the model makes of a text, before centring: it depends on nothing but the text and the model. */
export interface KeptEncoding {
  /** Of length 1. */
  readonly vector: Float32Array;
  readonly tokens: QuantizedRows;
  /** [start, end) of each token in the text, UTF-16 code units; two values a token. */
  readonly spans: Uint32Array;
}

/** A generation while it is being written. */
export interface Draft {
  /** What the model made of a text, if this draft keeps it, or the generation in use, which then is of the same model. */
  recall(text: string): KeptEncoding | undefined;
  /** Keeps what the model made of a text, for this draft and for the next generation. */
  keep(text: string, encoding: KeptEncoding): Promise<void>;
  /** The means of the question bank in the generation in use, if it is of the same model and settings. */
  readonly questionMeans: QuestionMeans | undefined;
  /** Adds the token vectors of the next sentence: those of a library need not fit in memory. */
  writeTokens(tokens: QuantizedRows & { readonly spans: Uint32Array }): Promise<void>;
  /** Writes all else, once the tokens of all sentences are written. */
  write(contents: Contents): Promise<void>;
  /** Opens what was written so far, to be asked before anybody else sees it. */
  open(): Promise<Generation>;
  /** Puts the generation in use, in one step. */
  commit(): Promise<Manifest>;
  /** Removes what was written. */
  abandon(): Promise<void>;
}

/** A window, and what the reader sees of it. */
export interface FilledWindow extends IndexedWindow {
  readonly tokens: WindowTokens;
}

/** What a generation holds besides token vectors. */
export interface Contents {
  readonly reports: readonly Report[];
  readonly refused: Manifest["refused"];
  readonly dimensions: number;
  readonly chunks: ChunkTable;
  /** A vector a chunk, centred, each of length 1, row after row. */
  readonly chunkVectors: Float32Array;
  readonly keywords: Readonly<Record<KeywordIndexName, PostingsData>>;
  readonly glossary: Glossary;
  readonly questionMeans: QuestionMeans;
  /** In the order of the text. */
  readonly windows: readonly FilledWindow[];
}

/** The words of the Chinese passages. */
export interface Glossary {
  /** Start and end of each word in its passage's text, UTF-16 code units, and its entry: `3 × words` values. */
  readonly words: Uint32Array;
  /** How many words there are up to the end of each passage; passages are counted through all reports. */
  readonly ends: Uint32Array;
  /** Each reading with its senses once. */
  readonly entries: readonly GlossaryEntry[];
}

/** How a word is read, and what it means. */
export type GlossaryEntry = Pick<GlossedWord, "pinyin" | "senses">;

/** Which sentences the chunks stand for; sentences are counted through all reports. */
export interface ChunkTable {
  /** [from, to) in sentences, for each chunk: `2 × chunks` values. */
  readonly ranges: Uint32Array;
  /** The paragraph's chunk of each sentence. The sentences' own chunks come last, one after the other. */
  readonly paragraphOf: Uint32Array;
}
