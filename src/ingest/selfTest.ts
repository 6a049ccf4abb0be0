import { sha256 } from "../bytes.ts";
import { passageOf } from "../index/generation.ts";
import type { Generation } from "../index/generation.ts";
import type { Draft } from "../index/store.ts";

/** How many sentences, spread over the index, are looked up. */
const PROBES = 5;

/** From this cosine on another chunk is as good as the sentence's own: its words are the same. */
const SAME_COSINE = 0.999;

/**
 * Looks some of a draft's own sentences up in it by their vectors, and proves the passages they belong to.
 *
 * @throws {Error} if one is not found where it is.
 */
export async function selfTest(draft: Pick<Draft, "open">): Promise<void> {
  const index = await draft.open();
  try {
    await testIndex(index);
  } finally {
    index.close();
  }
}

async function testIndex(index: Generation): Promise<void> {
  for (let i = 0; i < PROBES; i++) {
    const sentence = Math.floor((i * index.sentences.length) / PROBES);
    const passage = passageOf(index, sentence);
    if (passage === undefined) throw new Error(`sentence ${sentence} has no passage`);
    const [text = ""] = await index.readTexts([passage]);
    if (sha256(text) !== passage.textHash) throw new Error(`passage ${passage.id} is not its text`);
    await assertFoundByVector(index, sentence);
  }
}

async function assertFoundByVector(index: Generation, sentence: number): Promise<void> {
  const [vectors] = await index.readVectors([sentence]);
  if (vectors === undefined) throw new Error(`sentence ${sentence} has no vector`);
  const [nearest] = await index.findNearest(vectors.own.values(), 1);
  const isFound =
    nearest !== undefined &&
    ((nearest.from <= sentence && sentence < nearest.to) || nearest.cosine > SAME_COSINE);
  if (!isFound) throw new Error(`sentence ${sentence} is not found by its own vector`);
}
