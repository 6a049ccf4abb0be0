import { open } from "node:fs/promises";
import type { Encoder } from "../models/encoder/encoder.ts";
import type { Encoding } from "../models/encoder/encoding.ts";
import { meanOfRows, quantizeCentred } from "../vectors.ts";
import { foldHan } from "../text/fold.ts";
import { encodeTokens } from "../index/fileStore/vectorFiles.ts";
import type { Chunk, ChunkPlan } from "./chunks.ts";

/** What the model makes of the units of some reports, besides the token vectors, which go to a file. */
export interface EncodedChunks {
  /** One vector a unit, row after row, as the model gives it. */
  readonly vectors: Float32Array;
  /** First token of each sentence, and the number of all tokens last: `sentences + 1` values. */
  readonly tokenOffsets: Uint32Array;
}

/** Sentences whose tokens give the mean: all of a report's, a sample of a library's. */
const MEAN_SAMPLE_SENTENCES = 512;

/**
 * Encodes the units of some reports and writes the centred token vectors of their sentences to a file, one sentence after
 * the other: those of a library need not fit in memory.
 *
 * @param onProgress Told after each vector: how many are done, of how many.
 */
export async function encodeChunks(
  { chunks, ownChunks }: ChunkPlan,
  encoder: Encoder,
  tokenFile: string,
  onProgress: (done: number, total: number) => void,
): Promise<EncodedChunks> {
  const { dimensions } = encoder;
  const encode = ({ text }: Chunk): Promise<Encoding> => encoder.encode(foldHan(text), "passage");
  const sampled = new Map<number, Encoding>();
  for (const i of sampleOf(ownChunks.subarray(0, -1), MEAN_SAMPLE_SENTENCES)) {
    const unit = chunks[i];
    if (unit) sampled.set(i, await encode(unit));
    onProgress(sampled.size, chunks.length);
  }
  const tokenMean = meanOfRows(
    Array.from(sampled.values(), ({ tokens }) => tokens),
    dimensions,
  );
  const vectors = new Float32Array(chunks.length * dimensions);
  const tokenOffsets = [0];
  const unitOf = new Map<string, number>();
  const isSentence = new Set(ownChunks);
  const file = await open(tokenFile, "w");
  try {
    for (const [done, i] of sentencesFirst(ownChunks, chunks.length).entries()) {
      const unit = chunks[i];
      const known = unitOf.get(unit?.text ?? "");
      if (known !== undefined && !isSentence.has(i)) {
        vectors.copyWithin(i * dimensions, known * dimensions, (known + 1) * dimensions);
      } else if (unit) {
        const encoding = sampled.get(i) ?? (await encode(unit));
        vectors.set(encoding.vector, i * dimensions);
        unitOf.set(unit.text, i);
        if (isSentence.has(i)) {
          await file.writeFile(centredTokens(encoding, tokenMean));
          tokenOffsets.push((tokenOffsets.at(-1) ?? 0) + encoding.weights.length);
        }
      }
      onProgress(Math.max(done + 1, sampled.size), chunks.length);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { vectors, tokenOffsets: Uint32Array.from(tokenOffsets) };
}

/** The units in the order of encoding: a paragraph of one sentence then takes its vector from there. */
function sentencesFirst(groups: Uint32Array, count: number): number[] {
  const first = groups[0] ?? 0;
  return Array.from({ length: count }, (_, i) => (i + first) % count);
}

/** At most `limit` of the values, evenly spread. */
function sampleOf(values: Uint32Array, limit: number): Uint32Array {
  const step = Math.max(1, values.length / limit);
  return values.filter((_, i) => i === 0 || Math.floor(i / step) !== Math.floor((i - 1) / step));
}

function centredTokens({ tokens, spans }: Encoding, mean: Float32Array): Uint8Array {
  return encodeTokens({ ...quantizeCentred(tokens, mean), spans: Uint32Array.from(spans) });
}
