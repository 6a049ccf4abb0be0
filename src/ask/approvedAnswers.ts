/** Answers that moderators approved, and which of them answers a question that is asked now. */
import type { Generation, IndexedPassage } from "../index/generation.ts";
import { joinQuestions } from "../search/followUp/joinedQuestion.ts";
import { createMaxSim } from "../search/maxsim/maxsim.ts";
import type { Encoding } from "../models/encoder/encoding.ts";
import type { MaxSim } from "../search/maxsim/maxsim.ts";
import { questionKey } from "../search/question.ts";
import type { RankedPassage } from "../search/ranking.ts";
import {
  nameTheSame,
  OTHER_LANGUAGE,
  prepareQuestionVectors,
  thresholdsFor,
} from "./similarQuestions.ts";
import type {
  ComparedQuestion,
  CosineThresholds,
  QuestionVector,
  ReadQuestion,
} from "./similarQuestions.ts";
import { scaleOf } from "../vectors.ts";

/** A passage by its id, and by its words: where the id is gone, the same words may still stand somewhere. */
export interface PassageReference {
  readonly id: string;
  /** SHA-256 of its folded text. */
  readonly words: string;
}

/** A question and the passages that answer it, as a moderator approved them: references, no text that could go stale. */
export interface ApprovedAnswer {
  readonly id: string;
  readonly question: string;
  readonly vector: QuestionVector;
  /** Best first; one or more. */
  readonly passages: readonly PassageReference[];
  /** A moderator's own words, never shown within a quotation. */
  readonly note: string | undefined;
}

/** Approved answers, ready to be looked up. */
export interface ApprovedAnswers {
  /** The answer to a question of the same words. */
  readonly same: (key: string) => ApprovedAnswer | undefined;
  /** The answers to the nearest questions with the cosines of the two, one after the other; those of another space are not among them. */
  readonly nearest: (vector: QuestionVector) => Generator<NearAnswer>;
}

/** An approved answer, and how near its question is to the one that is asked; −1..1. */
interface NearAnswer {
  readonly answer: ApprovedAnswer;
  readonly cosine: number;
}

/** Prepares approved answers. */
export function prepareApproved(answers: readonly ApprovedAnswer[]): ApprovedAnswers {
  const byKey = new Map(answers.map((it) => [it.vector.key, it]));
  const spaces = new Map<string, Space>();
  return {
    same: (key) => byKey.get(key),
    *nearest(vector) {
      const { space, row } = vector;
      // Until its vector is made a question is near to none.
      if (row.length === 0) return;
      const prepared = spaces.get(space) ?? prepareSpace(answers, space, row.length);
      spaces.set(space, prepared);
      yield* nearestIn(prepared, row);
    },
  };
}

/** The questions whose vectors can be compared with each other. */
interface Space {
  readonly answers: readonly ApprovedAnswer[];
  readonly scales: Float32Array;
  /** Keeps their rows. */
  readonly kernel: MaxSim;
}

function prepareSpace(all: readonly ApprovedAnswer[], space: string, dimensions: number): Space {
  const answers = all.filter(({ vector }) => vector.space === space);
  const rows = new Int8Array(answers.length * dimensions);
  answers.forEach(({ vector }, i) => {
    rows.set(vector.row, i * dimensions);
  });
  const scales = Float32Array.from(answers, ({ vector }) => scaleOf(vector.row));
  const kernel = createMaxSim(dimensions);
  kernel.keep({ rows, scales });
  return { answers, scales, kernel };
}

/** Each time the best of those that are left: mostly the first is the one. */
function* nearestIn({ answers, scales, kernel }: Space, row: Int8Array): Generator<NearAnswer> {
  const left = scales.slice();
  kernel.setQuestion({ rows: row, scales: Float32Array.of(scaleOf(row)) });
  for (let i = 0; i < answers.length; i++) {
    const { maxima, matches } = kernel.interactWithKept(left);
    const [cosine = 0, at = -1] = [maxima[0], matches[0]];
    const answer = answers[at];
    // What was given already counts 0: behind it nothing is near.
    if (answer === undefined || cosine <= 0) return;
    yield { answer, cosine };
    left[at] = 0;
  }
}

