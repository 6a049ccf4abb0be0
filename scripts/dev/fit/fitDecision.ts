/** Fits the decision: how sure the search has to be to say that it has found an answer, or that there is none. */
import { FEATURES, featuresOf } from "../../../src/search/decision/features.ts";
import { rerank } from "../../../src/search/reading/reranking.ts";
import { auroc } from "../evaluation/irMetrics.ts";
import { percentile } from "../measurements.ts";
import { fitLogistic, predict, roundCoefficient as round } from "./logistic.ts";
import type { Example } from "./logistic.ts";
import { FOLDS, eachOfSuite, eachOfXquad } from "./samples.ts";
import type { Sample, SampleSources } from "./samples.ts";

/** XQuAD's questions are asked where some paragraphs are missing: others of the same article are there. */
const SPLIT = "paragraph";

/** How much a question of XQuAD counts beside one of the suite, for each of the models. */
const XQUAD_WEIGHT = { answers: 0.3, relates: 0.075 };

/** Of a question that the report answers and whose first passage is wrong, this share counts as not answered. */
const WRONG_SHARE = 0.3;

/** Off-topic questions are few beside the others. */
const OFF_TOPIC_WEIGHT = 6;

/** Share of near misses that may be claimed as found: a false claim costs more than an answer that is only offered. */
const CLAIMED = { native: 0.075, foreign: 0.093 };

/** Share of answerable questions that may be refused. */
const REFUSED = 0.04;

/** Fits the decision for searches with a reader and without. */
export async function fitDecision(sources: SampleSources) {
  const read = fitModels(await outcomesOf(sources));
  const unread = fitModels(await outcomesOf({ ...sources, readWindows: 0 }));
  return {
    provenance:
      `npm run fit -- --part decision: written reports and XQuAD. AUROC by ${FOLDS}-fold cross-validation over reports, answerable ` +
      `questions against near misses ${read.answers.quality}, against off-topic ones ${read.relates.quality}; without reading ` +
      `${unread.answers.quality} and ${unread.relates.quality}`,
    read: { answers: read.answers.model, relates: read.relates.model },
    unread: { answers: unread.answers.model, relates: unread.relates.model },
  };
}

/** What a decision is learnt from. */
interface Outcome extends Pick<Sample, "source" | "kind" | "fold"> {
  readonly isNative: boolean;
  readonly features: readonly number[];
  /** Whether the first passage is right. */
  readonly isRight: boolean;
}

async function outcomesOf(sources: SampleSources): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const add = (sample: Sample): void => {
    outcomes.push(...outcomeOf(sample));
  };
  await eachOfSuite(sources, add);
  await eachOfXquad(sources, SPLIT, add);
  return outcomes;
}

/** None for a question that quotes a sentence: it is found without a model. */
function outcomeOf({ searched, isRight, ...sample }: Sample): Outcome[] {
  const { ranked, windows, exact, question } = searched;
  const { isNative } = question;
  const [best, ...others] = rerank(ranked, windows);
  if (best === undefined || exact.quotations.some(({ isWhole }) => isWhole)) return [];
  const features = featuresOf({
    passages: [best, ...others],
    windows,
    unreadFirst: ranked[0]?.passage,
    isNative,
  });
  return [
    {
      ...sample,
      isNative,
      features: FEATURES.map((name) => features[name]),
      isRight: isRight(best.passage),
    },
  ];
}

function fitModels(outcomes: readonly Outcome[]) {
  return {
    answers: fitModel(outcomes, answerExamples, "near-miss", ({ isNative }) => ({
      kind: "near-miss",
      below: 1 - (isNative ? CLAIMED.native : CLAIMED.foreign),
    })),
    relates: fitModel(outcomes, relationExamples, "off-topic", () => ({
      kind: "answer",
      below: REFUSED,
    })),
  };
}

/** Which share of which questions lies below a threshold. */
type ThresholdRule = (group: { readonly isNative: boolean }) => {
  readonly kind: Sample["kind"];
  readonly below: number;
};

/** A model, its thresholds by scores of questions that it has not seen, and how well it tells answerable questions from others. */
function fitModel(
  outcomes: readonly Outcome[],
  toExamples: (outcome: Outcome) => Example[],
  others: Sample["kind"],
  rule: ThresholdRule,
) {
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    fitLogistic(outcomes.filter((it) => it.fold !== fold).flatMap(toExamples)),
  );
  const scored = outcomes.flatMap((it) => {
    const model = folds[it.fold];
    return model && it.source === "suite" ? [{ ...it, score: predict(model, it.features) }] : [];
  });
  const scoresOf = (
    wanted: Sample["kind"],
    isWanted: (outcome: Outcome) => boolean = () => true,
  ): number[] =>
    scored.filter((it) => it.kind === wanted && isWanted(it)).map(({ score }) => score);
  const thresholdOf = (isNative: boolean): number => {
    const { kind, below } = rule({ isNative });
    return round(
      percentile(
        scoresOf(kind, (it) => it.isNative === isNative),
        below,
      ),
    );
  };
  const { weights, bias } = fitLogistic(outcomes.flatMap(toExamples));
  return {
    quality: auroc(scoresOf("answer"), scoresOf(others)).toFixed(3),
    model: {
      bias: round(bias),
      weights: Object.fromEntries(FEATURES.map((name, k) => [name, round(weights[k] ?? 0)])),
      thresholds: { native: thresholdOf(true), foreign: thresholdOf(false) },
    },
  };
}

/** Whether the first passage answers; a wrong one of a question that has an answer is a little of both. */
function answerExamples({ source, kind, features, isRight }: Outcome): Example[] {
  const weight = source === "suite" ? 1 : XQUAD_WEIGHT.answers;
  const isAnswered = kind === "answer";
  const wrong = isAnswered && !isRight ? WRONG_SHARE : 0;
  const example = { features, isPositive: isAnswered, weight: (1 - wrong) * weight };
  return wrong > 0 ? [example, { features, isPositive: false, weight: wrong * weight }] : [example];
}

/** Whether the question has to do with the reports: what a near miss has, nobody says. */
function relationExamples({ source, kind, features }: Outcome): Example[] {
  if (kind === "near-miss") return [];
  const weight = source === "suite" ? 1 : XQUAD_WEIGHT.relates;
  const isPositive = kind === "answer";
  return [{ features, isPositive, weight: isPositive ? weight : OFF_TOPIC_WEIGHT }];
}
