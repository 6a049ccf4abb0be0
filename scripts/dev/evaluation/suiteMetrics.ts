/** What is measured of a suite's answers, and what it must reach. */
import { primaryTag } from "../../../src/search/language.ts";
import { measured, share } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { auroc } from "./irMetrics.ts";
import type { SuiteOutcome, SuiteQuestion } from "./suite.ts";

type Languages = Pick<SuiteQuestion, "language" | "reportLanguage">;

function isOwn({ language, reportLanguage }: Languages): boolean {
  return primaryTag(language) === primaryTag(reportLanguage);
}

function isEnglish({ language }: Languages): boolean {
  return primaryTag(language) === "en";
}

/** Groups of questions, by their language and the report's. */
export const SUITE_GROUPS = {
  "own language": isOwn,
  English: (it) => !isOwn(it) && isEnglish(it),
  "other languages": (it) => !isOwn(it) && !isEnglish(it),
  "all other": (it) => !isOwn(it),
  all: () => true,
} as const satisfies Record<string, (question: Languages) => boolean>;

type Group = keyof typeof SUITE_GROUPS;

/** The outcomes of a group's questions. */
export function ofGroup(group: Group, outcomes: readonly SuiteOutcome[]): SuiteOutcome[] {
  return outcomes.filter(({ question }) => SUITE_GROUPS[group](question));
}

/** The outcomes of the questions of a kind. */
export function ofKind(
  kind: SuiteQuestion["kind"],
  outcomes: readonly SuiteOutcome[],
): SuiteOutcome[] {
  return outcomes.filter(({ question }) => question.kind === kind);
}

/** A share or another value of 0..1, of questions of all kinds; NaN where there is none to measure it on. */
export type Metric = (outcomes: readonly SuiteOutcome[]) => number;

/** The share of a kind's questions of which it is said that they are found, may be or are not. */
export function saidOf(kind: SuiteQuestion["kind"], state: SuiteOutcome["state"]): Metric {
  return (outcomes) => share(ofKind(kind, outcomes), (it) => it.state === state);
}

function rightWithin(k: number): Metric {
  return (outcomes) => share(ofKind("answer", outcomes), ({ rank }) => (rank ?? Infinity) <= k);
}

function rightWhenFound(outcomes: readonly SuiteOutcome[]): number {
  const found = ofKind("answer", outcomes).filter(({ state }) => state === "found");
  return share(found, ({ rank }) => rank === 1);
}

/** How well the confidence tells questions with an answer from those of a kind without one. */
function toldFrom(kind: SuiteQuestion["kind"]): Metric {
  const confidences = (outcomes: readonly SuiteOutcome[]): number[] =>
    outcomes.map(({ confidence }) => confidence);
  return (outcomes) =>
    auroc(confidences(ofKind("answer", outcomes)), confidences(ofKind(kind, outcomes)));
}

/** What is measured of the questions that a report answers. */
export const ANSWERABLE = {
  first: rightWithin(1),
  "first 3": rightWithin(3),
  found: saidOf("answer", "found"),
  "right when found": rightWhenFound,
  refused: saidOf("answer", "none"),
} as const satisfies Record<string, Metric>;

/** What is measured of those of a kind that it does not answer. */
export function unanswerable(kind: SuiteQuestion["kind"]): Record<string, Metric> {
  return { claimed: saidOf(kind, "found"), refused: saidOf(kind, "none"), AUROC: toldFrom(kind) };
}

type Floor = readonly [name: string, metric: Metric, group: Group, goal: Goal];
type Goal = Pick<Measurement, "atLeast" | "atMost">;

const FLOORS: readonly Floor[] = [
  ["right passage first", ANSWERABLE.first, "own language", { atLeast: 0.79 }],
  ["right passage first", ANSWERABLE.first, "all other", { atLeast: 0.78 }],
  ["right passage in first 3", ANSWERABLE["first 3"], "own language", { atLeast: 0.895 }],
  ["right passage in first 3", ANSWERABLE["first 3"], "all other", { atLeast: 0.9 }],
  ["answerable questions found", ANSWERABLE.found, "all", { atLeast: 0.54 }],
  ["right when found", ANSWERABLE["right when found"], "all", { atLeast: 0.88 }],
  ["near misses claimed", saidOf("near-miss", "found"), "own language", { atMost: 0.08 }],
  ["near misses claimed", saidOf("near-miss", "found"), "all other", { atMost: 0.1 }],
  ["off-topic questions refused", saidOf("off-topic", "none"), "all", { atLeast: 0.92 }],
  ["answerable questions refused", ANSWERABLE.refused, "all", { atMost: 0.08 }],
];

/** What was reached of the floors of a whole suite. */
export function suiteFloors(outcomes: readonly SuiteOutcome[]): Measurement[] {
  return FLOORS.map(([name, metric, group, goal]) =>
    measured(`${name}, ${group}`, metric(ofGroup(group, outcomes)), "", goal),
  );
}
