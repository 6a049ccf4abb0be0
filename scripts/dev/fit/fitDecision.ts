/** Fits the decision: how sure the search has to be to say that it has found an answer, or that there is none. */
import type { Config } from "../../../src/config.ts";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { FEATURES } from "../../../src/search/decision/features.ts";
import { auroc } from "../evaluation/irMetrics.ts";
import { mean, percentile, share } from "../measurements.ts";
import { WEIGHTS, readSamples } from "./decisionSamples.ts";
import type { Group, Sample } from "./decisionSamples.ts";
import { fitLogistic, predict, roundCoefficient as round } from "./logistic.ts";
import type { LinearModel } from "./logistic.ts";

const FOLDS = 5;
const OPTIONS = { classes: 2, penalty: 1e-2, steps: 3_000, rate: 0.05 };

const isAnswerable = ({ group }: Sample): boolean => group.endsWith("answerable");

/** Fits one model for questions in the reports' language and one for others, with the accuracy by cross-validation. */
export async function fitDecision(config: Config, encoder: Encoder, xquad: string) {
  const samples = await readSamples(config, encoder, xquad);
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
    scored.filter(({ group }) => groups.includes(group)).map(({ score }) => score);
  const answerable = scoresOf("report, answerable");
  const offTopic = scoresOf("report, off-topic", "bank, off-topic");
  return {
    found: round(percentile(scoresOf("splits, near miss"), 1 - CLAIMED)),
    maybe: round(cheapestSplit(answerable, offTopic)),
  };
}

/** Where refusing costs least: the middle between two neighbouring scores. */
function cheapestSplit(answerable: readonly number[], offTopic: readonly number[]): number {
  const scores = [...answerable, ...offTopic].sort((a, b) => a - b);
  const below = (values: readonly number[], bound: number): number =>
    share(values, (value) => value < bound);
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
