/** Wires the layers: config -> index -> search -> answer. */
import { composeAnswer } from "../ask/answer.ts";
import type { AskOptions, TimedAnswer } from "../ask/answer.ts";
import { findApproved, prepareResolver } from "../ask/approvedAnswers.ts";
import type { Resolver } from "../ask/approvedAnswers.ts";
import { prepareLookup } from "../ask/lookup.ts";
import type { Lookup } from "../ask/lookup.ts";
import type { IngestOptions } from "../ingest/ingest.ts";
import type { Encoder } from "../models/encoder/encoder.ts";
import type { Encoding } from "../models/encoder/encoding.ts";
import { openCurrent, openNext } from "../index/fileStore/current.ts";
import type { Generation } from "../index/generation.ts";
import { currentSources } from "../ingest/sources.ts";
import type { Manifest, Sources } from "../index/manifest.ts";
import { readReportFiles } from "../parse/reportFiles.ts";
import type { ReportFile } from "../parse/reportFiles.ts";
import { readQuestion } from "../search/question.ts";
import { prepareQuestionVectors, spaceOf } from "../ask/similarQuestions.ts";
import type { QuestionVector } from "../ask/similarQuestions.ts";
import { prepareSearch } from "../ask/ask.ts";
import type { Search } from "../ask/ask.ts";
import type { AblationPart } from "../search/fusion.ts";
import { foldHan } from "../text/fold.ts";
import { traced } from "../trace.ts";
import { createHotSwap } from "./hotSwap.ts";

/** Answers questions until it is closed. */
export interface Collection {
  /** Each answer is made from one generation of the index, also while another one is put in use. */
  ask(question: string, options: AskOptions): Promise<TimedAnswer>;
  /** A question as other questions are compared with it. */
  vectorOf(question: string): Promise<QuestionVector>;
  /** What those vectors are made with now. */
  readonly space: string;
  /** Passages by their place, in the generation in use now. */
  readonly lookup: Lookup;
  /** What the index in use now was made from. */
  readonly manifest: Manifest;
  /** Why the index in use now looks at all of its vectors, in words; undefined where it searches its graph. */
  readonly whyExact: string | undefined;
  /**
   * Puts the newest generation in use if another process has built or chosen one; whether it did.
   *
   * @throws {UserError} if it cannot be used; then the one before stays.
   */
  refresh(): Promise<boolean>;
  close(): Promise<void>;
}

export interface OpenOptions extends IngestOptions {
  /** Told that an index must be built first, and why. */
  readonly onBuild?: (why: string) => void;
  /** Steps of the search that are left out, to measure what they are worth. */
  readonly without?: ReadonlySet<AblationPart>;
}

/**
 * Opens the index while the encoder starts; builds it first where there is none or where it does not fit any more.
 *
 * @throws {UserError} that names what cannot be used, and the remedy.
 */
export async function openCollection(
  encoderStarting: Promise<Encoder>,
  options: OpenOptions,
): Promise<Collection> {
  const { config } = options;
  const files = await traced("reports", () => readReportFiles(config.reportsDir));
  const sources = await traced("hashes", () => currentSources(config.modelDir, files));
  const opened = await traced("index", () => openCurrent(config.indexDir, sources));
  const encoder = await encoderStarting;
  const generation =
    opened.kind === "ready"
      ? opened.generation
      : await buildAndOpen({ ...options, files, sources, encoder, why: reason(opened) });
  return answering(generation, encoder, options);
}

function reason(opened: { kind: "absent" } | { kind: "stale"; why: string }): string {
  return opened.kind === "absent" ? "there is none" : opened.why;
}

interface Building extends OpenOptions {
  readonly files: readonly ReportFile[];
  readonly sources: Sources;
  readonly encoder: Encoder;
  readonly why: string;
}

async function buildAndOpen(building: Building): Promise<Generation> {
  const { config, files, sources, why, onBuild } = building;
  // Loaded when it is needed: an answer from an index that is there needs no parser.
  const { buildFrom, parseReports } = await import("../ingest/ingest.ts");
  const reports = parseReports(files);
  onBuild?.(why);
  await buildFrom({ ...building, reports });
  const opened = await openCurrent(config.indexDir, sources);
  if (opened.kind !== "ready") throw new Error(`the new index cannot be opened: ${reason(opened)}`);
  return opened.generation;
}

/** A generation, and what is prepared from it; what an answer on the terminal does not need, when it is first asked for. */
interface Prepared {
  readonly generation: Generation;
  readonly search: Search;
  readonly lookup: () => Lookup;
  readonly anchor: () => Resolver;
  readonly toVector: () => (question: string, encoding: Encoding) => QuestionVector;
  readonly space: () => string;
}

function prepareGeneration(
  generation: Generation,
  encoder: Encoder,
  without?: ReadonlySet<AblationPart>,
): Prepared {
  return {
    generation,
    search: prepareSearch(generation, encoder, without && { without }),
    lookup: once(() => prepareLookup(generation)),
    anchor: once(() => prepareResolver(generation)),
    toVector: once(() => prepareQuestionVectors(generation)),
    space: once(() => spaceOf(generation)),
  };
}

/** Makes something when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => (made ??= { it: make() }).it;
}

function answering(first: Generation, encoder: Encoder, options: OpenOptions): Collection {
  const { config, without } = options;
  const prepare = (generation: Generation): Prepared =>
    prepareGeneration(generation, encoder, without);
  const shelves = createHotSwap(prepare(first), ({ generation }) => {
    generation.close();
  });
  let refreshing: Promise<boolean> | undefined;
  const refresh = async (): Promise<boolean> => {
    const next = await openNext(config.indexDir, shelves.current.generation);
    if (next === undefined) return false;
    shelves.replace(prepare(next));
    return true;
  };
  return {
    get manifest() {
      return shelves.current.generation.manifest;
    },
    get whyExact() {
      return shelves.current.generation.vectors.whyExact;
    },
    get space() {
      return shelves.current.space();
    },
    get lookup() {
      return shelves.current.lookup();
    },
    ask: (question, { maxExcerpts, approved }) =>
      shelves.use(async ({ generation, search, anchor, toVector }) => {
        const started = performance.now();
        const searching = search(question);
        // While the model works. A failure of either must not count as unhandled until it is awaited.
        searching.catch(() => undefined);
        const approvals = approved?.();
        approvals?.catch(() => undefined);
        const result = await searching;
        const known = await approvals;
        const vector = known && toVector()(question, result.encoding);
        const found =
          known && vector && findApproved(known, { question, vector }, result.passages, anchor());
        const answer = composeAnswer(generation, result, { maxExcerpts }, found);
        return { ...answer, ms: { ...result.ms, total: performance.now() - started } };
      }),
    vectorOf: (question) =>
      shelves.use(async ({ toVector }) =>
        toVector()(question, await encoder.encode(foldHan(readQuestion(question)), "query")),
      ),
    refresh: () => (refreshing ??= refresh().finally(() => (refreshing = undefined))),
    close: async () => {
      await encoder.close();
      shelves.close();
    },
  };
}
