import type { Group } from "./questions.ts";

/** The least share of the report's development questions whose right passage is among the first `k`. */
export const RECALL_FLOORS: readonly {
  readonly k: number;
  readonly group: Group;
  readonly atLeast: number;
}[] = [
  { k: 1, group: "Chinese", atLeast: 0.96 },
  { k: 1, group: "English", atLeast: 0.75 },
  { k: 1, group: "other", atLeast: 0.8 },
  { k: 3, group: "Chinese", atLeast: 0.98 },
  { k: 3, group: "English", atLeast: 0.9 },
  { k: 3, group: "other", atLeast: 0.95 },
];

/** The least shares of off-topic questions that are refused and of answerable ones that are not, the most of near misses claimed. */
export const REFUSAL_FLOORS = {
  offTopicRefused: 0.95,
  answerableKept: 0.97,
  nearMissClaimedAtMost: 0.4,
} as const;
