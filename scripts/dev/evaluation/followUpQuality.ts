/** Evaluates questions that are asked behind another one: alone, as one question with it, and as follow-ups. */
import { DEFAULT_EXCERPTS } from "../../../src/ask/answer.ts";
import { prepareAsk } from "../../../src/ask/ask.ts";
import type { Ask, TimedAnswer } from "../../../src/ask/ask.ts";
import type { Config } from "../../../src/config.ts";
import { startEncoder } from "../../../src/models/encoder/encoder.ts";
import { mapNames } from "../../../src/names.ts";
import { measured, share, sum } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { openCorpus } from "./corpus.ts";
import type { Evaluation, Table } from "./evaluation.ts";
import { HALVES, readFollowUps } from "./followUps.ts";
import type { FollowUpQuestion } from "./followUps.ts";
import { keepReadings } from "./keptReadings.ts";
import { isRight } from "./reportQuestions.ts";

/** How a question is asked: in both plain ways nothing is decided. */
const WAYS = ["alone", "behind the first", "followed up"] as const;
type Way = (typeof WAYS)[number];

/** What became of a question. */
interface Result extends Pick<TimedAnswer, "state"> {
  /** Rank of the first right excerpt, from 1; undefined if none of them is. */
  readonly rank: number | undefined;
  /** Whether it was understood as leaning on the one before. */
  readonly isLeaning: boolean;
}

/** A question, and what became of it in each way. */
interface Outcome {
  readonly question: FollowUpQuestion;
  readonly results: Readonly<Record<Way, Result>>;
}

/** Asks the questions behind others of a suite's folder. */
export async function evaluateFollowUps(
  { modelDir }: Pick<Config, "modelDir">,
  folder: string,
  onProgress: (step: string, done: number, total: number) => void,
): Promise<Evaluation> {
  const suite = await readFollowUps(folder);
  const total = sum(suite.map(({ questions }) => questions.length));
  const started = await startEncoder(modelDir, { questionCacheBytes: Infinity });
  try {
    const encoder = await keepReadings(started, modelDir);
    const outcomes: Outcome[] = [];
    for (const { reports, questions } of suite) {
      const generation = await openCorpus(reports, modelDir, encoder);
      const ask = await prepareAsk(generation, encoder);
      for (const question of questions) {
        outcomes.push({ question, results: await askInAllWays(ask, question) });
        onProgress("asking", outcomes.length, total);
      }
      generation.close();
    }
    return { tables: [quality("all", outcomes), ...byHalf(outcomes)], floors: floorsOf(outcomes) };
  } finally {
    await started.close();
  }
}

async function askInAllWays(ask: Ask, question: FollowUpQuestion): Promise<Outcome["results"]> {
  const options = { maxExcerpts: DEFAULT_EXCERPTS };
  const { question: words, first } = question;
  return {
    alone: resultOf(await ask(words, options), question),
    "behind the first": resultOf(await ask(`${first} ${words}`, options), question),
    "followed up": resultOf(await ask(words, { ...options, after: first }), question),
  };
}

function resultOf({ state, excerpts, after }: TimedAnswer, question: FollowUpQuestion): Result {
  const at = excerpts.findIndex(({ text }) => isRight(text, question));
  return { state, rank: at < 0 ? undefined : at + 1, isLeaning: after !== undefined };
}

function byHalf(outcomes: readonly Outcome[]): Table[] {
  return HALVES.map((half) =>
    quality(
      half,
      outcomes.filter(({ question }) => question.half === half),
    ),
  );
}

function quality(title: string, outcomes: readonly Outcome[]): Table {
  return { title, rows: WAYS.map((name) => ({ name, values: metricsOf(outcomes, name) })) };
}

function metricsOf(outcomes: readonly Outcome[], way: Way) {
  const of = (kind: FollowUpQuestion["kind"]): Result[] =>
    outcomes.filter(({ question }) => question.kind === kind).map(({ results }) => results[way]);
  const first = ({ rank }: Result): boolean => rank === 1;
  const found = ({ state }: Result): boolean => state === "found";
  return {
    n: outcomes.length,
    first: share(of("follow-up"), first),
    "first 3": share(of("follow-up"), ({ rank }) => rank !== undefined),
    found: share(of("follow-up"), found),
    "right when found": share(of("follow-up").filter(found), first),
    "new first": share(of("new-question"), first),
    "unanswered claimed": share(of("follow-up-unanswered"), found),
    leaning: share([...of("follow-up"), ...of("follow-up-unanswered")], (it) => it.isLeaning),
    "new leaning": share(of("new-question"), (it) => it.isLeaning),
  };
}

/** What must be reached, of all questions and of those that nothing was learnt from. */
function floorsOf(outcomes: readonly Outcome[]): Measurement[] {
  const keptBack = outcomes.filter(({ question }) => question.half === "kept back");
  return Object.entries({ all: outcomes, "kept back": keptBack }).flatMap(([group, them]) => {
    const ways = mapNames(WAYS, (way) => metricsOf(them, way));
    const { first, "new first": newFirst, ...reached } = ways["followed up"];
    const rows: readonly Measurement[] = [
      measured("follow-ups, right passage first", first, "", { atLeast: 0.75 }),
      measured("follow-ups, right passage in first 3", reached["first 3"], "", { atLeast: 0.92 }),
      measured("new questions, right passage first", newFirst, "", {
        atLeast: ways.alone["new first"] - 0.02,
      }),
      measured("unanswered follow-ups claimed", reached["unanswered claimed"], "", { atMost: 0.1 }),
    ];
    return rows.map((row) => ({ ...row, name: `${row.name}, ${group}` }));
  });
}
