/** The questions that ranking and decision are fitted on, and what the search makes of them. */
import path from "node:path";
import { prepareSearch } from "../../../src/search/search.ts";
import type { Searched } from "../../../src/search/search.ts";
import type { Generation } from "../../../src/index/generation.ts";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import type { IndexedPassage } from "../../../src/index/generation.ts";
import {
  XQUAD_LANGUAGES,
  openCorpus,
  readCorpus,
  readSplit,
  readXquad,
} from "../evaluation/corpus.ts";
import { isRight } from "../evaluation/reportQuestions.ts";
import { readSuite } from "../evaluation/suite.ts";
import type { SuiteQuestion } from "../evaluation/suite.ts";

/** Of XQuAD's questions every so many-th is learnt from: the other half measures. */
const EVERY = 2;

/** Parts that are left out in turn, to measure on what was not learnt from: reports stay whole. */
export const FOLDS = 8;

/** A question, what the search makes of it, and where it comes from. */
export interface Sample {
  readonly source: "suite" | "XQuAD";
  readonly kind: SuiteQuestion["kind"];
  /** 0 to {@link FOLDS} − 1: questions about one report are in one fold. */
  readonly fold: number;
  readonly searched: Searched;
  /** Whether a passage answers. */
  readonly isRight: (passage: IndexedPassage) => boolean;
}

/** Where samples come from, and with what they are searched for. */
export interface SampleSources {
  readonly modelDir: string;
  readonly encoder: Encoder;
  /** The folders of a suite and of XQuAD's files. */
  readonly suite: string;
  readonly xquad: string;
  /** Most windows that are read. */
  readonly readWindows: number | undefined;
}

/** Visits a suite's questions, one after the other. */
export async function eachOfSuite(
  { modelDir, encoder, suite, readWindows }: SampleSources,
  visit: (sample: Sample) => void,
): Promise<void> {
  const reports = await readSuite({ folder: suite, every: 1, only: [] });
  for (const [number, { reports: texts, questions }] of reports.entries()) {
    const generation = await openCorpus(texts, modelDir, encoder);
    const search = await prepareSearch(generation, encoder, { readWindows });
    for (const question of questions) {
      const searched = await search.find(question.question);
      const right = await rightPassages(generation, question);
      visit({
        source: "suite",
        kind: question.kind,
        fold: number % FOLDS,
        searched,
        isRight: (passage) => right.has(passage),
      });
    }
    generation.close();
  }
}

/** The passages that answer a question. */
export async function rightPassages(
  index: Generation,
  question: Pick<SuiteQuestion, "gold" | "gold_spans">,
): Promise<ReadonlySet<IndexedPassage>> {
  const texts = await index.readTexts(index.passages);
  return new Set(index.passages.filter((_, i) => isRight(texts[i] ?? "", question)));
}

/**
 * Visits a part of XQuAD's questions.
 *
 * @param split Which paragraphs are kept: the questions about the others are near misses. All are kept where undefined.
 */
export async function eachOfXquad(
  { modelDir, encoder, xquad, readWindows }: SampleSources,
  split: string | undefined,
  visit: (sample: Sample) => void,
): Promise<void> {
  const corpus = await readCorpus(path.join(xquad, "corpus.zh.jsonl"));
  const kept = split && (await readSplit(path.join(xquad, `abstain.${split}.json`)));
  const reports = kept ? corpus.filter(({ id }) => kept.corpus.includes(id)) : corpus;
  const generation = await openCorpus(reports, modelDir, encoder);
  const search = await prepareSearch(generation, encoder, { readWindows });
  for (const language of XQUAD_LANGUAGES) {
    const queries = await readXquad(xquad, language);
    for (const [i, { id, text, gold }] of queries.filter((_, n) => n % EVERY === 0).entries()) {
      const isAnswerable = !kept || kept.answerable.includes(id);
      visit({
        source: "XQuAD",
        kind: isAnswerable ? "answer" : "near-miss",
        fold: i % FOLDS,
        searched: await search.find(text),
        isRight: ({ report }) => isAnswerable && gold.includes(report.id),
      });
    }
  }
  generation.close();
}
