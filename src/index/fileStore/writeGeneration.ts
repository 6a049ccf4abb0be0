/** Writes a generation's folder, every file of it flushed, beside the one in use. */
import { open, readdir, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import path from "node:path";
import { bytesOf, sha256, sha256OfFile } from "../../bytes.ts";
import { UserError } from "../../errors.ts";
import { writeFlushed } from "../../files.ts";
import { quantizeRows } from "../../vectors.ts";
import { INDEX_SETTINGS } from "../manifest.ts";
import type { Manifest, Sources } from "../manifest.ts";
import { encodePostings } from "../postings/postingsFile.ts";
import type { Contents, Draft } from "../store.ts";
import { abandonGeneration, beginGeneration, commitGeneration } from "./commit.ts";
import { FILE, MANIFEST_FILE } from "./generationFiles.ts";
import { beginKept } from "./encodings/keptEncodings.ts";
import { openGeneration } from "./openGeneration.ts";
import type { GenerationPlace } from "./openGeneration.ts";
import { encodeGlossary } from "./glossaryFile.ts";
import { encodeTexts, toStored } from "./reportsFile.ts";
import { encodeChunkVectors, encodeTokens } from "./vectorFiles.ts";
import { encodeWindowTable, encodeWindowTokens } from "./windowsFile.ts";
import { writeVectors } from "./openVectors.ts";

/** What is known of a generation while it is written. */
interface Writing {
  readonly indexDir: string;
  readonly folder: string;
  readonly sources: Sources;
  readonly tokenFile: FileHandle;
  readonly kept: Awaited<ReturnType<typeof beginKept>>;
  /** First token of each sentence so far, and the number of all tokens last. */
  readonly tokenOffsets: number[];
  /** Once all is written. */
  manifest?: Manifest;
}

/**
 * Begins a generation in a folder of its own.
 *
 * @throws {UserError} if nothing can be written; so do all steps of the draft.
 */
export async function beginDraft(indexDir: string, sources: Sources): Promise<Draft> {
  const explained = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      throw explainFileError(error, indexDir);
    }
  };
  const writing = await explained(beginWriting(indexDir, sources));
  const { kept } = writing;
  return {
    questionMeans: kept.questionMeans,
    recall: kept.recall,
    keep: (text, encoding) => explained(kept.keep(text, encoding)),
    writeTokens: (tokens) => explained(writeTokens(writing, tokens)),
    write: (contents) => explained(writeContents(writing, contents)),
    open: () => explained(openGeneration(placeOf(writing))),
    commit: () => explained(commit(writing)),
    abandon: () => explained(abandon(writing)),
  };
}

async function beginWriting(indexDir: string, sources: Sources): Promise<Writing> {
  const folder = await beginGeneration(indexDir);
  const kept = await beginKept(indexDir, folder, sources);
  const tokenFile = await open(path.join(folder, FILE.tokens), "w");
  return { indexDir, folder, sources, kept, tokenFile, tokenOffsets: [0] };
}

async function writeTokens(
  { tokenFile, tokenOffsets }: Writing,
  tokens: Parameters<Draft["writeTokens"]>[0],
): Promise<void> {
  await tokenFile.writeFile(encodeTokens(tokens));
  tokenOffsets.push((tokenOffsets.at(-1) ?? 0) + tokens.scales.length);
}

async function writeContents(writing: Writing, contents: Contents): Promise<void> {
  const { folder, kept, tokenFile, tokenOffsets } = writing;
  const { reports, dimensions, chunks, chunkVectors, keywords } = contents;
  await tokenFile.sync();
  await tokenFile.close();
  await kept.finish();
  await kept.close();
  const glossary = encodeGlossary(contents.glossary);
  const files = {
    [FILE.texts]: encodeTexts(reports),
    [FILE.reports]: JSON.stringify(toStored(reports)),
    [FILE.words]: encodePostings(keywords.words),
    [FILE.glosses]: encodePostings(keywords.glosses),
    [FILE.pinyin]: encodePostings(keywords.pinyin),
    [FILE.windows]: encodeWindowTable(contents.windows),
    [FILE.windowTokens]: encodeWindowTokens(contents.windows),
    [FILE.glossaryWords]: glossary.words,
    [FILE.glossaryEnds]: bytesOf(contents.glossary.ends),
    [FILE.glossaryEntries]: glossary.entries,
    [FILE.glossaryEntryEnds]: glossary.entryEnds,
    [FILE.questionMeans]: JSON.stringify(contents.questionMeans),
    [FILE.chunkVectors]: encodeChunkVectors(quantizeRows(chunkVectors, dimensions), dimensions),
    [FILE.chunkRanges]: bytesOf(chunks.ranges),
    [FILE.paragraphOf]: bytesOf(chunks.paragraphOf),
    [FILE.tokenOffsets]: bytesOf(Uint32Array.from(tokenOffsets)),
  };
  await writeVectors(folder, chunkVectors, dimensions);
  for (const [name, data] of Object.entries(files)) {
    await writeFlushed(path.join(folder, name), data);
  }
  writing.manifest = await describe(writing, contents);
}

/** What a generation is made of, as its files are now: all but the manifest itself, which comes last. */
async function describe(
  { folder, sources, tokenOffsets }: Writing,
  { reports, refused, dimensions, chunks, windows }: Contents,
): Promise<Manifest> {
  const names = (await readdir(folder)).sort();
  const files = await Promise.all(
    names.map(async (name) => [name, await describeFile(path.join(folder, name))] as const),
  );
  return {
    formatVersion: INDEX_SETTINGS.formatVersion,
    sources,
    dimensions,
    counts: {
      reports: reports.length,
      passages: reports.reduce((sum, { passages }) => sum + passages.length, 0),
      sentences: chunks.paragraphOf.length,
      units: chunks.ranges.length / 2,
      tokens: tokenOffsets.at(-1) ?? 0,
      windows: windows.length,
    },
    refused,
    files: Object.fromEntries(files),
  };
}

async function describeFile(file: string): Promise<Manifest["files"][string]> {
  const { size } = await stat(file);
  return { bytes: size, hash: await sha256OfFile(file) };
}

async function commit(writing: Writing): Promise<Manifest> {
  const { folder, manifest, manifestHash } = placeOf(writing);
  await writeFlushed(path.join(folder, MANIFEST_FILE), textOf(manifest));
  await commitGeneration(writing.indexDir, folder, manifestHash);
  return manifest;
}

function placeOf({ folder, manifest }: Writing): GenerationPlace {
  if (manifest === undefined) throw new Error("the draft's contents are not written yet");
  return { folder, manifest, manifestHash: sha256(textOf(manifest)) };
}

function textOf(manifest: Manifest): string {
  return JSON.stringify(manifest, undefined, 2);
}

async function abandon({ folder, kept, tokenFile, manifest }: Writing): Promise<void> {
  if (manifest === undefined) {
    await tokenFile.close().catch(() => undefined);
    await kept.close().catch(() => undefined);
  }
  await abandonGeneration(folder);
}

/** A full disk or a folder that may not be written is the operator's to mend. */
function explainFileError(error: unknown, indexDir: string): unknown {
  if (!(error instanceof Error && "syscall" in error)) return error;
  return new UserError(
    `The index folder ${indexDir} cannot be written (${error.message}): make room or set INDEX_DIR to another one.`,
    { cause: error },
  );
}
