/** Opens a generation's folder, every file of it compared with the manifest. */
import path from "node:path";
import * as v from "valibot";
import { aligned } from "../../bytes.ts";
import { QuestionMeans } from "../generation.ts";
import type {
  ChunkVector,
  Generation,
  KeywordIndex,
  KeywordIndexes,
  SentenceVectors,
} from "../generation.ts";
import { openPostings } from "../postings/postings.ts";
import type { PostingsData } from "../postings/postings.ts";
import { decodePostings } from "../postings/postingsFile.ts";
import type { ChunkTable } from "../store.ts";
import { checkFile, readChecked, readJson, readNumbers } from "./checkedFiles.ts";
import type { Place } from "./checkedFiles.ts";
import { openGlossary } from "./glossaryFile.ts";
import { FILE, GRAPH_FILE } from "./generationFiles.ts";
import { countThrough, openTexts, StoredReport } from "./reportsFile.ts";
import {
  chunkBytes,
  openChunkVectors,
  openTokens,
  residentRecords,
  storedRecords,
  tokenBytes,
} from "./vectorFiles.ts";
import type { ReadChunk, ReadTokens, Records } from "./vectorFiles.ts";
import { openVectors } from "./openVectors.ts";
import type { VectorSearch } from "./vectorSearch.ts";
import { openWindows } from "./windowsFile.ts";

/** Largest file of vectors that is held in memory, in bytes: some 150,000 tokens, a long book. */
const MAX_RESIDENT_BYTES = 64 * 2 ** 20;

/** What must be let go of. */
interface Closable {
  close(): void;
}

/** A generation's folder and its manifest, with the hash of that. */
export interface GenerationPlace extends Place {
  readonly manifestHash: string;
}

/**
 * Opens a generation after comparing every file with the manifest. Where one cannot be used, none stays open: who follows an index looks
 * again and again.
 *
 * @throws {UserError} that names the file which is missing or damaged.
 */
