/** The vectors of chunks; those of the sentences' tokens go to the store at once, so that a library's need not fit in memory. */
import type { Draft, KeptEncoding } from "../index/store.ts";
import type { Encoder } from "../models/encoder/encoder.ts";
import { foldHan } from "../text/fold.ts";
import {
  meanOfRows,
  normaliseRows,
  quantizeCentred,
  quantizeRows,
  restoreRows,
  subtract,
} from "../vectors.ts";
import type { ChunkPlan } from "./chunks.ts";
import type { OnProgress } from "./steps.ts";

/** Sentences whose tokens give the mean: all of a report's, a sample of a library's. */
const MEAN_SAMPLE_SENTENCES = 512;

/** Texts that are handed to the encoder before the first of them is done: enough for its workers never to wait. */
const AT_ONCE = 16;

/** What is used of a draft here. */
type Keeping = Pick<Draft, "recall" | "keep" | "writeTokens">;

/**
 * Encodes the chunks of some reports, each text once and none that the generation in use has, and writes the centred token vectors of
 * the sentences, one sentence after the other. All depends on the texts and the model alone: what is taken from the generation in use is
 * what would be made anew.
 *
 * @returns A centred vector a chunk, each of length 1, row after row.
 */
export async function encodeChunks(
  plan: ChunkPlan,
  encoder: Encoder,
  draft: Keeping,
  onProgress: OnProgress,
): Promise<Float32Array> {
  const headings = plan.headings.map(foldHan);
  const sentences = plan.sentences.map(foldHan);
  await keepAll([...new Set([...headings, ...sentences])], encoder, draft, onProgress);
  const { dimensions } = encoder;
  const mean = meanOfRows(
    sampleOf(sentences, MEAN_SAMPLE_SENTENCES).map((it) => tokensOf(kept(draft, it), dimensions)),
    dimensions,
  );
  const vectors = new Float32Array((plan.ranges.length / 2) * dimensions);
  headings.forEach((it, i) => {
    vectors.set(kept(draft, it).vector, i * dimensions);
  });
  const firstSentence = vectors.length / dimensions - sentences.length;
  const weights: number[] = [];
  for (const [i, text] of sentences.entries()) {
    const encoding = kept(draft, text);
    vectors.set(encoding.vector, (firstSentence + i) * dimensions);
    weights.push(encoding.tokens.scales.length);
    const centred = quantizeCentred(tokensOf(encoding, dimensions), mean);
    await draft.writeTokens({ ...centred, spans: encoding.spans });
  }
  poolParagraphs(plan, weights, vectors);
  return normaliseRows(subtract(vectors, meanOfRows([vectors], dimensions)), dimensions);
}

/** Has a draft keep what the model makes of some texts, in their order. */
async function keepAll(
  texts: readonly string[],
  encoder: Encoder,
  draft: Keeping,
  onProgress: OnProgress,
): Promise<void> {
  const encode = async (text: string): Promise<KeptEncoding> => {
    const { vector, tokens, spans } = await encoder.encode(text, "passage");
    const rows = quantizeRows(tokens, encoder.dimensions);
    return { vector, tokens: rows, spans: Uint32Array.from(spans) };
  };
  const begun: Promise<KeptEncoding>[] = [];
  const begin = (text: string): void => {
    const known = draft.recall(text);
    const encoding = known ? Promise.resolve(known) : encode(text);
    // What fails is told where it is waited for.
    encoding.catch(() => undefined);
    begun.push(encoding);
  };
  texts.slice(0, AT_ONCE).forEach(begin);
  for (const [i, text] of texts.entries()) {
    const encoding = await begun.shift();
    texts.slice(i + AT_ONCE, i + AT_ONCE + 1).forEach(begin);
    if (encoding) await draft.keep(text, encoding);
    onProgress("encoding", i + 1, texts.length);
  }
}

function kept(draft: Keeping, text: string): KeptEncoding {
  const encoding = draft.recall(text);
  if (encoding === undefined) throw new Error("the draft lacks a text that it was given");
  return encoding;
}

function tokensOf({ tokens }: KeptEncoding, dimensions: number): Float32Array {
  return restoreRows(tokens, dimensions);
}

/** At most `limit` of the values, evenly spread. */
function sampleOf<Value>(values: readonly Value[], limit: number): Value[] {
  const step = Math.max(1, values.length / limit);
  return values.filter((_, i) => i === 0 || Math.floor(i / step) !== Math.floor((i - 1) / step));
}

/** A paragraph's vector is the mean of its sentences' by their tokens: one of its own would take as long as all of these. */
function poolParagraphs(
  { headings, ranges, sentences }: ChunkPlan,
  weights: readonly number[],
  vectors: Float32Array,
): void {
  const chunks = ranges.length / 2;
  const dimensions = vectors.length / chunks;
  const firstSentence = chunks - sentences.length;
  for (let chunk = headings.length; chunk < firstSentence; chunk++) {
    const pooled = vectors.subarray(chunk * dimensions, (chunk + 1) * dimensions);
    const to = ranges[2 * chunk + 1] ?? 0;
    for (let sentence = ranges[2 * chunk] ?? 0; sentence < to; sentence++) {
      const from = (firstSentence + sentence) * dimensions;
      const weight = weights[sentence] ?? 0;
      for (let k = 0; k < dimensions; k++) {
        pooled[k] = (pooled[k] ?? 0) + weight * (vectors[from + k] ?? 0);
      }
    }
    normaliseRows(pooled, dimensions);
  }
}
