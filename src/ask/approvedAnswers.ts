/** Answers that moderators approved, and which of them answers a question that is asked now. */
import type { Generation, IndexedPassage } from "../index/generation.ts";
import { numbersIn } from "../terms/numbers/numbers.ts";
import { createMaxSim } from "../search/maxsim/maxsim.ts";
import type { MaxSim } from "../search/maxsim/maxsim.ts";
import type { RankedPassage } from "../search/ranking.ts";
import type { QuestionVector } from "./similarQuestions.ts";

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
export interface NearAnswer {
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

function scaleOf(row: Int8Array): number {
  const squares = row.reduce((sum, value) => sum + value * value, 0);
  return squares === 0 ? 0 : 1 / Math.sqrt(squares);
}

/** How near a question must be: always; where the search has the approved passage among its own; where it has it first. */
interface CosineThresholds {
  readonly alone: number;
  readonly listed: number;
  readonly first: number;
}

/**
 * Cosines from which a question counts as the approved one. Between languages even the same question is farther than two of one
 * language: `npm run eval` with XQuAD's questions in two languages prints how many are served, and how many wrongly.
 */
const SAME_LANGUAGE: CosineThresholds = { alone: 0.95, listed: 0.9, first: 0.8 };
const OTHER_LANGUAGE: CosineThresholds = { alone: 0.78, listed: 0.68, first: 0.6 };

/** A question as it is written, and as it is compared. */
export interface ComparedQuestion {
  readonly question: string;
  readonly vector: QuestionVector;
}

/** Whether two questions ask the same, with nothing but their vectors to tell. */
export function asksTheSame(one: ComparedQuestion, other: ComparedQuestion): boolean {
  const [a, b] = [one.vector, other.vector];
  if (a.key === b.key) return true;
  if (a.space !== b.space || a.row.length === 0) return false;
  const dot = a.row.reduce((sum, value, k) => sum + value * (b.row[k] ?? 0), 0);
  const cosine = dot * scaleOf(a.row) * scaleOf(b.row);
  return cosine >= thresholdsFor(a, b).alone && haveSameNumbers(one.question, other.question);
}

function thresholdsFor(a: QuestionVector, b: QuestionVector): CosineThresholds {
  return a.language === b.language ? SAME_LANGUAGE : OTHER_LANGUAGE;
}

/** Two years are near each other for the model, and another question for whoever asks. */
function haveSameNumbers(a: string, b: string): boolean {
  const ofA = new Set(numbersIn(a));
  const ofB = new Set(numbersIn(b));
  const isIn = (others: ReadonlySet<string>, number: string, text: string): boolean =>
    others.has(number) || !isTold(number, text);
  return (
    [...ofA].every((number) => isIn(ofB, number, a)) &&
    [...ofB].every((number) => isIn(ofA, number, b))
  );
}

/** A small number in words may be an article, or part of a word (一个, one, un): it tells questions apart only in digits. */
function isTold(number: string, text: string): boolean {
  return number.length > 1 || text.normalize("NFKC").includes(number);
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
  anchor: Resolver,
): Approved | undefined {
  const { vector, question } = asked;
  const same = approved.same(vector.key);
  const ofSame = same && resolveAll(same, anchor);
  if (ofSame) return ofSame;
  let tried = 0;
  for (const { answer, cosine } of approved.nearest(vector)) {
    if (cosine < OTHER_LANGUAGE.first || tried++ === MAX_TRIED) return undefined;
    const found = resolveAll(answer, anchor);
    const least = found && leastCosine(thresholdsFor(answer.vector, vector), found, ranked);
    if (least === undefined || cosine < least) continue;
    if (haveSameNumbers(answer.question, question)) return found;
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

function resolveAll(answer: ApprovedAnswer, anchor: Resolver): Approved | undefined {
  const passages = answer.passages.flatMap((it) => anchor(it) ?? []);
  return passages.length === answer.passages.length ? { answer, passages } : undefined;
}

/** The passage that is referred to, as it stands now; undefined if its words stand nowhere. */
export type Resolver = (reference: PassageReference) => IndexedPassage | undefined;

/** Prepares the anchoring of references in an index. */
export function prepareResolver({ passages }: Pick<Generation, "passages">): Resolver {
  const byId = new Map(passages.map((it) => [it.id, it]));
  const byWords = new Map(passages.map((it) => [it.words, it]));
  return ({ id, words }) => {
    const known = byId.get(id);
    return known?.words === words ? known : byWords.get(words);
  };
}
