import path from "node:path";
import questionBank from "../../../src/ingest/questionBank.json" with { type: "json" };
import type { Config } from "../../../src/config.ts";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { openCurrent } from "../../../src/index/fileStore/current.ts";
import { currentSources } from "../../../src/ingest/sources.ts";
import { readReportFiles } from "../../../src/parse/reportFiles.ts";
import { FEATURES } from "../../../src/search/decision/features.ts";
import { languagesOf, primaryTag } from "../../../src/search/language.ts";
import { prepareSearch } from "../../../src/ask/ask.ts";
import type { Search } from "../../../src/ask/ask.ts";
import { auroc } from "../evaluation/irMetrics.ts";
import { openCorpus, readCorpus, readQueries, readSplit } from "../evaluation/corpus.ts";
import { readQuestions } from "../evaluation/reportQuestions.ts";
import { fitLogistic, predict } from "./logistic.ts";
import type { LinearModel } from "./logistic.ts";

const LANGUAGES = ["zh", "en", "es", "ar"];
const SPLITS = ["article", "paragraph"];

/** Of a split's questions every so many-th is learnt from. */
const EVERY = 2;
const FOLDS = 5;
const OPTIONS = { classes: 2, penalty: 1e-2, steps: 3_000, rate: 0.05 };

/**
 * Where a question comes from, and how much all of its like count together. The report's are few and of the kind that is asked; the
 * bank's have nothing to do with it; XQuAD's are many, and tell what the next paragraph says from what the report does not say.
 */
const WEIGHTS = {
  "report, answerable": 1,
  "report, near miss": 0.4,
  "report, off-topic": 0.2,
  "bank, off-topic": 0.6,
  "splits, answerable": 1.2,
  "splits, near miss": 1,
} as const;

type Group = keyof typeof WEIGHTS;
const DIGITS = 4;

/** A question's features, and where it comes from. */
interface Sample {
  readonly features: number[];
  readonly isNative: boolean;
  readonly group: Group;
}

const isAnswerable = ({ group }: Sample): boolean => group.endsWith("answerable");

/** Fits one model for questions in the reports' language and one for others, with the accuracy by cross-validation. */
export async function fitDecision(config: Config, encoder: Encoder, xquad: string) {
  const samples = [
    ...(await sampleReport(config, encoder)),
    ...(await sampleSplits(config, encoder, xquad)),
  ];
  const fit = (isNative: boolean) => fitGroup(samples.filter((it) => it.isNative === isNative));
  const native = fit(true);
  const foreign = fit(false);
  for (const [name, { crossValidated }] of Object.entries({ native, foreign })) {
    console.log(
      `decision, ${name}: AUROC ${crossValidated.toFixed(3)} by ${FOLDS}-fold cross-validation`,
    );
  }
  return {
    provenance:
      `npm run fit: ${samples.length} questions of the report, the bank and XQuAD's splits; AUROC by ${FOLDS}-fold ` +
      `cross-validation ${native.crossValidated.toFixed(3)} native, ${foreign.crossValidated.toFixed(3)} foreign`,
    native: native.model,
    foreign: foreign.model,
  };
}

