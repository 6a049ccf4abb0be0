import * as v from "valibot";
import { kindOf } from "../generation.ts";
import type {
  Generation,
  IndexedPassage,
  IndexedReport,
  IndexedSentence,
  Stretch,
} from "../generation.ts";
import { storedRecords } from "./vectorFiles.ts";
import type { Report } from "../../report.ts";
import { BlockSchema, PassageSchema, PlaceSchema, ReportSchema } from "../../reportSchema.ts";
import { foldText } from "../../text/fold.ts";
import { sha256 } from "../../bytes.ts";

/** A report without its text, which lies in a file of its own. */
export const StoredReport = v.object({
  ...v.omit(ReportSchema, ["text"]).entries,
  /** Where the report's text begins in the text file, in UTF-16 code units. */
  textStart: PlaceSchema,
  // JSON knows no undefined.
  blocks: v.array(v.object({ ...BlockSchema.entries, section: v.optional(PlaceSchema) })),
  passages: v.array(
    v.object({
      ...PassageSchema.entries,
      /** SHA-256 of the passage's text: what is cited is compared with it first. */
      proof: v.string(),
      /** SHA-256 of its folded text: passages of the same words in either script share it. */
      words: v.string(),
    }),
  ),
});

export type StoredReport = v.InferOutput<typeof StoredReport>;

/** Prepares reports for storing; their texts follow each other in the text file. */
export function toStored(reports: readonly Report[]): StoredReport[] {
  let textStart = 0;
  return reports.map((report) => {
    const { text, passages, ...rest } = structuredClone(report);
    const stored = {
      ...rest,
      textStart,
      passages: passages.map((passage) => {
        const words = text.slice(passage.span.start, passage.span.end);
        return { ...passage, proof: sha256(words), words: sha256(foldText(words)) };
      }),
    };
    textStart += text.length;
    return v.parse(StoredReport, stored);
  });
}

/** The texts of reports as UTF-16 (little-endian), so that a span is a place in the file. */
export function encodeTexts(reports: readonly Report[]): Buffer {
  return Buffer.from(reports.map(({ text }) => text).join(""), "utf16le");
}

const BYTES_PER_UNIT = 2;

/** Reads stretches of the reports' texts from the disk, each time anew. */
interface TextFile {
  read(stretch: Stretch): string;
  close(): void;
}

/**
 * Opens a file of {@link encodeTexts}.
 *
 * @param reports Those whose texts it holds.
 */
export function openTexts(file: string, reports: readonly StoredReport[]): TextFile {
  const startOf = new Map<IndexedReport, number>(reports.map((it) => [it, it.textStart]));
  const records = storedRecords(file, BYTES_PER_UNIT);
  return {
    read: ({ report, span: { start, end } }) => {
      const first = startOf.get(report);
      if (first === undefined) throw new RangeError(`${report.id} is a report of another index`);
      return Buffer.from(records.read(first + start, first + end)).toString("utf16le");
    },
    close: () => {
      records.close();
    },
  };
}

/**
 * Sentences and passages of all reports, counted through.
 *
 * @param wordEnds How many words there are up to the end of each passage.
 */
export function countThrough(
  reports: readonly StoredReport[],
  wordEnds: Uint32Array,
): Pick<Generation, "sentences" | "passages" | "copies"> {
  const sentences: IndexedSentence[] = [];
  const passages: IndexedPassage[] = [];
  for (const report of reports) {
    const first = passages.length;
    for (const { span, block, passage } of report.sentences) {
      sentences.push({ span, block, kind: kindOf({ report, block }), passage: first + passage });
    }
    for (const { proof, words, ...passage } of report.passages) {
      const at = passages.length;
      const wordRange = [wordEnds[at - 1] ?? 0, wordEnds[at] ?? 0] as const;
      passages.push({ ...passage, report, words: wordRange, textHash: proof, foldedHash: words });
    }
  }
  return { sentences, passages, copies: findCopies(passages) };
}

function findCopies(passages: readonly IndexedPassage[]): Map<string, IndexedPassage[]> {
  const byHash = new Map<string, IndexedPassage[]>();
  for (const passage of passages) {
    const copies = byHash.get(passage.foldedHash);
    if (copies) copies.push(passage);
    else byHash.set(passage.foldedHash, [passage]);
  }
  for (const [hash, copies] of byHash) if (copies.length === 1) byHash.delete(hash);
  return byHash;
}
