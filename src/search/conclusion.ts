/** What a search comes to: passages in their last order, and what may be said of the first. */
import type { Generation } from "../index/generation.ts";
import { decide } from "./decision/decision.ts";
import type { Decision } from "./decision/decision.ts";
import { quotedWords } from "./exactMatch.ts";
import { rerank } from "./reading/reranking.ts";
import type { ReadPassage } from "./reading/reranking.ts";
import type { Searched } from "./search.ts";

/** A search with its end. */
export interface Conclusion {
  readonly searched: Searched;
  /** Best first. */
  readonly passages: readonly ReadPassage[];
  readonly decision: Decision;
}

/** Concludes a search of an index. */
export function conclude(
  index: Pick<Generation, "sentences" | "passages">,
  searched: Searched,
): Conclusion {
  const { ranked, windows, exact } = searched;
  const passages = rerank(ranked, windows, { quoted: quotedWords(index, exact.quotations) });
  return { searched, passages, decision: decide(passages, searched) };
}
