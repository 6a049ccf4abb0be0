import type { Answer, AnswerOptions } from "../answer/answer.ts";
import type { Lookup } from "../answer/lookup.ts";
import type { Manifest } from "../index/manifest.ts";

/** What the bot answers from. */
export interface Library {
  ask(question: string, options: AnswerOptions): Promise<Answer>;
  /** Passages by their place. */
  readonly lookup: Lookup;
  /** What the index was made from. */
  readonly manifest: Manifest;
}
