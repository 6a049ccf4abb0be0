/** The questions that the decision is fitted on, and what the search makes of them. */
import path from "node:path";
import questionBank from "../../../src/ingest/questionBank.json" with { type: "json" };
import type { Config } from "../../../src/config.ts";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { openCurrent } from "../../../src/index/fileStore/current.ts";
import { currentSources } from "../../../src/ingest/sources.ts";
import { readReportFiles } from "../../../src/parse/reportFiles.ts";
import { FEATURES } from "../../../src/search/decision/features.ts";
import { languagesOf, primaryTag } from "../../../src/search/language.ts";
import { prepareFind } from "../../../src/ask/ask.ts";
import type { Find } from "../../../src/ask/ask.ts";
import {
  XQUAD_LANGUAGES,
  openCorpus,
  readCorpus,
  readSplit,
  readXquad,
} from "../evaluation/corpus.ts";
import { DEVELOPMENT_QUESTIONS, readQuestions } from "../evaluation/reportQuestions.ts";

const SPLITS = ["article", "paragraph"];

/** Of a split's questions every so many-th is learnt from. */
const EVERY = 2;

/**
 * Where a question comes from, and how much all of its like count together. The report's are few and of the kind that is asked; the
 * bank's have nothing to do with it; XQuAD's are many, and tell what the next paragraph says from what the report does not say.
 */
export const WEIGHTS = {
  "report, answerable": 1,
  "report, near miss": 0.4,
  "report, off-topic": 0.2,
  "bank, off-topic": 0.6,
  "splits, answerable": 1.2,
  "splits, near miss": 1,
} as const;

export type Group = keyof typeof WEIGHTS;

/** A question's features, and where it comes from. */
export interface Sample {
  readonly features: number[];
  /** Whether it is in the reports' language. */
  readonly isNative: boolean;
  readonly group: Group;
}

/** All samples: of the report and the bank, then of XQuAD's splits. */
export async function readSamples(
  config: Config,
  encoder: Encoder,
  xquad: string,
): Promise<Sample[]> {
  return [
    ...(await sampleReport(config, encoder)),
    ...(await sampleSplits(config, encoder, xquad)),
  ];
}

async function sampleReport(config: Config, encoder: Encoder): Promise<Sample[]> {
  const sources = await currentSources(config.modelDir, await readReportFiles(config.reportsDir));
  const opened = await openCurrent(config.indexDir, sources);
  if (opened.kind !== "ready") throw new Error("the report's index is not ready: npm run index");
  const find = await prepareFind(opened.generation, encoder);
  const natives = await languagesOf(opened.generation);
  const samples: Sample[] = [];
  const add = async (question: string, language: string, group: Group): Promise<void> => {
    const features = await featuresOf(find, question);
    if (features) samples.push({ features, isNative: natives.has(primaryTag(language)), group });
  };
  for (const { question, lang, answerable, kind } of await readQuestions(DEVELOPMENT_QUESTIONS)) {
    const unanswerable = kind === "on-topic" ? "report, near miss" : "report, off-topic";
    await add(question, lang, answerable ? "report, answerable" : unanswerable);
  }
  for (const [language, questions] of Object.entries(questionBank)) {
    for (const question of questions) await add(question, language, "bank, off-topic");
  }
  opened.generation.close();
  return samples;
}

async function sampleSplits(config: Config, encoder: Encoder, xquad: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  const corpus = await readCorpus(path.join(xquad, "corpus.zh.jsonl"));
  for (const name of SPLITS) {
    const split = await readSplit(path.join(xquad, `abstain.${name}.json`));
    const kept = corpus.filter(({ id }) => split.corpus.includes(id));
    const generation = await openCorpus(kept, config.modelDir, encoder);
    const find = await prepareFind(generation, encoder);
    const answerable = new Set(split.answerable);
    for (const language of XQUAD_LANGUAGES) {
      const queries = await readXquad(xquad, language);
      for (const { id, text } of queries.filter((_, i) => i % EVERY === 0)) {
        const features = await featuresOf(find, text);
        if (features) {
          const group = answerable.has(id) ? "splits, answerable" : "splits, near miss";
          samples.push({ features, isNative: language === "zh", group });
        }
      }
    }
    generation.close();
  }
  return samples;
}

/** A question about the document itself has no features; what is said to small talk depends on its kind as well. */
async function featuresOf(find: Find, question: string): Promise<number[] | undefined> {
  const { intent, decision } = await find(question);
  const features = decision.reasons?.features;
  if (intent.intent === "chat" || features === undefined) return undefined;
  return FEATURES.map((name) => features[name]);
}
