import type { Generation } from "../index/generation.ts";
import type { KindGuess } from "./kinds.ts";
import type { RankedPassage } from "./ranking.ts";

/** A quotation of more than a term: what somebody said. */
const QUOTATION = /“[^”]{8,}”|「[^」]{8,}」|『[^』]{8,}』|"[^"]{8,}"|«[^»]{8,}»|„[^“”]{8,}[“”]/u;

/** Below this it is too uncertain that somebody's words are asked for. */
const MIN_SHARE = 0.8;

/** What a quotation gains, in units of the score, where it is certain that somebody's words are asked for. */
const BOOST = 0.06;

/**
 * For a question of who said something, or what somebody said: passages with a quotation first, where they match about as well.
 * A quotation and the sentence that names its speaker are one passage already.
 */
export function preferQuotations(
  { readText }: Pick<Generation, "readText">,
  { kind, share }: KindGuess,
  passages: readonly RankedPassage[],
): RankedPassage[] {
  if ((kind !== "speaker" && kind !== "said") || share < MIN_SHARE) return [...passages];
  const boosted = passages.map((ranked) => {
    const { report, span } = ranked.passage;
    const gain = QUOTATION.test(readText(report, span)) ? BOOST * share : 0;
    return { ...ranked, score: ranked.score + gain };
  });
  return boosted.sort((a, b) => b.score - a.score);
}
