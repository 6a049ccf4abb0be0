/** From a question to an answer in the report's words: the order of the steps. */
import { NOTHING_LEFT_OUT } from "../search/fusion.ts";
import type { Ablation } from "../search/fusion.ts";
import type { Generation } from "../index/generation.ts";
import type { Encoder } from "../models/encoder/encoder.ts";
import { decideFound } from "../search/decision/decision.ts";
import { findExactMatches } from "../search/exactMatch.ts";
import { classifyIntent, NO_INTENT } from "../search/intent/intent.ts";
import { findInDocument, preferSpeakers } from "../search/intent/intentAnswers.ts";
import { languagesOf } from "../search/language.ts";
import { describeQuestion, readQuestion } from "../search/question.ts";
import { prepareRanking } from "../search/ranking.ts";
import type { RankedPassage } from "../search/ranking.ts";
import { matchTerms } from "../search/scorers/keywords.ts";
import { foldHan } from "../text/fold.ts";
import { composeAnswer, MAX_EXCERPTS } from "./answer.ts";
import type { Answer, Found } from "./answer.ts";
import { prepareApprovedSearch } from "./approvedAnswers.ts";
import type { ApprovedAnswers } from "./approvedAnswers.ts";

/** How a question is answered. */
interface AskOptions {
  /** Most excerpts, 1 to 10. */
  readonly maxExcerpts: number;
  /** What moderators approved; asked for while the model works. */
  readonly approved?: () => Promise<ApprovedAnswers | undefined>;
}

/** How long the parts of an answer took, in milliseconds. */
interface Timing {
  readonly encode: number;
  readonly search: number;
  readonly total: number;
}

/** An answer, and how long it took. */
export type TimedAnswer = Answer & { readonly ms: Timing };

/** Answers a question about one index. */
export type Ask = (raw: string, options: AskOptions) => Promise<TimedAnswer>;

/** Prepares the answers of an index. */
export async function prepareAsk(
  index: Generation,
  encoder: Encoder,
  without?: Ablation,
): Promise<Ask> {
  const find = await prepareFind(index, encoder, without);
  const findApproved = prepareApprovedSearch(index);
  return async (raw, { maxExcerpts, approved }) => {
    const started = performance.now();
    const finding = inBackground(find(raw));
    const approvals = inBackground(approved?.()); // the ledger is read while the model works
    const found = await finding;
    const verified = findApproved(await approvals, found);
    const answer = await composeAnswer(index, found, { maxExcerpts, verified });
    return { ...answer, ms: { ...found.ms, total: performance.now() - started } };
  };
}

/** Finds the passages that answer a question, in one index. */
export type Find = (raw: string) => Promise<Found>;

/** Prepares the search of an index, all of its parts or `without` some. */
export async function prepareFind(
  index: Generation,
  encoder: Encoder,
  without = NOTHING_LEFT_OUT,
): Promise<Find> {
  const languages = await languagesOf(index);
  const ranking = prepareRanking(index, without);
  return async (raw) => {
    const text = readQuestion(raw);
    const started = performance.now();
    const encoding = inBackground(encoder.encode(foldHan(text), "query")); // the models' worker works …
    const question = describeQuestion(text, languages); // … while its language is told
    const { isNative } = question;
    const terms = await matchTerms(index.keywords, text, isNative); // and the keyword indexes are asked
    const exact = without.has("quotations") ? [] : await findExactMatches(index, text, terms.words);
    const query = { isNative, terms, encoding: await encoding };
    const encodedAt = performance.now();
    const guess = without.has("intents") ? NO_INTENT : classifyIntent(query.encoding.vector);
    const candidates = await ranking.candidates(query);
    const ofText = await preferSpeakers(index, guess, await ranking.score(query, candidates));
    const ofDocument = await findInDocument(index, ranking, query, { guess, ofText });
    const quoted = await ranking.score(query, exact);
    const found = { quoted, ofDocument, ofText };
    const asked = { query, guess, background: index.background };
    const decision = await decideFound(found, asked, ranking);
    const passages = firstOfEach([...quoted, ...ofDocument, ...ofText]).slice(0, MAX_EXCERPTS);
    const ms = { encode: encodedAt - started, search: performance.now() - encodedAt };
    return { question, encoding: query.encoding, intent: guess, decision, passages, ms };
  };
}

/** A passage that is found in several ways stands where it comes first. */
function firstOfEach(passages: readonly RankedPassage[]): RankedPassage[] {
  return [...new Map(passages.map((it) => [it.passage, it])).values()];
}

/** Goes on beside others; whoever awaits it later sees a failure, which until then must not count as unhandled. */
function inBackground<Work extends Promise<unknown> | undefined>(work: Work): Work {
  work?.catch(() => undefined);
  return work;
}
