/** How the time of what reads texts grows with their length, where these are made to be slow to read. */
import type { KeywordIndex } from "../../../src/index/generation.ts";
import { findExactMatches } from "../../../src/search/exactMatch.ts";
import { planChunks } from "../../../src/ingest/chunks.ts";
import { fillWindows } from "../../../src/ingest/windows.ts";
import { tokenizeText } from "../../../src/models/encoder/encodeText.ts";
import { loadTokenizer } from "../../../src/models/tokenizer/loadTokenizer.ts";
import { UserError } from "../../../src/errors.ts";
import { cleanText } from "../../../src/parse/clean/clean.ts";
import { readMarkdown } from "../../../src/parse/formats/markdown.ts";
import { readPlainText } from "../../../src/parse/formats/plainText.ts";
import { readReport } from "../../../src/parse/parseReport.ts";
import { MAX_QUESTION_CHARS } from "../../../src/search/question.ts";
import { readDictionary } from "../../../src/terms/dictionary.ts";
import { prepareGlosses } from "../../../src/terms/glosses.ts";
import { readPinyin } from "../../../src/terms/pinyinNames.ts";
import { prepareWords } from "../../../src/terms/wordByWord/wordByWord.ts";
import { termsOf } from "../../../src/terms/words.ts";
import type { Report } from "../../../src/report.ts";
import { splitClauses } from "../../../src/text/clauses.ts";
import { splitSentences } from "../../../src/text/sentences.ts";
import { measured, toTable } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";

/** The texts' lengths, each twice the one before. */
const LENGTHS = [50_000, 100_000, 200_000] as const;

/** What twice the text may take, in times of CPU: linear is 2. */
const MOST_GROWTH = 2.5;

/** Runs of which the fastest counts, since the machine does other things too; one is enough of what takes long. */
const RUNS = 3;
const LONG_MS = 300;

/** Beyond this the longer texts are not tried. */
const HOPELESS_MS = 4_000;

/** What reads texts, and what it is given: each of the texts is repeated to the length. */
interface Reader {
  readonly name: string;
  readonly texts: readonly string[];
  /** What is timed, once the text is prepared. */
  readonly prepare: (text: string) => () => unknown;
}

/** A row for each reader and text: by how much the time of CPU grows where the text is twice as long, be it read or refused. */
export async function measureHostile(modelDir: string): Promise<Measurement[]> {
  const rows: Measurement[] = [];
  for (const { name, texts, prepare } of [
    ...(await readersOfSentences(modelDir)),
    ...readersOfReports(),
  ]) {
    for (const text of texts) {
      const { growth, isRefused } = await growthOf((length) =>
        prepare(text.repeat(Math.ceil(length / text.length)).slice(0, length)),
      );
      const what = `${name}, ${JSON.stringify(text)} repeated${isRefused ? ", refused" : ""}`;
      const row = measured(what, growth, "×", { atMost: MOST_GROWTH });
      // Said at once: some take minutes.
      console.error(toTable([row]));
      rows.push(row);
    }
  }
  return rows;
}

/** What reads whole reports. */
function readersOfReports(): Reader[] {
  return [
    {
      name: "cleaning",
      texts: ["甲,,,,", ",」,」", "漢(ab)(ab)", "甲 ", "（", "a\n"],
      prepare: (text) => () => cleanText(text),
    },
    {
      name: "plain text",
      texts: ["目錄\n", "1\n", "\f", "a | b\n", "a .... 1\n", "甲\n\n"],
      prepare: (text) => () => readPlainText(text),
    },
    {
      name: "chunks",
      texts: ["a\nb\n"],
      prepare: (text) => {
        const report = manySections(text.length / 4);
        return () => planChunks([report]);
      },
    },
    { name: "quotation", texts: ["a", "a "], prepare: prepareQuotation },
    {
      name: "Markdown",
      texts: ["[a](", "> ", "*a_", "`", "| a ", "# a\n\nb\n\n", "> a\n\n", "- a\n\nb\n\n"],
      prepare: (text) => () => readMarkdown(text),
    },
  ];
}

/** What reads their sentences. */
async function readersOfSentences(modelDir: string): Promise<Reader[]> {
  const tokenizer = await loadTokenizer(modelDir);
  const tokenize = (texts: readonly string[]) =>
    Promise.resolve(texts.map((it) => tokenizeText(tokenizer, it)));
  return [
    {
      name: "sentences",
      texts: ["“", "“」", "（（」", "「a。」", "Mr. ", ". ", 'a." ', "。", "1. ", "§ 1. ", "Mr. ("],
      prepare: (text) => () => splitSentences(text, { start: 0, end: text.length }),
    },
    {
      name: "clauses",
      texts: ["《a》，", "（", "1,", "甲，"],
      prepare: (text) => () => splitClauses(text, { start: 0, end: text.length }),
    },
    {
      name: "windows",
      texts: ["a", "甲", "a. ", "a\n", "甲乙。"],
      prepare: (text) => {
        const report = readReport("r", readPlainText(text));
        return () => fillWindows([report], { tokenize });
      },
    },
    {
      name: "terms",
      texts: ["甲", "一", "万", "1 000", "1,", "十 ", "a1", "two hundred "],
      prepare: (text) => () => termsOf(text),
    },
    ...(await readersOfWords()),
  ];
}

