import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Encoder } from "../embed/encoder.ts";
import type { Encoding } from "../embed/encoding.ts";
import { quantizeCentred } from "../embed/quantize.ts";
import { meanOfRows } from "../embed/rows.ts";
import { UserError } from "../errors.ts";
import type { Report } from "../report.ts";
import { foldHan } from "../text/fold.ts";
import { beginGeneration, commitGeneration } from "./current.ts";
import { bytesOf, sha256, writeFlushed } from "./files.ts";
import { FILE, MANIFEST_FILE, openGeneration } from "./generation.ts";
import { buildKeywords } from "./keywords.ts";
import type { KeywordDocument } from "./keywords.ts";
import type { Manifest, Sources } from "./manifest.ts";
import { encodeBank } from "./questionMeans.ts";
import type { QuestionMeans } from "./questionMeans.ts";
import { selfTest } from "./selfTest.ts";
import { INDEX_SETTINGS } from "./settings.ts";
import { encodeTexts, toStored } from "./store.ts";
import type { SentenceTokens } from "./tokens.ts";
import { planUnits } from "./units.ts";
import type { Unit, UnitPlan } from "./units.ts";
import { writeVectors } from "./vectors.ts";

export interface BuildOptions {
  readonly indexDir: string;
  readonly reports: readonly Report[];
  readonly sources: Sources;
  readonly encoder: Encoder;
  /** Told after each vector: how many are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Builds a generation beside the one in use, tests it on sentences of its own and puts it in use. Until that last step
 * nothing that a reader sees changes, whatever happens.
 *
 * @returns The manifest of the new generation.
 */
export async function buildIndex(options: BuildOptions): Promise<Manifest> {
  const plan = planUnits(options.reports);
  const encoded = await encodeUnits(plan, options.encoder, options.onProgress ?? (() => undefined));
  const questions = await encodeBank(options.encoder);
  try {
    return await writeGeneration(options, { plan, encoded, questions });
  } catch (error) {
    throw describeFileError(error, options.indexDir);
  }
}

/** All that takes the model. */
interface Computed {
  readonly plan: UnitPlan;
  readonly encoded: EncodedUnits;
  readonly questions: QuestionMeans;
}

/** Writes, tests and commits. */
async function writeGeneration(
  { indexDir, reports, sources, encoder }: BuildOptions,
  { plan, encoded, questions }: Computed,
): Promise<Manifest> {
  const folder = await beginGeneration(indexDir);
  const contents = {
    [FILE.texts]: encodeTexts(reports),
    [FILE.reports]: JSON.stringify(toStored(reports)),
    [FILE.keywords]: buildKeywords(documentsOf(reports)).serialize(),
    ...unitFiles(plan, encoded.vectors, encoder.dimensions),
    ...tokenFiles(encoded),
    [FILE.questions]: JSON.stringify(questions),
  };
  for (const [name, data] of Object.entries(contents)) {
    await writeFlushed(path.join(folder, name), data);
  }
  writeVectors(path.join(folder, FILE.vectors), encoded.vectors, encoder.dimensions);
  const manifest: Manifest = {
    formatVersion: INDEX_SETTINGS.formatVersion,
    sources,
    dimensions: encoder.dimensions,
    counts: {
      reports: reports.length,
      passages: sum(reports.map(({ passages }) => passages.length)),
      sentences: plan.paragraphOf.length,
      units: plan.units.length,
      tokens: sum(encoded.sentences.map(({ scales }) => scales.length)),
    },
    files: await describeFiles(folder),
  };
  const text = JSON.stringify(manifest, undefined, 2);
  await writeFlushed(path.join(folder, MANIFEST_FILE), text);
  await testGeneration(folder, manifest);
  await commitGeneration(indexDir, folder, sha256(text));
  return manifest;
}

interface EncodedUnits {
  /** One vector a unit, row after row. */
  readonly vectors: Float32Array;
  /** The tokens of each sentence. */
  readonly sentences: readonly SentenceTokens[];
  /** The mean token vector of the reports. */
  readonly tokenMean: Float32Array;
}

async function encodeUnits(
  { units, groups }: UnitPlan,
  encoder: Encoder,
  onProgress: (done: number, total: number) => void,
): Promise<EncodedUnits> {
  const { dimensions } = encoder;
  const encode = ({ text }: Unit): Promise<Encoding> => encoder.encode(foldHan(text), "passage");
  const sampled = new Map<number, Encoding>();
  for (const i of sampleOf(groups.subarray(0, -1), MEAN_SAMPLE_SENTENCES)) {
    const unit = units[i];
    if (unit) sampled.set(i, await encode(unit));
    onProgress(sampled.size, units.length);
  }
  const tokenMean = meanOfRows(
    Array.from(sampled.values(), ({ tokens }) => tokens),
    dimensions,
  );
  const vectors = new Float32Array(units.length * dimensions);
  const sentences: SentenceTokens[] = [];
  const unitOf = new Map<string, number>();
  const isSentence = new Set(groups);
  // Sentences first: a paragraph of one sentence then takes its vector from there.
  const firstSentence = groups[0] ?? 0;
  const inOrder = [...units.slice(firstSentence), ...units.slice(0, firstSentence)];
  for (const [done, unit] of inOrder.entries()) {
    const i = (done + firstSentence) % units.length;
    const known = unitOf.get(unit.text);
    if (known !== undefined && !isSentence.has(i)) {
      vectors.copyWithin(i * dimensions, known * dimensions, (known + 1) * dimensions);
    } else {
      const encoding = sampled.get(i) ?? (await encode(unit));
      vectors.set(encoding.vector, i * dimensions);
      unitOf.set(unit.text, i);
      if (isSentence.has(i)) sentences.push(tokensFrom(encoding, tokenMean));
    }
    onProgress(Math.max(done + 1, sampled.size), units.length);
  }
  return { vectors, sentences, tokenMean };
}

/** Sentences whose tokens give the mean: all of a report's, a sample of a library's. */
const MEAN_SAMPLE_SENTENCES = 512;

/** At most `limit` of the values, evenly spread. */
function sampleOf(values: Uint32Array, limit: number): Uint32Array {
  const step = Math.max(1, values.length / limit);
  return values.filter((_, i) => i === 0 || Math.floor(i / step) !== Math.floor((i - 1) / step));
}

function tokensFrom({ tokens, spans }: Encoding, mean: Float32Array): SentenceTokens {
  return { ...quantizeCentred(tokens, mean), spans: Uint32Array.from(spans) };
}

function unitFiles(
  plan: UnitPlan,
  vectors: Float32Array,
  dimensions: number,
): Record<string, Uint8Array> {
  const mean = meanOfRows([vectors], dimensions);
  const { rows, scales, lengths } = quantizeCentred(vectors, mean);
  const ranges = Uint32Array.from(plan.units.flatMap(({ from, to }) => [from, to]));
  return {
    [FILE.unitRows]: bytesOf(rows),
    [FILE.unitScales]: bytesOf(scales),
    [FILE.unitLengths]: bytesOf(lengths),
    [FILE.unitMean]: bytesOf(mean),
    [FILE.unitRanges]: bytesOf(ranges),
    [FILE.paragraphOf]: bytesOf(plan.paragraphOf),
    [FILE.groups]: bytesOf(plan.groups),
  };
}

function tokenFiles({ sentences, tokenMean }: EncodedUnits): Record<string, Uint8Array> {
  const offsets = new Uint32Array(sentences.length + 1);
  sentences.forEach(({ scales }, i) => {
    offsets[i + 1] = (offsets[i] ?? 0) + scales.length;
  });
  return {
    [FILE.tokenRows]: Buffer.concat(sentences.map(({ rows }) => bytesOf(rows))),
    [FILE.tokenScales]: Buffer.concat(sentences.map(({ scales }) => bytesOf(scales))),
    [FILE.tokenLengths]: Buffer.concat(sentences.map(({ lengths }) => bytesOf(lengths))),
    [FILE.tokenMean]: bytesOf(tokenMean),
    [FILE.tokenOffsets]: bytesOf(offsets),
    [FILE.tokenSpans]: Buffer.concat(sentences.map(({ spans }) => bytesOf(spans))),
  };
}

function documentsOf(reports: readonly Report[]): KeywordDocument[] {
  return reports
    .flatMap(({ text, blocks, sections, sentences }) =>
      sentences.map(({ span, block }) => ({
        text: text.slice(span.start, span.end),
        headings: sections[blocks[block]?.section ?? -1]?.path.join(" ") ?? "",
      })),
    )
    .map((document, id) => ({ id, ...document }));
}

async function describeFiles(folder: string): Promise<Manifest["files"]> {
  const entries = Object.values(FILE).map(async (name) => {
    const data = await readFile(path.join(folder, name));
    return [name, { bytes: data.length, hash: sha256(data) }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** A full disk or a folder that may not be written is the operator's to mend. */
function describeFileError(error: unknown, indexDir: string): unknown {
  if (!(error instanceof Error && "syscall" in error)) return error;
  return new UserError(
    `The index folder ${indexDir} cannot be written (${error.message}): make room or set INDEX_DIR to another one.`,
    { cause: error },
  );
}

async function testGeneration(folder: string, manifest: Manifest): Promise<void> {
  const generation = await openGeneration(folder, manifest);
  try {
    selfTest(generation);
  } finally {
    generation.close();
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
