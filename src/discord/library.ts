import type { Answer, AskOptions } from "../answer/answer.ts";
import type { Lookup } from "../answer/lookup.ts";
import type { Manifest } from "../index/manifest.ts";
import type { QuestionVector } from "../search/questionVector.ts";

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
