/** How long looking for every mention takes, how long other work waits for it, and what is kept. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type {
  Generation,
  IndexedPassage,
  IndexedReport,
  IndexedSentence,
} from "../../../src/index/generation.ts";
import { parseReports } from "../../../src/parse/apart/parseFiles.ts";
import { readReportFiles } from "../../../src/parse/reportFiles.ts";
import { prepareMentionSearch, readWords } from "../../../src/search/mentionSearch.ts";
import { sliceOf } from "../../../src/text/spans.ts";
import { seededRandom } from "../../../test/support/seed.ts";
import { measured, measuredTimes } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";

/** Sentences of the reports that are made of the given one, said again and again. */
const SIZES = [2_700, 100_000];

const SEARCHES = 200;

/** Longest words that are looked for. */
const MAX_CHARS = 6;

/** What the reports' sentences may take in memory, in MB. */
const MOST_MEMORY_MB = 2;

/** A connection to Discord is kept by its heartbeats; an interaction has three seconds. In milliseconds. */
const MOST_WAIT_MS = 100;

/** Searches in the reports as they are, and in long ones. */
export async function measureMentions(reportsDir: string): Promise<Measurement[]> {
  const { files } = await readReportFiles(reportsDir);
  const { reports } = await parseReports(files);
  const said = reports.flatMap(({ text, sentences }) =>
    sentences.map(({ span }) => sliceOf(text, span)),
  );
  const rows: Measurement[] = [];
  for (const size of [said.length, ...SIZES]) {
    const sentences = Array.from({ length: size }, (_, i) => said[i % said.length] ?? "");
    const goal = size === said.length ? { atMost: MOST_MEMORY_MB } : {};
    rows.push(...(await measureSize(sentences, goal)));
  }
  return rows;
}

async function measureSize(
  sentences: readonly string[],
  memoryGoal: { readonly atMost?: number },
): Promise<Measurement[]> {
  const random = seededRandom();
  const below = (limit: number): number => Math.floor(limit * random());
  const search = prepareMentionSearch(indexOf(sentences));
  const before = heapBytes();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // A number, so that what is kept for values is kept as well.
  const first = await timed(() => search(readWords("35000")));
  const times: number[] = [];
  for (let i = 0; i < SEARCHES; i++) {
    const sentence = sentences[below(sentences.length)] ?? "";
    const start = below(Math.max(1, sentence.length - MAX_CHARS));
    const words = `${sentence.slice(start, start + 2 + below(MAX_CHARS - 2))} a1`;
    times.push(await timed(() => search(readWords(words))));
  }
  delay.disable();
  const name = `mentions in ${sentences.length.toLocaleString("en")} sentences`;
  return [
    measured(`${name}: the first time`, first, "ms"),
    ...measuredTimes(`${name}: again`, times),
    measured(`${name}: other work waits at most`, delay.max / 1e6, "ms", { atMost: MOST_WAIT_MS }),
    measured(`${name}: kept in memory`, (heapBytes() - before) / 1e6, "MB", memoryGoal),
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** What is held on the heap, without what is garbage. */
function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc()");
  return process.memoryUsage().heapUsed;
}

/** As much of an index as the search takes. */
function indexOf(
  texts: readonly string[],
): Pick<Generation, "sentences" | "passages" | "readTexts"> {
  const report: IndexedReport = {
    id: "",
    title: "",
    front: {},
    pages: [],
    sections: [],
    blocks: [],
  };
  const text = texts.join("\n");
  const sentences: IndexedSentence[] = [];
  const passages: IndexedPassage[] = [];
  let start = 0;
  texts.forEach((it, passage) => {
    const span = { start, end: start + it.length };
    start = span.end + 1;
    sentences.push({ span, block: 0, kind: "paragraph", passage });
    passages.push({
      id: "",
      report,
      span,
      block: 0,
      sentences: [1, 1],
      words: [0, 0],
      textHash: "",
      foldedHash: "",
    });
  });
  const readTexts: Generation["readTexts"] = (stretches) =>
    Promise.resolve(stretches.map(({ span }) => sliceOf(text, span)));
  return { sentences, passages, readTexts };
}
