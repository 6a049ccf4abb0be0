/** From a question to an answer in the report's words: the order of the steps. */
import type { Generation } from "../index/generation.ts";
import type { Encoder } from "../models/encoder/encoder.ts";
import { conclude } from "../search/conclusion.ts";
import type { Conclusion } from "../search/conclusion.ts";
import { concludeTogether } from "../search/followUp/followUp.ts";
import { readQuestion } from "../search/question.ts";
import { prepareSearch } from "../search/search.ts";
import type { SearchOptions } from "../search/search.ts";
import { mapNames } from "../names.ts";
import { inBackground } from "../promises.ts";
import { composeAnswer, MAX_EXCERPTS } from "./answer.ts";
import type { Answer, Found } from "./answer.ts";
import { prepareApprovedSearch } from "./approvedAnswers.ts";
import type { ApprovedAnswers } from "./approvedAnswers.ts";
import { whyUnread } from "./whatWasRead.ts";

/** How a question is answered. */
interface AskOptions {
  /** Most excerpts, 1 to 10. */
  readonly maxExcerpts: number;
  /** The question before, on which this one may lean. */
  readonly after?: string | undefined;
  /** What moderators approved; asked for while the model works. */
  readonly approved?: () => Promise<ApprovedAnswers | undefined>;
  /** Whether to tell what was read. */
  readonly isExplained?: boolean;
}

/** How long the parts of an answer took, in milliseconds. */
interface Timing {
  readonly encode: number;
  readonly search: number;
  readonly read: number;
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
  options?: SearchOptions,
): Promise<Ask> {
  const find = await prepareFind(index, encoder, options);
  const findApproved = prepareApprovedSearch(index);
  return async (raw, { maxExcerpts, after, approved, isExplained }) => {
    const started = performance.now();
    const finding = inBackground(find(raw, after));
    const approvals = inBackground(approved?.()); // the ledger is read while the model works
    const found = await finding;
    const verified = findApproved(await approvals, found);
    const answer = await composeAnswer(index, found, { maxExcerpts, verified, isExplained });
    return { ...answer, ms: { ...found.ms, total: performance.now() - started } };
  };
}

/** Finds the passages that answer a question, alone or together with the question before, in one index. */
export type Find = (raw: string, after?: string) => Promise<Found>;

/** Prepares the search of an index. */
export async function prepareFind(
  index: Generation,
  encoder: Encoder,
  options: SearchOptions = {},
): Promise<Find> {
  const search = await prepareSearch(index, encoder, options);
  const why = whyUnread(encoder, options.readWindows);
  return async (raw, earlier) => {
    const after = earlier === undefined ? undefined : readQuestion(earlier);
    const alone = conclude(index, await search.find(raw));
    const together =
      after === undefined
        ? undefined
        : await concludeTogether(index, search, alone, { raw, after });
    const { searched, passages, decision } = together ?? alone;
    const { question, query } = alone.searched;
    return {
      question,
      encoding: query.encoding,
      ...(together && { after }),
      searchedAs: searched.question.spelledOut,
      decision,
      passages: passages.slice(0, MAX_EXCERPTS),
      windows: searched.windows,
      whyUnread: why,
      ms: timesOf(together ? [alone, together] : [alone]),
    };
  };
}

/** How long the steps of some searches took together. */
function timesOf(conclusions: readonly Conclusion[]): Found["ms"] {
  return mapNames(["encode", "search", "read"], (step) =>
    conclusions.reduce((sum, { searched }) => sum + searched.ms[step], 0),
  );
}