/** What looks Chinese words up. */
async function readersOfWords(): Promise<Reader[]> {
  const dictionary = await readDictionary();
  const glossTerms = prepareGlosses(dictionary);
  const glossReport = await prepareWords(dictionary);
  const pinyinTerms = await readPinyin();
  return [
    { name: "pinyin", texts: ["甲", "單", "一不"], prepare: (text) => () => pinyinTerms(text) },
    { name: "glosses", texts: ["中", "中华人民共和国"], prepare: (text) => () => glossTerms(text) },
    {
      name: "word by word",
      texts: ["甲", "一", "长", "为", "张涛", "中华人民共和国"],
      prepare: (text) => () => glossReport([text])(text),
    },
  ];
}

/** A report of so many headings, each of the level below that of every other one, with a sentence. */
function manySections(count: number): Report {
  const span = { start: 0, end: 1 };
  const numbers = Array.from({ length: count }, (_, i) => i);
  return {
    ...{ id: "r", title: "r", text: "a", front: {}, pages: [], passages: [] },
    sections: numbers.map((i) => ({ heading: span, level: 1 + (i % 2), path: ["a"] })),
    blocks: numbers.map((section) => ({ kind: "paragraph", span, section })),
    sentences: numbers.map((block) => ({ span, block, passage: 0 })),
  };
}

/** Looks for the longest question in an index of one sentence, the text; they differ where they are compared last. */
function prepareQuotation(text: string): () => unknown {
  const question = `b${"a".repeat(MAX_QUESTION_CHARS - 1)}`;
  const span = { start: 0, end: text.length };
  const report = { id: "r", title: "r", front: {}, pages: [], sections: [], blocks: [] };
  const place = { span, block: 0 };
  const passage = { ...place, words: [0, 0] as const, sentences: [1, 1] as const };
  const index = {
    sentences: [{ ...place, kind: "paragraph" as const, passage: 0 }],
    passages: [{ ...passage, id: "r", report, textHash: "", foldedHash: "" }],
    reports: [],
    keywords: { words: NO_TERMS, glosses: NO_TERMS, pinyin: NO_TERMS },
    readTexts: () => Promise.resolve([text]),
  };
  const words = { scores: Float32Array.of(1), sentences: Uint32Array.of(0) };
  return () => findExactMatches(index, question, words);
}

/** A keyword index of nothing. */
const NO_TERMS: KeywordIndex = {
  count: 0,
  weigh: () => Promise.resolve([]),
  score: () => Promise.resolve({ scores: new Float32Array(), sentences: new Uint32Array() }),
};

/** By how much the time grows where the text is twice as long, and whether the longest is refused in a sentence. */
interface Growth {
  readonly growth: number;
  readonly isRefused: boolean;
}

/** The growth on average; infinite where it fails or takes hopelessly long. */
async function growthOf(prepare: (length: number) => () => unknown): Promise<Growth> {
  const runs: Run[] = [];
  for (const length of LENGTHS) {
    const run = await fastest(prepare(length));
    if (run.ms > HOPELESS_MS) return { growth: Infinity, isRefused: false };
    runs.push(run);
  }
  const [first = NEVER, last = NEVER] = [runs[0], runs.at(-1)];
  return { ...last, growth: (last.ms / first.ms) ** (1 / (runs.length - 1)) };
}

/** How long a run took, in milliseconds, and whether it ended with a sentence for people: it is the product's limit. */
interface Run {
  readonly ms: number;
  readonly isRefused: boolean;
}

const NEVER: Run = { ms: Infinity, isRefused: false };

/** The CPU time of the fastest run; infinite where it fails for want of stack. */
async function fastest(run: () => unknown): Promise<Run> {
  let least = Infinity;
  let isRefused = false;
  for (let i = 0; i < RUNS; i++) {
    const before = process.cpuUsage();
    try {
      isRefused = await refuses(run);
    } catch (error) {
      if (error instanceof RangeError) return NEVER;
      throw error;
    }
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
    if (least > LONG_MS) break;
  }
  // Below this the clock tells more than the text.
  return { ms: Math.max(least, 0.5), isRefused };
}

async function refuses(run: () => unknown): Promise<boolean> {
  try {
    await run();
    return false;
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}
