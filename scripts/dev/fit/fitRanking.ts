/** Fits the order of passages: how much what was found counts beside what was read. */
import { rankFeatures } from "../../../src/search/reading/reranking.ts";
import { mean } from "../measurements.ts";
import { firstOf, fitWeights, scaled, unscaled } from "./listwise.ts";
import type { List } from "./listwise.ts";
import { FOLDS, eachOfSuite, eachOfXquad } from "./samples.ts";
import type { Sample, SampleSources } from "./samples.ts";

/** A question of the suite or of XQuAD. */
interface SampledList extends List, Pick<Sample, "source" | "fold"> {}

/**
 * How much all questions of XQuAD count beside those of the suite: it alone has many short reports, among which the reader finds a likely
 * answer to anything.
 */
const XQUAD_WEIGHT = 2;

/** Fits the weights of the features by a listwise logistic model, with the accuracy by cross-validation. */
export async function fitRanking(sources: SampleSources) {
  const lists: SampledList[] = [];
  const add = (sample: Sample): void => {
    if (sample.kind === "answer") lists.push(listOf(sample));
  };
  await eachOfSuite(sources, add);
  await eachOfXquad(sources, undefined, add);
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    fitWeights(weighted(lists.filter((it) => it.fold !== fold))),
  );
  const right = lists.map((list) => {
    const first = firstOf(list, folds[list.fold] ?? []);
    return { source: list.source, isFirst: list.isRight[first] ?? false };
  });
  const first = (source: Sample["source"]): string =>
    mean(right.filter((it) => it.source === source).map((it) => Number(it.isFirst))).toFixed(3);
  return {
    provenance:
      `npm run fit -- --part ranking: ${lists.length} questions of written reports and XQuAD; right passage first by ${FOLDS}-fold ` +
      `cross-validation over reports ${first("suite")}, XQuAD ${first("XQuAD")}`,
    weights: unscaled(fitWeights(weighted(lists))),
  };
}

function listOf({ searched: { ranked, windows }, source, fold, isRight }: Sample): SampledList {
  const featured = rankFeatures(ranked, windows);
  return {
    source,
    fold,
    features: featured.map(({ values }) => scaled(values)),
    isRight: featured.map(({ passage }) => isRight(passage.passage)),
  };
}

/** The lists with what each counts: all of a source together as much as the source does. */
function weighted(lists: readonly SampledList[]): (SampledList & { readonly weight: number })[] {
  const usable = lists.filter(({ isRight }) => isRight.includes(true));
  const counts = { suite: 0, XQuAD: 0 };
  for (const { source } of usable) counts[source] += 1;
  const weightOf = { suite: 1 / counts.suite, XQuAD: XQUAD_WEIGHT / Math.max(1, counts.XQuAD) };
  return usable.map((list) => ({ ...list, weight: weightOf[list.source] }));
}
