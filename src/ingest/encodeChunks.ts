/** The vectors of chunks; those of the sentences' tokens go to the store at once, so that a library's need not fit in memory. */
import type { Encoder } from "../models/encoder/encoder.ts";
import type { Encoding } from "../models/encoder/encoding.ts";
import type { Draft } from "../index/store.ts";
import { foldHan } from "../text/fold.ts";
import { meanOfRows, normaliseRows, quantizeCentred, subtract } from "../vectors.ts";
import type { ChunkPlan } from "./chunks.ts";

/** Told after each vector: how many are done, of how many. */
export type OnProgress = (done: number, total: number) => void;

/** Sentences whose tokens give the mean: all of a report's, a sample of a library's. */
const MEAN_SAMPLE_SENTENCES = 512;

/**
 * Encodes the chunks of some reports, and writes the centred token vectors of their sentences, one sentence after the other.
 *
 * @returns A centred vector a chunk, each of length 1, row after row.
 */
export async function encodeChunks(
  plan: ChunkPlan,
  encoder: Encoder,
  draft: Pick<Draft, "writeTokens">,
  onProgress: OnProgress,
): Promise<Float32Array> {
  const { dimensions } = encoder;
  const total = plan.texts.length;
  const sampled = await encodeSample(plan, encoder, onProgress);
  const tokenMean = meanOfRows(
    Array.from(sampled.values(), ({ tokens }) => tokens),
    dimensions,
  );
  const vectors = new Float32Array(total * dimensions);
  const firstSentence = total - plan.paragraphOf.length;
  for (const [i, text] of plan.texts.entries()) {
    const encoding = sampled.get(i) ?? (await encode(encoder, text));
    vectors.set(encoding.vector, i * dimensions);
    if (i >= firstSentence) await draft.writeTokens(centredTokens(encoding, tokenMean));
    onProgress(Math.max(i + 1, sampled.size), total);
  }
  return normaliseRows(subtract(vectors, meanOfRows([vectors], dimensions)), dimensions);
}

/** Encodes the sentences that give the mean, by their chunk. */
async function encodeSample(
  { texts, paragraphOf }: ChunkPlan,
  encoder: Encoder,
  onProgress: OnProgress,
): Promise<ReadonlyMap<number, Encoding>> {
  const sampled = new Map<number, Encoding>();
  const firstSentence = texts.length - paragraphOf.length;
  const sentences = paragraphOf.map((_, sentence) => firstSentence + sentence);
  for (const i of sampleOf(sentences, MEAN_SAMPLE_SENTENCES)) {
    sampled.set(i, await encode(encoder, texts[i] ?? ""));
    onProgress(sampled.size, texts.length);
  }
  return sampled;
}

function encode(encoder: Encoder, text: string): Promise<Encoding> {
  return encoder.encode(foldHan(text), "passage");
}

/** At most `limit` of the values, evenly spread. */
function sampleOf(values: Uint32Array, limit: number): Uint32Array {
  const step = Math.max(1, values.length / limit);
  return values.filter((_, i) => i === 0 || Math.floor(i / step) !== Math.floor((i - 1) / step));
}

function centredTokens({ tokens, spans }: Encoding, mean: Float32Array) {
  return { ...quantizeCentred(tokens, mean), spans: Uint32Array.from(spans) };
}
