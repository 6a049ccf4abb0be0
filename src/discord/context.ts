/** What answers are made with, and where they are kept. */
import type { Logger } from "pino";
import { MAX_EXCERPTS } from "../ask/answer.ts";
import type { Answer, AskOptions } from "../ask/answer.ts";
import type { ShownAnswer } from "../ledger/answers.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Lookup } from "../ask/lookup.ts";
import type { Manifest } from "../index/manifest.ts";
import type { QuestionVector } from "../ask/similarQuestions.ts";
import { redact } from "./errorMessages.ts";

/** Where an answer is shown, and to what. */
export interface ShownPlace extends Pick<
  ShownAnswer,
  "message" | "guild" | "channel" | "asker" | "question"
> {
  /** Whether only the asker sees it: then it is no moderator's business. */
  readonly isPrivate: boolean;
}

/** An answer, and whether moderators can be asked about it. */
export interface ContextAnswer {
  readonly found: Answer;
  readonly canAskHumans: boolean;
}

export interface BotContext {
  readonly collection: Library;
  readonly ledger: Ledger;
  readonly log: Logger;
  readonly now: () => number;
  /** Answers a question with what a server's moderators approved, if the ledger can be read. */
  ask(question: string, guild: string | null): Promise<ContextAnswer>;
  /** Keeps an answer that was shown. If that fails the log says so: the asker has the answer. */
  record(found: Answer, showing: ShownPlace): Promise<void>;
}

/** Prepares a desk. */
export function prepareContext(
  parts: Pick<BotContext, "collection" | "ledger" | "log" | "now">,
): BotContext {
  const { collection, ledger, log } = parts;
  /** The report can be asked without the ledger. */
  const orElse = async <T>(work: Promise<T>, fallback: T, what: string): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      log.error({ what, error: redact(error) });
      return fallback;
    }
  };
  return {
    ...parts,
    ask: async (question, guild) => {
      if (guild === null) {
        const found = await collection.ask(question, { maxExcerpts: MAX_EXCERPTS });
        return { found, canAskHumans: false };
      }
      const approved = () =>
        orElse(ledger.approvals.approvedIn(guild), undefined, "approved answers could not be read");
      const settings = orElse(ledger.settings.of(guild), undefined, "settings could not be read");
      const found = await collection.ask(question, { maxExcerpts: MAX_EXCERPTS, approved });
      const hasChannel = (await settings)?.moderatorChannel !== undefined;
      return { found, canAskHumans: hasChannel && ledger.keepsQuestions };
    },
    record: (found, showing) =>
      orElse(keep(found, showing, parts), undefined, "an answer could not be kept"),
  };
}

async function keep(
  { language, state, excerpts, verified }: Answer,
  { isPrivate, ...showing }: ShownPlace,
  { ledger, collection, now }: Pick<BotContext, "collection" | "ledger" | "now">,
): Promise<void> {
  const passages = [...(verified?.excerpts ?? []), ...excerpts].map(({ passage }) => passage);
  const at = now();
  await ledger.answers.record(
    { ...showing, language, state, passages, approval: verified?.id },
    at,
  );
  const { guild, question, channel, message } = showing;
  const isGap = state !== "found" && verified === undefined;
  if (!isGap || isPrivate || guild === null || !ledger.keepsQuestions) return;
  const vector = await collection.vectorOf(question);
  await ledger.gaps.recordOccurrence(
    { guild, channel, message, question, vector, reason: state },
    at,
  );
}

/** What the bot answers from. */
export interface Library {
  ask(question: string, options: AskOptions): Promise<Answer>;
  /** A question as other questions are compared with it. */
  vectorOf(question: string): Promise<QuestionVector>;
  /** What the vectors of the moment are made with: only those of one space can be compared. */
  readonly space: string;
  /** Passages by their place, in the index of the moment: it is asked for anew after each wait. */
  readonly lookup: Lookup;
  /** What the index of the moment was made from. */
  readonly manifest: Manifest;
}
