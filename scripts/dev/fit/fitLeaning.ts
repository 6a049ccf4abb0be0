/** Fits how questions behind another one are understood, how their passages are ordered, and what is said of the first. */
import { conclude } from "../../../src/search/conclusion.ts";
import type { Conclusion } from "../../../src/search/conclusion.ts";
import { UNREAD_SCORE } from "../../../src/search/decision/features.ts";
import {
  ANSWER_FEATURES,
  LEANING_FEATURES,
  UNREAD,
  leaningFeatures,
} from "../../../src/search/followUp/leaning.ts";
import type { BothReadings } from "../../../src/search/followUp/leaning.ts";
import { rankFeatures, readPassage } from "../../../src/search/reading/reranking.ts";
import plainOrder from "../../../src/search/reading/reranking.json" with { type: "json" };
import { prepareSearch } from "../../../src/search/search.ts";
import type { Search } from "../../../src/search/search.ts";
import type { IndexedPassage } from "../../../src/index/generation.ts";
import { openCorpus } from "../evaluation/corpus.ts";
import { readFollowUps } from "../evaluation/followUps.ts";
import type { FollowUpQuestion } from "../evaluation/followUps.ts";
import { auroc } from "../evaluation/irMetrics.ts";
import { percentile, share } from "../measurements.ts";
import { firstOf, fitWeights, scaled, unscaled } from "./listwise.ts";
import type { List } from "./listwise.ts";
import { fitLogistic, predict, roundCoefficient as round } from "./logistic.ts";
import type { Example } from "./logistic.ts";
import { FOLDS, rightPassages } from "./samples.ts";
import type { SampleSources } from "./samples.ts";

/** How much new questions count beside follow-ups, all of each together: whoever changes the subject must not be held to the old one. */
const NEW_WEIGHT = 2;

/** Share of the follow-ups without an answer that may be claimed as found. */
const CLAIMED = 0.05;

/** A question behind another one, and what the search makes of it. */
interface FollowUpSample extends List, Pick<FollowUpQuestion, "kind"> {
  /** 0 to {@link FOLDS} − 1: questions about one report are in one fold. */
  readonly fold: number;
  /** What the new words alone come to. */
  readonly alone: Conclusion;
  /** How surely each passage answers, with the new words alone and together with the question before. */
  readonly readings: readonly BothReadings[];
}

/** Fits all of it on half of the questions, with what it comes to by cross-validation. */
export async function fitLeaning(sources: Omit<SampleSources, "xquad">) {
  const samples = await samplesOf(sources);
  const followUps = samples.filter(({ kind }) => kind === "follow-up");
  const others = (fold: number): FollowUpSample[] => followUps.filter((it) => it.fold !== fold);
  const orders = Array.from({ length: FOLDS }, (_, fold) => fitWeights(weighted(others(fold))));
  const firsts = followUps.map((it) => it.isRight[firstOf(it, orders[it.fold] ?? [])] ?? false);
  const toLeaning = (it: FollowUpSample): Example =>
    leaningExample(it, orders[it.fold] ?? [], samples);
  const leans = fitFor(samples, toLeaning);
  const unread = await samplesOf({ ...sources, readWindows: 0 });
  const unreadLeans = fitFor(unread, (it) => leaningExample(it, [], unread));
  const answers = fitFor(
    samples.filter(({ kind }) => kind !== "new-question"),
    (it) => answerExample(it, orders[it.fold] ?? []),
  );
  const order = unscaled(fitWeights(weighted(followUps)));
  const unanswered = answers.scores.filter(({ isPositive }) => !isPositive);
  return {
    provenance:
      `npm run fit -- --part follow-ups: ${samples.length} questions behind another one, about written reports. By ${FOLDS}-fold ` +
      `cross-validation over reports: AUROC of leaning ${aurocOf(leans.scores)}, without reading ${aurocOf(unreadLeans.scores)}; right passage of a follow-up first ` +
      `${share(firsts, Boolean).toFixed(3)}; AUROC of answered against unanswered follow-ups ${aurocOf(answers.scores)}`,
    leans: {
      read: toData(leans.model, LEANING_FEATURES),
      unread: toData(unreadLeans.model, LEANING_FEATURES),
    },
    // Each report is asked alone: between reports as much is said by the search as for other questions.
    order: { ...order, report: plainOrder.weights.report },
    answers: {
      ...toData(answers.model, ANSWER_FEATURES),
      threshold: round(
        percentile(
          unanswered.map(({ score }) => score),
          1 - CLAIMED,
        ),
      ),
    },
  };
}

