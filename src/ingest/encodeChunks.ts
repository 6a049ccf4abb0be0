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
  const chunkOf = new Map<string, number>();
  const isSentence = new Set(plan.ownChunks);
  for (const [done, i] of sentencesFirst(plan).entries()) {
    const text = plan.texts[i] ?? "";
    const known = chunkOf.get(text);
    if (known !== undefined && !isSentence.has(i)) {
      vectors.copyWithin(i * dimensions, known * dimensions, (known + 1) * dimensions);
    } else {
      const encoding = sampled.get(i) ?? (await encode(encoder, text));
      vectors.set(encoding.vector, i * dimensions);
      chunkOf.set(text, i);
      if (isSentence.has(i)) await draft.writeTokens(centredTokens(encoding, tokenMean));
    }
    onProgress(Math.max(done + 1, sampled.size), total);
  }
  return normaliseRows(subtract(vectors, meanOfRows([vectors], dimensions)), dimensions);
}

/** Encodes the sentences that give the mean, by their chunk. */
async function encodeSample(
  { texts, ownChunks }: ChunkPlan,
  encoder: Encoder,
  onProgress: OnProgress,
): Promise<ReadonlyMap<number, Encoding>> {
  const sampled = new Map<number, Encoding>();
  for (const i of sampleOf(ownChunks.subarray(0, -1), MEAN_SAMPLE_SENTENCES)) {
    sampled.set(i, await encode(encoder, texts[i] ?? ""));
    onProgress(sampled.size, texts.length);
  }
  return sampled;
}

function encode(encoder: Encoder, text: string): Promise<Encoding> {
  return encoder.encode(foldHan(text), "passage");
}

/** The chunks in the order of encoding: a paragraph of one sentence then takes its vector from there. */
function sentencesFirst({ texts: { length }, ownChunks }: ChunkPlan): number[] {
  const first = ownChunks[0] ?? 0;
  return Array.from({ length }, (_, i) => (i + first) % length);
}

/** At most `limit` of the values, evenly spread. */
function sampleOf(values: Uint32Array, limit: number): Uint32Array {
  const step = Math.max(1, values.length / limit);
  return values.filter((_, i) => i === 0 || Math.floor(i / step) !== Math.floor((i - 1) / step));
}

function centredTokens({ tokens, spans }: Encoding, mean: Float32Array) {
  return { ...quantizeCentred(tokens, mean), spans: Uint32Array.from(spans) };
}
