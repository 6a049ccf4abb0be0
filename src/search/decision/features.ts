import { kindOf } from "../../index/generation.ts";
import { isCitable } from "../../report.ts";
import { weightedMean } from "../../vectors.ts";
import type { ReadPassage } from "../reading/reranking.ts";
import type { WindowReading } from "../reading/windowReadings.ts";
import type { SentenceMatch } from "../scorers/lateInteraction.ts";

/** What a decision is made from. */
export type Features = Readonly<Record<(typeof FEATURES)[number], number>>;

/**
 * `passage`: how surely the first passage answers, by reading; `window`: how surely the surest window does; `lead`: by how much the first
 * passage stands above the second; `agreed`: 1 if it also stands first without reading; `heading`: 1 if it is a heading or title;
 * `interaction`: the late interaction of its best sentence with the question, −1..1; `strength`: the root mean square of its
 * tokens' matches, 0..1, in which a few strong ones weigh more than many middling ones; `lexical`: what the terms that it shares with the question add to
 * its score; `length`: ln of the number of tokens asked; `native`: 1 if they are
 * in a language of the reports.
 */
export const FEATURES = [
  "passage",
  "window",
  "lead",
  "agreed",
  "heading",
  "interaction",
  "strength",
  "lexical",
  "length",
  "native",
] as const;

/** What stands for the reading of a passage or a window that was not read, and for all that reads lower. */
export const UNREAD_SCORE = -8;

/** By how much a passage leads where there is no second one. */
const LONE_LEAD = 3;

/** What a search comes to, before it is decided what to say of it. */
interface Outcome {
  /** Best first, at least one. */
  readonly passages: readonly [ReadPassage, ...ReadPassage[]];
  /** What was read. */
  readonly windows: readonly WindowReading[];
  /** The passage that stands first without reading. */
  readonly unreadFirst: ReadPassage["passage"] | undefined;
  /** Whether the question is in a language of the reports. */
  readonly isNative: boolean;
}

/** The features of a search's outcome. */
export function featuresOf({ passages, windows, unreadFirst, isNative }: Outcome): Features {
  const [best, second] = passages;
  const { words, glosses, pinyin } = best.contributions;
  return {
    passage: Math.max(UNREAD_SCORE, best.reading?.score ?? UNREAD_SCORE),
    window: windows.reduce((most, { score }) => Math.max(most, score), UNREAD_SCORE),
    lead: second === undefined ? LONE_LEAD : best.rank - second.rank,
    agreed: best.passage === unreadFirst ? 1 : 0,
    heading: isCitable(kindOf(best.passage)) ? 0 : 1,
    interaction: best.match.score,
    strength: rootMeanSquare(best.match, best.weights),
    lexical: words + glosses + pinyin,
    length: Math.log(1 + best.weights.length),
    native: isNative ? 1 : 0,
  };
}

function rootMeanSquare({ interaction }: SentenceMatch, weights: Float32Array): number {
  const squares = Array.from(interaction.maxima, (cosine) => Math.max(0, cosine) ** 2);
  return Math.sqrt(weightedMean(squares, weights) ?? 0);
}
