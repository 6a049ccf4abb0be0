import path from "node:path";
import { readFile, readdir } from "node:fs/promises";
import { UserError } from "../errors.ts";
import { sha256 } from "../bytes.ts";

/** What a report file's ending says of its format. */
const FORMAT_OF_ENDING = { ".txt": "text", ".md": "markdown" } as const;

type Format = (typeof FORMAT_OF_ENDING)[keyof typeof FORMAT_OF_ENDING];

/** A report as it lies in its folder. */
export interface ReportFile {
  /** The file's name without its ending. */
  readonly id: string;
  readonly path: string;
  readonly format: Format;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes. */
  readonly hash: string;
}

/**
 * Reads the reports of a folder, in the order of their names. Files that are neither .txt nor .md are left out.
 *
 * @throws {UserError} if the folder cannot be read, holds no report, or two reports of the same name.
 */
export async function readReportFiles(folder: string): Promise<ReportFile[]> {
  const names = (await listFolder(folder)).filter((name) => formatOf(name) !== undefined);
  if (names.length === 0) {
    throw new UserError(
      `The folder ${folder} holds no report: put a .txt or .md file there, or name another folder with --reports.`,
    );
  }
  const files = await Promise.all(names.map((name) => readReportFile(path.join(folder, name))));
  assertDistinctIds(files);
  return files;
}

/**
 * Reads one report file.
 *
 * @throws {UserError} if it cannot be read or is of another kind.
 */
export async function readReportFile(file: string): Promise<ReportFile> {
  const format = formatOf(file);
  if (format === undefined) {
    throw new UserError(
      `The report ${file} is neither a .txt nor a .md file: save it as one of these.`,
    );
  }
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new UserError(
      `The report ${file} cannot be read: check that it is there and may be read.`,
      { cause: error },
    );
  }
  return { id: path.parse(file).name, path: file, format, bytes, hash: sha256(bytes) };
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith("."))
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    throw new UserError(
      `The reports folder ${folder} cannot be read: check that it is there and may be read, or name another with --reports.`,
      { cause: error },
    );
  }
}

function formatOf(file: string): Format | undefined {
  const name = file.toLowerCase();
  return Object.entries(FORMAT_OF_ENDING).find(([ending]) => name.endsWith(ending))?.[1];
}

function assertDistinctIds(files: readonly ReportFile[]): void {
  const seen = new Map<string, string>();
  for (const { id, path: file } of files) {
    const other = seen.get(id);
    if (other !== undefined) {
      throw new UserError(
        `The reports ${other} and ${file} have the same name: rename one of them.`,
      );
    }
    seen.set(id, file);
  }
}
