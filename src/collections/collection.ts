/** One set of reports: opens or builds its index, answers from it, follows it to the next one. */
import { prepareAsk } from "../ask/ask.ts";
import type { Ask } from "../ask/ask.ts";
import { prepareLookup } from "../ask/lookup.ts";
import type { Lookup } from "../ask/lookup.ts";
import { prepareMentions } from "../ask/mentions.ts";
import type { Mentions } from "../ask/mentions.ts";
import { prepareQuestionVectors, spaceOf } from "../ask/similarQuestions.ts";
import type { QuestionVector } from "../ask/similarQuestions.ts";
import { whyUnread } from "../ask/whatWasRead.ts";
import { UnansweredError } from "../errors.ts";
import { fileStore } from "../index/fileStore/fileStore.ts";
import type { Generation } from "../index/generation.ts";
import type { Sources } from "../index/manifest.ts";
import type { IndexStore, OpenedIndex } from "../index/store.ts";
import type { IngestOptions } from "../ingest/ingest.ts";
import { currentSources } from "../ingest/sources.ts";
import type { Encoder } from "../models/encoder/encoder.ts";
import { readReportFiles, tellNotRead } from "../parse/reportFiles.ts";
import type { ReportFolder } from "../parse/reportFiles.ts";
import type { SearchOptions } from "../search/search.ts";
import { detectLanguage } from "../search/language.ts";
import { MAX_QUESTION_WAIT_MS, readQuestion } from "../search/question.ts";
import { foldHan } from "../text/fold.ts";
import { inTime, unlessAborted } from "../promises.ts";
import { traced } from "../trace.ts";
import { factsOf } from "./facts.ts";
import type { Facts } from "./facts.ts";
import { createHotSwap } from "./hotSwap.ts";
import type { HotSwap } from "./hotSwap.ts";

/** Answers questions until it is closed. */
export interface Collection {
  /**
   * Each answer is made from one generation of the index, also while another one is put in use. It has fifteen seconds.
   *
   * @throws {UnansweredError} if it takes longer; {BusyError} if too many wait before it; {UsageError} if nothing is asked.
   */
  readonly ask: Ask;
  /** A question as other questions are compared with it. */
  vectorOf(question: string): Promise<QuestionVector>;
  /** What the vectors of the moment are made with: only those of one space can be compared. */
  readonly space: string;
  /** Passages by their place, in the generation in use now: it is asked for anew after each wait. */
  readonly lookup: Lookup;
  /** Every sentence with some words, likewise. */
  readonly mentions: Mentions;
  /** What the index in use now was made from. */
  readonly facts: Facts;
  /** Why the index in use now looks at all of its vectors, in words; undefined where it searches its graph. */
  readonly whyExact: string | undefined;
  /** Why passages are not read, in one sentence; undefined where they are. */
  readonly whyUnread: string | undefined;
  /** What lies in the folder of the reports and is not read, one sentence each. */
  readonly notRead: readonly string[];
  /**
   * Puts the newest generation in use if another process has built or chosen one; whether it did.
   *
   * @throws {UserError} if it cannot be used; then the one before stays.
   */
  refresh(): Promise<boolean>;
  close(): Promise<void>;
}

export interface OpenOptions extends IngestOptions, Pick<SearchOptions, "without"> {
  readonly config: IngestOptions["config"] & Pick<SearchOptions, "readWindows">;
  /** Told that an index must be built first, and why. */
  readonly onBuild?: (why: string) => void;
  /** How long a question may take, in milliseconds. */
  readonly deadlineMs?: number;
  /** Breaks it off, also while the index is built. */
  readonly signal?: AbortSignal | undefined;
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
  const { config, without, signal, deadlineMs = QUESTION_DEADLINE_MS } = options;
  const findOptions = { without, readWindows: config.readWindows };
  const store = fileStore(config.indexDir);
  const folder = await traced("reports", () => readReportFiles(config.reportsDir));
  const sources = await traced("hashes", () => currentSources(config.modelDir, folder.files));
  const opened = await traced("index", () => store.openCurrent(sources));
  const encoder = await unlessAborted(encoderStarting, signal);
  const index =
    opened.kind === "ready"
      ? opened.generation
      : await buildAndOpen({ folder, sources, store, encoder }, reason(opened), options);
  const inUse = createHotSwap(await prepare(index, encoder, findOptions), (it) => {
    it.index.close();
  });
  const followIndex = () => follow(inUse, store, encoder, findOptions);
  return answering(
    { inUse, encoder, followIndex, deadlineMs },
    {
      whyUnread: whyUnread(encoder, config.readWindows),
      notRead: tellNotRead(folder, [...folder.refused, ...index.manifest.refused]),
    },
  );
}

