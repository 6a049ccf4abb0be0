/** What the model made of the texts of a generation that is being written, taken from the one in use where that has it. */
import { open } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { UserError } from "../../../errors.ts";
import { writeFlushed } from "../../../files.ts";
import { QuestionMeans } from "../../generation.ts";
import type { Sources } from "../../manifest.ts";
import type { Draft, KeptEncoding } from "../../store.ts";
import { checkFile, readChecked, readJson } from "../checkedFiles.ts";
import { readGeneration } from "../current.ts";
import { createEncodingTable, encodeKept, readKept, WORD_BYTES } from "./encodingFiles.ts";
import { FILE, KEPT_FILE } from "../generationFiles.ts";
import { readPointer } from "../pointer.ts";
import { storedRecords } from "../vectorFiles.ts";

/** The encodings of a generation that is being written. */
interface KeptEncodings extends Pick<Draft, "recall" | "keep" | "questionMeans"> {
  /** Once all are kept: flushes them. */
  finish(): Promise<void>;
  /** Lets go of the files, whether or not all was kept. */
  close(): Promise<void>;
}

/** Begins the files of a draft's encodings in its folder. */
export async function beginKept(
  indexDir: string,
  folder: string,
  sources: Sources,
): Promise<KeptEncodings> {
  const before = await recallGeneration(indexDir, sources);
  const file = path.join(folder, KEPT_FILE.records);
  const handle = await open(file, "w");
  const table = createEncodingTable();
  const records = storedRecords(file, WORD_BYTES);
  const close = async (): Promise<void> => {
    records.close();
    before?.close();
    await handle.close();
  };
  let closing: Promise<void> | undefined;
  return {
    questionMeans: before?.questionMeans,
    recall: (text) => {
      const place = table.placeOf(text);
      return place ? readKept(records, place) : before?.recall(text);
    },
    keep: async (text, encoding) => {
      const record = encodeKept(encoding);
      await handle.writeFile(record);
      table.add(text, record.length / WORD_BYTES);
    },
    finish: async () => {
      await handle.sync();
      await writeFlushed(path.join(folder, KEPT_FILE.table), table.toBytes());
    },
    close: () => (closing ??= close()),
  };
}

/** What the generation in use has that a new one of these sources can take. */
interface Recalled extends Pick<Draft, "recall" | "questionMeans"> {
  close(): void;
}

/** Undefined where there is no generation, or it is of another model or format, or damaged: then all is encoded anew. */
async function recallGeneration(indexDir: string, sources: Sources): Promise<Recalled | undefined> {
  try {
    const pointer = await readPointer(indexDir);
    const read = pointer && (await readGeneration(indexDir, pointer));
    if (read?.kind !== "read" || read.manifest.sources.model !== sources.model) return undefined;
    const isSame = read.manifest.sources.settings === sources.settings;
    const table = createEncodingTable(await readChecked(read, KEPT_FILE.table));
    const questionMeans = isSame
      ? v.parse(QuestionMeans, await readJson(read, FILE.questionMeans))
      : undefined;
    const records = storedRecords(await checkFile(read, KEPT_FILE.records), WORD_BYTES);
    return {
      questionMeans,
      recall: (text): KeptEncoding | undefined => {
        const place = table.placeOf(text);
        return place && readKept(records, place);
      },
      close: () => {
        records.close();
      },
    };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
