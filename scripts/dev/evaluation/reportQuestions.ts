/** Questions about a report whose right passages are known, and how they were answered. */
import * as v from "valibot";
import type { Ask, TimedAnswer } from "../../../src/ask/ask.ts";
import { readJsonLines } from "../../../test/support/jsonLines.ts";
import { measured, share } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";

/** The questions about the report that the search was developed with: what has floors. */
export const DEVELOPMENT_QUESTIONS = "test/quality/report-dev.jsonl";

const Question = v.object({
  id: v.string(),
  lang: v.string(),
  question: v.string(),
  type: v.string(),
  difficulty: v.string(),
  answerable: v.boolean(),
  /** Passages that answer it, any of them. */
  gold: v.array(v.string()),
  /** Words that an excerpt shorter than a gold passage must hold. */
  gold_spans: v.array(v.string()),
  kind: v.optional(v.picklist(["on-topic", "off-topic"])),
});

/** A question whose right passages are known, or that has no answer in the report. */
export type Question = v.InferOutput<typeof Question>;

/** Reads questions, one JSON object a line. */
export function readQuestions(file: string): Promise<Question[]> {
  return readJsonLines(file, Question);
}

/**
 * Whether an excerpt answers a question: after NFKC and without white space it contains a gold passage, or lies inside
 * one and contains one of its gold spans.
 */
export function isRight(
  excerpt: string,
  { gold, gold_spans: spans }: Pick<Question, "gold" | "gold_spans">,
): boolean {
  const text = bare(excerpt);
  return gold
    .map(bare)
    .some(
      (it) =>
        text.includes(it) ||
        (it.includes(text) && spans.map(bare).some((span) => text.includes(span))),
    );
}

function bare(text: string): string {
  return text.normalize("NFKC").replace(/\s/gu, "");
}

/** A question, and what its right excerpts are told by. */
type Judged = Pick<Question, "question" | "gold" | "gold_spans">;

/** How one question was answered. */
export interface Outcome<Asked extends Judged = Question> {
  readonly question: Asked;
  readonly answer: TimedAnswer;
  /** Rank of the first right excerpt, from 1; undefined if none of them is. */
  readonly rank: number | undefined;
}

/** Asks every question, one after the other. */
export async function askAll<Asked extends Judged>(
  ask: Ask,
  questions: readonly Asked[],
  maxExcerpts: number,
): Promise<Outcome<Asked>[]> {
  const outcomes: Outcome<Asked>[] = [];
  for (const question of questions) {
    const answer = await ask(question.question, { maxExcerpts });
    const at = answer.excerpts.findIndex(({ text }) => isRight(text, question));
    outcomes.push({ question, answer, rank: at < 0 ? undefined : at + 1 });
  }
  return outcomes;
}

/** Groups of languages that have floors of their own. */
type Group = "Chinese" | "English" | "other";

/** The group of a question's language. */
export function groupOf({ lang }: Pick<Question, "lang">): Group {
  if (lang.startsWith("zh")) return "Chinese";
  return lang === "en" ? "English" : "other";
}

/** Share of the answerable questions of a group whose right passage is among the first `k` excerpts: recall@k, 0..1. */
export function recallAt(k: number, group: Group, outcomes: readonly Outcome[]): number {
  const asked = outcomes.filter((it) => it.question.answerable && groupOf(it.question) === group);
  return share(asked, ({ rank }) => rank !== undefined && rank <= k);
}

/** What may be said of questions without an answer, and must not be said of the others; shares, 0..1. */
export function refusals(outcomes: readonly Outcome[]) {
  const answerable = outcomes.filter(({ question }) => question.answerable);
  const kind = (it: string): Outcome[] => outcomes.filter(({ question }) => question.kind === it);
  return {
    offTopicRefused: share(kind("off-topic"), ({ answer }) => answer.state === "none"),
    answerableKept: share(answerable, ({ answer }) => answer.state !== "none"),
    nearMissClaimed: share(kind("on-topic"), ({ answer }) => answer.state === "found"),
  };
}

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
  offTopicRefused: 0.92,
  answerableKept: 0.92,
  nearMissClaimedAtMost: 0.08,
} as const;

/** What was reached of the floors. */
export function floorRows(outcomes: readonly Outcome[]): Measurement[] {
  const { offTopicRefused, answerableKept, nearMissClaimed } = refusals(outcomes);
  const floors = REFUSAL_FLOORS;
  return [
    ...RECALL_FLOORS.map(({ k, group, atLeast }) => {
      const place = k === 1 ? "first" : `in first ${k}`;
      return measured(`right passage ${place}, ${group}`, recallAt(k, group, outcomes), "", {
        atLeast,
      });
    }),
    measured("off-topic questions refused", offTopicRefused, "", {
      atLeast: floors.offTopicRefused,
    }),
    measured("answerable questions not refused", answerableKept, "", {
      atLeast: floors.answerableKept,
    }),
    measured("near-miss questions claimed as found", nearMissClaimed, "", {
      atMost: floors.nearMissClaimedAtMost,
    }),
  ];
}