async function samplesOf({
  suite,
  modelDir,
  encoder,
  readWindows,
}: Omit<SampleSources, "xquad">): Promise<FollowUpSample[]> {
  const samples: FollowUpSample[] = [];
  for (const [number, { reports, questions }] of (await readFollowUps(suite)).entries()) {
    const generation = await openCorpus(reports, modelDir, encoder);
    const search = await prepareSearch(generation, encoder, { readWindows });
    for (const question of questions.filter(({ half }) => half === "learnt from")) {
      const right = await rightPassages(generation, question);
      const alone = conclude(generation, await search.find(question.question));
      const sample = await searchBothWays(search, alone, question);
      const { kind } = question;
      const isRight = sample.passages.map((it) => right.has(it));
      samples.push({ ...sample, kind, isRight, fold: number % FOLDS });
    }
    generation.close();
  }
  return samples;
}

async function searchBothWays(
  search: Search,
  alone: Conclusion,
  { question, first }: FollowUpQuestion,
) {
  const { query, question: asked } = alone.searched;
  const together = await search.find(question, first);
  const ranked = await search.score(query, together.sentences);
  const featured = rankFeatures(ranked, together.windows, together.ranked);
  const numbers = together.windows.map(({ window }) => window);
  const windows = await search.read(asked.spelledOut, numbers);
  return {
    alone,
    passages: featured.map(({ passage }): IndexedPassage => passage.passage),
    features: featured.map(({ values }) => scaled(values)),
    readings: featured.map(({ passage: { passage, reading } }) => {
      const shown = windows.filter(({ window }) => window === reading?.window.window);
      const ofAlone = readPassage(passage, shown)?.score ?? UNREAD_SCORE;
      return { alone: ofAlone, together: reading?.score ?? UNREAD_SCORE };
    }),
  };
}

/** The follow-ups with a right passage, which count alike. */
function weighted(samples: readonly FollowUpSample[]) {
  const usable = samples.filter(({ isRight }) => isRight.includes(true));
  return usable.map((it) => ({ ...it, weight: 1 / usable.length }));
}

function leaningExample(
  sample: FollowUpSample,
  order: readonly number[],
  all: readonly FollowUpSample[],
): Example {
  const isNew = sample.kind === "new-question";
  const news = all.filter((it) => it.kind === "new-question").length;
  const weight = isNew ? NEW_WEIGHT / news : 1 / (all.length - news);
  const features = leaningFeatures(sample.alone, firstReadings(sample, order));
  return { features: LEANING_FEATURES.map((name) => features[name]), isPositive: !isNew, weight };
}

function answerExample(sample: FollowUpSample, order: readonly number[]): Example {
  const readings = firstReadings(sample, order);
  const features = ANSWER_FEATURES.map((name) => readings[name]);
  return { features, isPositive: sample.kind === "follow-up", weight: 1 };
}

/** The readings of the passage that an order puts first. */
function firstReadings(sample: FollowUpSample, order: readonly number[]): BothReadings {
  return sample.readings[firstOf(sample, order)] ?? UNREAD;
}

/** A model of all examples, and what models that have not seen a sample's report say of it. */
function fitFor(
  samples: readonly FollowUpSample[],
  toExample: (sample: FollowUpSample) => Example,
) {
  const examples = samples.map((it) => ({ ...toExample(it), fold: it.fold }));
  const models = Array.from({ length: FOLDS }, (_, fold) =>
    fitLogistic(examples.filter((it) => it.fold !== fold)),
  );
  const scores = examples.flatMap(({ fold, features, isPositive }) => {
    const model = models[fold];
    return model ? [{ isPositive, score: predict(model, features) }] : [];
  });
  return { model: fitLogistic(examples), scores };
}

function aurocOf(scores: ReturnType<typeof fitFor>["scores"]): string {
  const of = (isPositive: boolean): number[] =>
    scores.filter((it) => it.isPositive === isPositive).map(({ score }) => score);
  return auroc(of(true), of(false)).toFixed(3);
}

function toData({ weights, bias }: ReturnType<typeof fitLogistic>, names: readonly string[]) {
  const named = names.map((name, k) => [name, round(weights[k] ?? 0)] as const);
  return { bias: round(bias), weights: Object.fromEntries(named) };
}