async function sampleReport(config: Config, encoder: Encoder): Promise<Sample[]> {
  const sources = await currentSources(config.modelDir, await readReportFiles(config.reportsDir));
  const opened = await openCurrent(config.indexDir, sources);
  if (opened.kind !== "ready") throw new Error("the report's index is not ready: npm run index");
  const search = prepareSearch(opened.generation, encoder);
  const natives = languagesOf(opened.generation);
  const samples: Sample[] = [];
  const add = async (question: string, language: string, group: Group): Promise<void> => {
    const features = await featuresOf(search, question);
    if (features) samples.push({ features, isNative: natives.has(primaryTag(language)), group });
  };
  for (const { question, lang, answerable, kind } of await readQuestions(
    "test/quality/report-dev.jsonl",
  )) {
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
    const search = prepareSearch(generation, encoder);
    const answerable = new Set(split.answerable);
    for (const language of LANGUAGES) {
      const queries = await readQueries(path.join(xquad, `queries.${language}.jsonl`));
      for (const { id, text } of queries.filter((_, i) => i % EVERY === 0)) {
        const features = await featuresOf(search, text);
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
async function featuresOf(search: Search, question: string): Promise<number[] | undefined> {
  const { intent, decision } = await search(question);
  const features = decision.reasons?.features;
  if (intent.intent === "chat" || features === undefined) return undefined;
  return FEATURES.map((name) => features[name]);
}

function fitGroup(samples: readonly Sample[]) {
  const scale = scaleOf(samples);
  const fit = (some: readonly Sample[]): LinearModel => {
    const weightOf = weightsOf(some);
    return fitLogistic(
      some.map((it) => ({
        features: standardise(it.features, scale),
        label: isAnswerable(it) ? 1 : 0,
        weight: weightOf(it),
      })),
      OPTIONS,
    );
  };
  const unseen = crossValidate(samples, fit, scale);
  const scoresOf = (isWanted: boolean): number[] =>
    unseen.filter((it) => isAnswerable(it) === isWanted).map(({ score }) => score);
  const model = fit(samples);
  return {
    crossValidated: auroc(scoresOf(true), scoresOf(false)),
    model: {
      ...toCoefficients(model, scale),
      thresholds: chooseThresholds(scoreAll(samples, model, scale)),
    },
  };
}

type Scored = Sample & { readonly score: number };

function crossValidate(
  samples: readonly Sample[],
  fit: (some: readonly Sample[]) => LinearModel,
  scale: Scale,
): Scored[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const model = fit(samples.filter((_, i) => i % FOLDS !== fold));
    return scoreAll(
      samples.filter((_, i) => i % FOLDS === fold),
      model,
      scale,
    );
  }).flat();
}

function scoreAll(samples: readonly Sample[], model: LinearModel, scale: Scale): Scored[] {
  return samples.map((it) => ({
    ...it,
    score: predict(model, standardise(it.features, scale))[1] ?? 0,
  }));
}

/** Each feature's mean and standard deviation. */
interface Scale {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

function scaleOf(samples: readonly Sample[]): Scale {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const columns = FEATURES.map((_, k) => samples.map(({ features }) => features[k] ?? 0));
  const means = columns.map(mean);
  const deviations = columns.map((column, k) =>
    Math.sqrt(mean(column.map((value) => (value - (means[k] ?? 0)) ** 2))),
  );
  return { means, deviations };
}

/** A feature that is the same everywhere says nothing. */
function standardise(features: readonly number[], { means, deviations }: Scale): number[] {
  return features.map((value, k) => {
    const deviation = deviations[k] ?? 0;
    return deviation > 0 ? (value - (means[k] ?? 0)) / deviation : 0;
  });
}

/** The groups are to count as agreed, however many they are. */
function weightsOf(samples: readonly Sample[]): (sample: Sample) => number {
  const counts = new Map<Group, number>();
  for (const { group } of samples) counts.set(group, (counts.get(group) ?? 0) + 1);
  return ({ group }) => WEIGHTS[group] / (counts.get(group) ?? 1);
}

/** Share of near misses that may be claimed as found. */
const CLAIMED = 0.05;

/** How much worse it is to refuse a question that has an answer than to offer passages for one that has none. */
const REFUSAL_COST = 8;

/** `found` from XQuAD, whose near misses are many; `maybe` from the report and what has nothing to do with it. */
function chooseThresholds(scored: readonly Scored[]): { found: number; maybe: number } {
  const scoresOf = (...groups: Group[]): number[] =>
    scored
      .filter(({ group }) => groups.includes(group))
      .map(({ score }) => score)
      .sort((a, b) => a - b);
  return {
    found: round(quantile(1 - CLAIMED, scoresOf("splits, near miss"))),
    maybe: round(
      cheapestSplit(
        scoresOf("report, answerable"),
        scoresOf("report, off-topic", "bank, off-topic"),
      ),
    ),
  };
}

function quantile(share: number, sorted: readonly number[]): number {
  return sorted[Math.floor(share * sorted.length)] ?? 0;
}

/** Where refusing costs least: the middle between two neighbouring scores. */
function cheapestSplit(answerable: readonly number[], offTopic: readonly number[]): number {
  const scores = [...answerable, ...offTopic].sort((a, b) => a - b);
  const below = (values: readonly number[], bound: number): number =>
    values.filter((value) => value < bound).length / values.length;
  const splits = scores.map((score, i) => {
    const at = (score + (scores[i + 1] ?? score)) / 2;
    return { at, cost: REFUSAL_COST * below(answerable, at) - below(offTopic, at) };
  });
  return splits.reduce((best, it) => (it.cost < best.cost ? it : best), { at: 0, cost: 0 }).at;
}

/** Coefficients for features as they are, not standardised. */
function toCoefficients({ weights, biases }: LinearModel, { means, deviations }: Scale) {
  // Two classes: only the difference of their scores counts.
  const slopes = FEATURES.map((_, k) => {
    const deviation = deviations[k] ?? 0;
    return deviation > 0 ? ((weights[1]?.[k] ?? 0) - (weights[0]?.[k] ?? 0)) / deviation : 0;
  });
  const shift = slopes.reduce((sum, slope, k) => sum + slope * (means[k] ?? 0), 0);
  return {
    bias: round((biases[1] ?? 0) - (biases[0] ?? 0) - shift),
    weights: Object.fromEntries(FEATURES.map((name, k) => [name, round(slopes[k] ?? 0)])),
  };
}

function round(value: number): number {
  return Number(value.toFixed(DIGITS));
}