function reason(opened: Exclude<OpenedIndex, { kind: "ready" }>): string {
  return opened.kind === "absent" ? "there is none" : opened.why;
}

interface Ingredients {
  readonly folder: ReportFolder;
  readonly sources: Sources;
  readonly store: IndexStore;
  readonly encoder: Encoder;
}

async function buildAndOpen(
  { folder, sources, store, encoder }: Ingredients,
  why: string,
  { onBuild, onProgress, signal }: OpenOptions,
): Promise<Generation> {
  // Loaded when it is needed: an answer from an index that is there needs no parser.
  const { buildGeneration } = await import("../ingest/ingest.ts");
  const { parseReports } = await import("../parse/apart/parseFiles.ts");
  const read = await parseReports(folder.files, { signal });
  signal?.throwIfAborted();
  onBuild?.(why);
  await buildGeneration({ ...read, sources }, store, encoder, onProgress);
  const opened = await store.openCurrent(sources);
  if (opened.kind !== "ready") throw new Error(`the new index cannot be opened: ${reason(opened)}`);
  return opened.generation;
}

/** A generation, and what is prepared from it; what an answer on the terminal does not need, when it is first asked for. */
interface Prepared {
  readonly index: Generation;
  readonly ask: Ask;
  readonly lookup: () => Lookup;
  readonly mentions: () => Mentions;
  readonly vectorOf: () => ReturnType<typeof prepareQuestionVectors>;
  readonly space: () => string;
}

async function prepare(
  index: Generation,
  encoder: Encoder,
  options: SearchOptions,
): Promise<Prepared> {
  return {
    index,
    ask: await prepareAsk(index, encoder, options),
    lookup: once(() => prepareLookup(index)),
    mentions: once(() => prepareMentions(index)),
    vectorOf: once(() => prepareQuestionVectors(index)),
    space: once(() => spaceOf(index)),
  };
}

/** Makes something when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => (made ??= { it: make() }).it;
}

/** Puts the next generation in use, if there is one. */
async function follow(
  inUse: HotSwap<Prepared>,
  store: IndexStore,
  encoder: Encoder,
  options: SearchOptions,
): Promise<boolean> {
  const next = await store.openNext(inUse.current.index);
  if (next === undefined) return false;
  inUse.replace(await prepare(next, encoder, options));
  return true;
}

/** What a collection works with. */
interface Works {
  readonly inUse: HotSwap<Prepared>;
  readonly encoder: Encoder;
  readonly followIndex: () => Promise<boolean>;
  readonly deadlineMs: number;
}

/** Whoever asks has gone by then; Discord waits for fifteen minutes, people do not. In milliseconds. */
const QUESTION_DEADLINE_MS = 15_000;

function answering(
  { inUse, encoder, followIndex, deadlineMs }: Works,
  notices: Pick<Collection, "whyUnread" | "notRead">,
): Collection {
  let following: Promise<boolean> | undefined;
  const use = <Done>(work: (current: Prepared) => Promise<Done>): Promise<Done> =>
    inTime(inUse.use(work), deadlineMs, tooLate);
  return {
    get facts() {
      return factsOf(inUse.current.index);
    },
    get whyExact() {
      return inUse.current.index.whyExact;
    },
    ...notices,
    get space() {
      return inUse.current.space();
    },
    get lookup() {
      return inUse.current.lookup();
    },
    mentions: {
      find: (words, options) => use(({ mentions }) => mentions().find(words, options)),
      suggest: (typed, report) => use(({ mentions }) => mentions().suggest(typed, report)),
      reportsNamed: (name) => inUse.current.mentions().reportsNamed(name),
    },
    ask: (question, options) => use(({ ask }) => ask(question, options)),
    vectorOf: (question) =>
      use(async ({ vectorOf }) => {
        const text = readQuestion(question);
        const encoding = await encoder.encode(foldHan(text), "query", MAX_QUESTION_WAIT_MS);
        return vectorOf()({ text, language: detectLanguage(text) }, encoding);
      }),
    refresh: () => (following ??= followIndex().finally(() => (following = undefined))),
    close: async () => {
      await encoder.close();
      inUse.close();
    },
  };
}

function tooLate(): UnansweredError {
  return new UnansweredError("The question took too long: ask again in a moment.");
}
