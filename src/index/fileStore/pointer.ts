/** Which generation of an index folder is in use: the file `current` names it and the hash of its manifest. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { isCode, UserError } from "../../errors.ts";
import { damaged } from "./checkedFiles.ts";

/** Names what is in use. */
export const CURRENT_FILE = "current";

/** `g000001`, `g000002` …; the newest has the highest number. */
const GENERATION_NAME = /^g(\d{6})$/;

/** `chosen` says that somebody went back to this generation: it is kept though the reports have changed since. */
const Pointer = v.pipe(
  v.string(),
  v.regex(/^g\d{6} [0-9a-f]{64}(?: chosen)?\n$/),
  v.transform((text) => {
    const [name = "", manifestHash = "", chosen] = text.trimEnd().split(" ");
    return { name, manifestHash, isChosen: chosen !== undefined };
  }),
);

/** What is in use. */
export type Pointer = v.InferOutput<typeof Pointer>;

/** What is in use in a folder; undefined where nothing is. @throws {UserError} if that cannot be told. */
export async function readPointer(indexDir: string): Promise<Pointer | undefined> {
  const file = path.join(indexDir, CURRENT_FILE);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new UserError(`The index file ${file} cannot be read: check that it may be read.`, {
      cause: error,
    });
  }
  const pointer = v.safeParse(Pointer, text);
  if (!pointer.success) throw damaged(file);
  return pointer.output;
}

/** The name behind the last one of a folder, which may be taken by the time it is used. */
export async function nextName(indexDir: string): Promise<string> {
  const last = (await generationNames(indexDir)).at(-1);
  const number = Number(last === undefined ? 0 : GENERATION_NAME.exec(last)?.[1]) + 1;
  return `g${String(number).padStart(6, "0")}`;
}

/** The generations of a folder, the oldest first. */
export async function generationNames(indexDir: string): Promise<string[]> {
  return (await readdir(indexDir)).filter((name) => GENERATION_NAME.test(name)).sort();
}

function isMissing(error: unknown): boolean {
  return isCode(error, "ENOENT") || isCode(error, "ENOTDIR");
}
