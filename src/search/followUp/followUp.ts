/** A question that may lean on the one before it: which is meant, the new words alone or both together, is decided by what is read. */
import type { Generation } from "../../index/generation.ts";
import { conclude } from "../conclusion.ts";
import type { Conclusion } from "../conclusion.ts";
import { decide } from "../decision/decision.ts";
import type { Decision } from "../decision/decision.ts";
import { UNREAD_SCORE } from "../decision/features.ts";
import { quotedWords } from "../exactMatch.ts";
import { readPassage, rerank } from "../reading/reranking.ts";
import type { ReadPassage } from "../reading/reranking.ts";
import type { Search, Searched } from "../search.ts";
import { LEANING_ORDER, UNREAD, judgeAnswer, leans } from "./leaning.ts";
import type { BothReadings } from "./leaning.ts";

/** What following up needs of an index. */
type FollowedIndex = Pick<Generation, "sentences" | "passages">;

/** What is asked behind another question. */
interface FollowUp {
  readonly raw: string;
  /** The question before. */
  readonly after: string;
}

/**
 * What both questions together come to, where the new one leans on the one before; undefined where it stands by itself.
 *
 * @param alone What the new words alone come to.
 */
export async function concludeTogether(
  index: FollowedIndex,
  search: Search,
  alone: Conclusion,
  { raw, after }: FollowUp,
): Promise<Conclusion | undefined> {
  const together = await search.find(raw, after);
  if (together.windows.length === 0) {
    if (!leans(alone, UNREAD)) return undefined;
    const { decision, ...conclusion } = conclude(index, together);
    return { ...conclusion, decision: { ...decision, state: offered(decision.state) } };
  }
  const ordered = await orderTogether(index, search, alone.searched, together);
  const readings = await readBothWays(search, alone.searched, ordered.passages);
  if (!leans(alone, readings)) return undefined;
  return { ...ordered, decision: decideTogether(ordered, readings) };
}

/**
 * The words of the question before would bring what answered that: those of the new one tell which of the passages is meant that both were
 * read with.
 */
async function orderTogether(
  index: FollowedIndex,
  search: Search,
  alone: Searched,
  together: Searched,
): Promise<Omit<Conclusion, "decision">> {
  const ranked = await search.score(alone.query, together.sentences);
  const passages = rerank(ranked, together.windows, {
    quoted: quotedWords(index, alone.exact.quotations),
    weights: LEANING_ORDER,
    reports: together.ranked,
  });
  return { searched: { ...together, ranked }, passages };
}

/** How surely the first passage answers both together, and the new words alone in the same window. */
async function readBothWays(
  search: Search,
  alone: Searched,
  [best]: readonly ReadPassage[],
): Promise<BothReadings> {
  if (best?.reading === undefined) return UNREAD;
  const windows = await search.read(alone.question.spelledOut, [best.reading.window.window]);
  return {
    alone: readPassage(best.passage, windows)?.score ?? UNREAD_SCORE,
    together: best.reading.score,
  };
}

/** What answered the question before looks like an answer to both: found is said where the new words alone are answered there too. */
function decideTogether(
  { searched, passages }: Omit<Conclusion, "decision">,
  readings: BothReadings,
): Decision {
  const { state } = decide(passages, searched);
  const answers = judgeAnswer(readings);
  const isFound = readings !== UNREAD && answers.probability >= answers.threshold;
  return {
    state: isFound ? "found" : offered(state),
    confidence: answers.probability,
    reasons: { features: { ...readings }, answers },
  };
}

/** What is not found may be there, unless both questions have nothing to do with the reports. */
function offered(state: Decision["state"]): Decision["state"] {
  return state === "found" ? "maybe" : state;
}