export async function openGeneration(place: GenerationPlace): Promise<Generation> {
  const opened: Closable[] = [];
  const close = (): void => {
    for (const it of opened) it.close();
  };
  const keep = <Opened extends Closable>(it: Opened): Opened => {
    opened.push(it);
    return it;
  };
  try {
    return { ...(await openFiles(place, keep)), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** @param keep Told of each file that stays open. */
async function openFiles(
  place: GenerationPlace,
  keep: <Opened extends Closable>(it: Opened) => Opened,
): Promise<Omit<Generation, "close">> {
  const { folder, manifest, manifestHash } = place;
  const { dimensions } = manifest;
  const reports = v.parse(v.array(StoredReport), await readJson(place, FILE.reports));
  const texts = keep(openTexts(await checkFile(place, FILE.texts), reports));
  const chunkRecords = keep(await openRecords(place, FILE.chunkVectors, chunkBytes(dimensions)));
  const tokenRecords = keep(await openRecords(place, FILE.tokens, tokenBytes(dimensions)));
  const chunks = await openChunks(place);
  const readVectors = prepareReading(
    openTokens(tokenRecords, await readNumbers(place, FILE.tokenOffsets), dimensions),
    openChunkVectors(chunkRecords, dimensions),
    chunks,
  );
  const windowsFile = await checkFile(place, FILE.windowTokens);
  const windows = keep(openWindows(windowsFile, await readNumbers(place, FILE.windows)));
  const glossary = keep(await openWords(place));
  const vectors = await openSearch(place, chunkRecords);
  return {
    name: path.basename(folder),
    manifest,
    manifestHash,
    dimensions,
    reports,
    ...countThrough(reports, await readNumbers(place, FILE.glossaryEnds)),
    windows: windows.places,
    questionMeans: v.parse(QuestionMeans, await readJson(place, FILE.questionMeans)),
    whyExact: vectors.whyExact,
    keywords: await openKeywordIndexes(place),
    findNearest: (vector, limit) =>
      answer(() => vectors.search(vector, limit).map((hit) => rangeOf(chunks, hit))),
    readVectors,
    readWindows: (numbers) => answer(() => numbers.map((it) => windows.read(it))),
    readWords: (passages) => answer(() => passages.map((it) => glossary.read(it))),
    readTexts: (stretches) => answer(() => stretches.map((it) => texts.read(it))),
  };
}

async function openWords(place: Place): Promise<ReturnType<typeof openGlossary>> {
  return openGlossary(
    await checkFile(place, FILE.glossaryWords),
    await checkFile(place, FILE.glossaryEntries),
    await readNumbers(place, FILE.glossaryEntryEnds),
  );
}

function openSearch(place: Place, records: Records): Promise<VectorSearch> {
  const { files, counts, dimensions } = place.manifest;
  return openVectors({
    graphFile: files[GRAPH_FILE] && (() => checkFile(place, GRAPH_FILE)),
    records,
    count: counts.units,
    dimensions,
  });
}

/** What is in memory, or in the system's cache of a file, is there at once: a fault is the promise's all the same. */
function answer<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

function rangeOf({ ranges }: ChunkTable, { chunk, cosine }: { chunk: number; cosine: number }) {
  return { from: ranges[2 * chunk] ?? 0, to: ranges[2 * chunk + 1] ?? 0, cosine };
}

async function openChunks(place: Place): Promise<ChunkTable> {
  return {
    ranges: await readNumbers(place, FILE.chunkRanges),
    paragraphOf: await readNumbers(place, FILE.paragraphOf),
  };
}

function prepareReading(
  readTokens: ReadTokens,
  readChunk: ReadChunk,
  chunks: ChunkTable,
): Generation["readVectors"] {
  const { ranges, paragraphOf } = chunks;
  const firstOwn = ranges.length / 2 - paragraphOf.length;
  const headingOf = nearestHeadings(chunks);
  const readAll = (sentences: readonly number[]): SentenceVectors[] => {
    const shared = new Map<number, ChunkVector>();
    const readOnce = (chunk: number): ChunkVector => {
      const vector = shared.get(chunk) ?? readChunk(chunk);
      shared.set(chunk, vector);
      return vector;
    };
    return sentences.map((sentence) => {
      const own = firstOwn + sentence;
      const heading = headingOf.get(sentence);
      return {
        sentence,
        tokens: readTokens(sentence),
        own: readOnce(own),
        paragraph: readOnce(paragraphOf[sentence] ?? own),
        heading: heading === undefined ? undefined : readOnce(heading),
      };
    });
  };
  return (sentences) => answer(() => readAll(sentences));
}

/** The heading's chunk above each sentence, the deepest one. Headings' chunks come before those of paragraphs, outer ones first. */
function nearestHeadings({ ranges, paragraphOf }: ChunkTable): ReadonlyMap<number, number> {
  const headings = paragraphOf.reduce((least, chunk) => Math.min(least, chunk), ranges.length / 2);
  const headingOf = new Map<number, number>();
  for (let chunk = 0; chunk < headings; chunk++) {
    const to = ranges[2 * chunk + 1] ?? 0;
    for (let sentence = ranges[2 * chunk] ?? 0; sentence < to; sentence++) {
      headingOf.set(sentence, chunk);
    }
  }
  return headingOf;
}

async function openKeywordIndexes(place: Place): Promise<KeywordIndexes> {
  return {
    words: await openKeywords(place, FILE.words),
    glosses: await openKeywords(place, FILE.glosses),
    pinyin: await openKeywords(place, FILE.pinyin),
  };
}

async function openKeywords(place: Place, name: string): Promise<KeywordIndex> {
  return keywordIndexOf(decodePostings(await readChecked(place, name)));
}

/** A keyword index in memory. */
export function keywordIndexOf(data: PostingsData): KeywordIndex {
  const postings = openPostings(data);
  return {
    count: postings.count,
    weigh: (terms) =>
      answer(() => terms.map((it) => ({ isKnown: postings.has(it), idf: postings.idf(it) }))),
    score: (terms) =>
      answer(() => {
        // Copied: the postings' own memory is used again by the next question, which may come before this one is answered.
        const { scores, documents } = postings.score(terms);
        return { scores: scores.slice(), sentences: documents.slice() };
      }),
  };
}

/** Holds a small file in memory, reads a large one as it is needed. */
async function openRecords(place: Place, name: string, recordBytes: number): Promise<Records> {
  return (place.manifest.files[name]?.bytes ?? 0) <= MAX_RESIDENT_BYTES
    ? residentRecords(aligned(await readChecked(place, name)), recordBytes)
    : storedRecords(await checkFile(place, name), recordBytes);
}
