import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Encoder } from "../embed/encoder.ts";
import { quantizeRows } from "../embed/quantize.ts";
import { meanOfRows, normaliseRows, subtract } from "../embed/rows.ts";
import { UserError } from "../errors.ts";
import type { Report } from "../report.ts";
import type { Background } from "./background.ts";
import { abandonGeneration, beginGeneration, commitGeneration } from "./current.ts";
import { encodeUnits } from "./encodeUnits.ts";
import type { EncodedUnits } from "./encodeUnits.ts";
import { bytesOf, sha256 } from "../bytes.ts";
import { sha256OfFile, writeFlushed } from "./files.ts";
import { FILE, MANIFEST_FILE, openGeneration } from "./generation.ts";
import type { Generation } from "./generation.ts";
import { buildLexical } from "./lexical.ts";
import type { LexicalDocument } from "./lexical.ts";
import type { Manifest, Sources } from "./manifest.ts";
import { encodeBank, meansOf } from "./questionMeans.ts";
import type { BankQuestion } from "./questionMeans.ts";
import { selfTest } from "./selfTest.ts";
import { INDEX_SETTINGS } from "./settings.ts";
import { encodeTexts, toStored } from "./store.ts";
import { encodeUnitRows } from "./unitRows.ts";
import { planUnits } from "./units.ts";
import type { UnitPlan } from "./units.ts";
import { writeVectors } from "./vectors.ts";

export interface BuildOptions {
  readonly indexDir: string;
  readonly reports: readonly Report[];
  readonly sources: Sources;
  readonly encoder: Encoder;
  /** Searches the finished index for the questions of the bank: how high does it score what has nothing to do with it? */
  readonly measureBackground: (generation: Generation, bank: readonly BankQuestion[]) => Background;
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
  const bank = await encodeBank(options.encoder);
  let folder: string | undefined;
  try {
    folder = await beginGeneration(options.indexDir);
    return await writeGeneration(folder, options, bank);
  } catch (error) {
    // What is half written may be what filled the disk.
    if (folder !== undefined) await abandonGeneration(folder);
    throw describeFileError(error, options.indexDir);
  }
}

/** Writes, tests, measures and commits. */
async function writeGeneration(
  folder: string,
  options: BuildOptions,
  bank: readonly BankQuestion[],
): Promise<Manifest> {
  const { indexDir, reports, encoder, onProgress = () => undefined } = options;
  const plan = planUnits(reports);
  const tokenFile = path.join(folder, FILE.tokens);
  const encoded = await encodeUnits(plan, encoder, tokenFile, onProgress);
  const lexical = await buildLexical(documentsOf(reports));
  const contents = {
    [FILE.texts]: encodeTexts(reports),
    [FILE.reports]: JSON.stringify(toStored(reports)),
    [FILE.words]: lexical.words,
    [FILE.glosses]: lexical.glosses,
    [FILE.pinyin]: lexical.pinyin,
    [FILE.questions]: JSON.stringify(meansOf(bank, encoder.dimensions)),
    // Until the index can be asked.
    [FILE.background]: "{}",
  };
  for (const [name, data] of Object.entries(contents)) {
    await writeFlushed(path.join(folder, name), data);
  }
  await writeUnits(folder, plan, encoded, encoder.dimensions);
  await testAndMeasure(folder, await describe(folder, options, { plan, encoded }), options, bank);
  const manifest = await describe(folder, options, { plan, encoded });
  const text = JSON.stringify(manifest, undefined, 2);
  await writeFlushed(path.join(folder, MANIFEST_FILE), text);
  await commitGeneration(indexDir, folder, sha256(text));
  return manifest;
}

/** What a generation is made of, as its files are now. */
async function describe(
  folder: string,
  { reports, sources, encoder }: BuildOptions,
  { plan, encoded }: { readonly plan: UnitPlan; readonly encoded: EncodedUnits },
): Promise<Manifest> {
  return {
    formatVersion: INDEX_SETTINGS.formatVersion,
    sources,
    dimensions: encoder.dimensions,
    counts: {
      reports: reports.length,
      passages: sum(reports.map(({ passages }) => passages.length)),
      sentences: plan.paragraphOf.length,
      units: plan.units.length,
      tokens: encoded.tokenOffsets.at(-1) ?? 0,
    },
    files: await describeFiles(folder),
  };
}

/** The centred vectors, once in the graph and once as bytes, and what they stand for. */
async function writeUnits(
  folder: string,
  plan: UnitPlan,
  { vectors, tokenOffsets }: EncodedUnits,
  dimensions: number,
): Promise<void> {
  const centred = normaliseRows(subtract(vectors, meanOfRows([vectors], dimensions)), dimensions);
  await writeVectors(folder, centred, dimensions);
  const contents = {
    [FILE.unitRows]: encodeUnitRows(quantizeRows(centred, dimensions), dimensions),
    [FILE.unitRanges]: bytesOf(Uint32Array.from(plan.units.flatMap(({ from, to }) => [from, to]))),
    [FILE.paragraphOf]: bytesOf(plan.paragraphOf),
    [FILE.groups]: bytesOf(plan.groups),
    [FILE.tokenOffsets]: bytesOf(tokenOffsets),
  };
  for (const [name, data] of Object.entries(contents)) {
    await writeFlushed(path.join(folder, name), data);
  }
}

async function testAndMeasure(
  folder: string,
  manifest: Manifest,
  { measureBackground }: BuildOptions,
  bank: readonly BankQuestion[],
): Promise<void> {
  const generation = await openGeneration(folder, manifest);
  try {
    selfTest(generation);
    const background = measureBackground(generation, bank);
    await writeFlushed(path.join(folder, FILE.background), JSON.stringify(background));
  } finally {
    generation.close();
  }
}

function documentsOf(reports: readonly Report[]): LexicalDocument[] {
  let paragraphs = 0;
  return reports.flatMap(({ text, blocks, sections, sentences }) => {
    const first = paragraphs;
    paragraphs += blocks.length;
    return sentences.map(({ span, block }) => ({
      text: text.slice(span.start, span.end),
      headings: sections[blocks[block]?.section ?? -1]?.path.join("\n") ?? "",
      paragraph: first + block,
    }));
  });
}

/** All that was written so far: the manifest itself comes last. */
async function describeFiles(folder: string): Promise<Manifest["files"]> {
  const entries = (await readdir(folder)).sort().map(async (name) => {
    const file = path.join(folder, name);
    const { size } = await stat(file);
    return [name, { bytes: size, hash: await sha256OfFile(file) }] as const;
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
