import { passageOf } from "../../src/index/generation.ts";
import type { RankedPassage } from "../../src/search/ranking.ts";
import { smallIndex } from "./small.ts";

/** The passages of these sentences, as a search of the small index might rank them. */
export async function rankedAs(
  files: Record<string, string>,
  sentences: readonly number[],
): Promise<RankedPassage[]> {
  const { generation, search } = await smallIndex(files);
  const [any] = (await search("種樹")).passages;
  if (any === undefined) throw new Error("no passage");
  return sentences.flatMap((sentence) => {
    const passage = passageOf(generation, sentence);
    return passage ? [{ ...any, passage, match: { ...any.match, sentence } }] : [];
  });
}