/** Nearest questions that are looked at: one whose passages are gone, or which is not near enough, may stand before the right one. */
const MAX_TRIED = 3;

/** An approved answer with its passages as they stand in an index. */
export interface Approved {
  readonly answer: ApprovedAnswer;
  readonly passages: readonly IndexedPassage[];
}

/**
 * The approved answer to a question, if there is one whose passages still stand.
 *
 * @param ranked What the search has found for it, best first.
 */
export function findApproved(
  approved: ApprovedAnswers,
  asked: ComparedQuestion,
  ranked: readonly RankedPassage[],
  resolve: Resolve,
): Approved | undefined {
  const { vector, question } = asked;
  const same = approved.same(vector.key);
  const ofSame = same && resolveAll(same, resolve);
  if (ofSame) return ofSame;
  let tried = 0;
  for (const { answer, cosine } of approved.nearest(vector)) {
    if (cosine < OTHER_LANGUAGE.first || tried++ === MAX_TRIED) return undefined;
    const found = resolveAll(answer, resolve);
    const least = found && leastCosine(thresholdsFor(answer.vector, vector), found, ranked);
    if (least === undefined || cosine < least) continue;
    if (nameTheSame(answer.question, question)) return found;
  }
  return undefined;
}

function leastCosine(
  { alone, listed, first }: CosineThresholds,
  { passages }: Approved,
  ranked: readonly RankedPassage[],
): number {
  const at = ranked.findIndex(({ passage }) => passages.includes(passage));
  if (at < 0) return alone;
  return at === 0 ? first : listed;
}

function resolveAll(answer: ApprovedAnswer, resolve: Resolve): Approved | undefined {
  const passages = answer.passages.flatMap((it) => resolve(it) ?? []);
  return passages.length === answer.passages.length ? { answer, passages } : undefined;
}

/** The passage that is referred to, as it stands now; undefined if its words stand nowhere. */
export type Resolve = (reference: PassageReference) => IndexedPassage | undefined;

/** Prepares to find what references refer to in an index. */
export function prepareResolver({ passages }: Pick<Generation, "passages">): Resolve {
  const byId = new Map(passages.map((it) => [it.id, it]));
  const byWords = new Map(passages.map((it) => [it.foldedHash, it]));
  return ({ id, words }) => {
    const known = byId.get(id);
    return known?.foldedHash === words ? known : byWords.get(words);
  };
}

/** What was asked, and what the search has found for it. */
interface Asked {
  readonly question: ReadQuestion;
  readonly encoding: Encoding;
  /** The question before, where this one leans on it. */
  readonly after?: string | undefined;
  /** Best first. */
  readonly passages: readonly RankedPassage[];
}

/**
 * Prepares to find the approved answer to what was asked. What it takes is made when an answer was approved: the terminal never
 * needs it.
 */
export function prepareApprovedSearch(
  index: Generation,
): (approved: ApprovedAnswers | undefined, asked: Asked) => Approved | undefined {
  let tools: { resolve: Resolve; vectorOf: ReturnType<typeof prepareQuestionVectors> } | undefined;
  return (approved, { question, encoding, after, passages }) => {
    if (approved === undefined) return undefined;
    tools ??= { resolve: prepareResolver(index), vectorOf: prepareQuestionVectors(index) };
    if (after !== undefined) {
      // Near to both together is what answers the question before: only the same two questions are the same.
      const same = approved.same(questionKey(joinQuestions(after, question.text)));
      return same && resolveAll(same, tools.resolve);
    }
    const vector = tools.vectorOf(question, encoding);
    return findApproved(approved, { question: question.text, vector }, passages, tools.resolve);
  };
}
