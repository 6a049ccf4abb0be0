/** What answers are made with, and where they are kept. */
import type { Logger } from "pino";
import type { Answer } from "../answer/answer.ts";
import type { ShownAnswer } from "../ledger/answers.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { withoutTokens } from "./faults.ts";
import type { Library } from "./library.ts";

/** Where an answer is shown, and to what. */
export type Showing = Omit<ShownAnswer, "language" | "state" | "passages">;

export interface Desk {
  readonly library: Library;
  readonly ledger: Ledger;
  readonly now: () => number;
  /** Keeps an answer that was shown. If that fails the log says so: the asker has the answer. */
  record(answer: Answer, showing: Showing): Promise<void>;
}

/** Prepares a desk. */
export function prepareDesk(parts: {
  readonly library: Library;
  readonly ledger: Ledger;
  readonly log: Logger;
  readonly now: () => number;
}): Desk {
  const { library, ledger, log, now } = parts;
  return {
    library,
    ledger,
    now,
    record: async ({ language, state, excerpts }, showing) => {
      const passages = excerpts.map(({ passage }) => passage);
      try {
        await ledger.answers.record({ ...showing, language, state, passages }, now());
      } catch (error) {
        log.error({ what: "an answer could not be kept", error: withoutTokens(error) });
      }
    },
  };
}
