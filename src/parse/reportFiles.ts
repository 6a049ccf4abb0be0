/** The files of a folder of reports: which are read, which are not and why. Nothing of what they hold is looked at. */
import path from "node:path";
import { constants } from "node:fs";
import { open, readdir, realpath } from "node:fs/promises";
import { sha256 } from "../bytes.ts";
import { UserError } from "../errors.ts";

/** What a report file's ending says of its format. */
const FORMAT_OF_ENDING = {
  ".txt": "text",
  ".md": "markdown",
  ".markdown": "markdown",
  ".html": "html",
  ".htm": "html",
  ".xhtml": "html",
  ".docx": "docx",
  ".csv": "table",
  ".tsv": "table",
  ".pdf": "pdf",
} as const;

export type Format = (typeof FORMAT_OF_ENDING)[keyof typeof FORMAT_OF_ENDING];

/** The endings that are read, in words. */
const READ_ENDINGS = ".txt, .md, .html, .docx, .pdf, .csv and .tsv";

/** A pipe that nobody writes to is not waited for. */
const NON_BLOCKING = constants.O_RDONLY | constants.O_NONBLOCK;

/** The largest file that is read. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

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

/** A report that cannot be used; the others are. */
export interface Refused {
  readonly file: string;
  /** One sentence that names the file and the remedy. */
  readonly why: string;
}

/** What lies in a folder of reports. */
export interface ReportFolder {
  /** In the order of their names; one or more. */
  readonly files: readonly ReportFile[];
  readonly refused: readonly Refused[];
  /** The names of files of other kinds. */
  readonly others: readonly string[];
}

/**
 * Reads the reports of a folder. What cannot be read leaves the others alone.
 *
 * @throws {UserError} if the folder cannot be read, or holds no report that can.
 */
export async function readReportFiles(folder: string): Promise<ReportFolder> {
  const names = await listFolder(folder);
  const isReport = (name: string): boolean => formatOf(name) !== undefined;
  const inside = await realpath(folder);
  const read = await Promise.all(
    names.filter(isReport).map((name) => tryFile(path.join(folder, name), inside)),
  );
  const { files, refused } = withoutTwins(read);
  if (files.length === 0) {
    const [first] = refused;
    throw new UserError(
      first?.why ??
        `The folder ${folder} holds no report: put a file there that is read (${READ_ENDINGS}), or name another folder with --reports.`,
    );
  }
  return { files, refused, others: names.filter((name) => !isReport(name)) };
}

/** What is not read of a folder, one sentence each: nothing where all of it is. */
export function tellNotRead(
  { others }: Pick<ReportFolder, "others">,
  refused: readonly Refused[],
): string[] {
  const ofOtherKinds = `Not read, since only ${READ_ENDINGS} are: ${others.join(", ")}.`;
  return [...refused.map(({ why }) => why), ...(others.length > 0 ? [ofOtherKinds] : [])];
}

async function tryFile(file: string, inside: string): Promise<ReportFile | Refused> {
  try {
    await assertInside(inside, file);
    return await readReportFile(file);
  } catch (error) {
    if (error instanceof UserError) return { file, why: error.message };
    throw error;
  }
}

/** A link may name any file of the machine: what is cited must have been put into the folder. */
async function assertInside(inside: string, file: string): Promise<void> {
  const real = await realpath(file).catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  if (!real.startsWith(path.join(inside, path.sep))) {
    throw new UserError(
      `The report ${file} is a link to a file outside its folder: copy the file there instead.`,
    );
  }
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
      `The report ${file} is of a kind that is not read: save it as one of ${READ_ENDINGS}.`,
    );
  }
  const bytes = await readWhole(file);
  return { id: path.parse(file).name, path: file, format, bytes, hash: sha256(bytes) };
}

async function readWhole(file: string): Promise<Uint8Array> {
  const handle = await open(file, NON_BLOCKING).catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  try {
    const before = await handle.stat();
    if (!before.isFile()) {
      throw new UserError(`The report ${file} is no file but a folder, a pipe or a device.`);
    }
    if (before.size > MAX_FILE_BYTES) {
      throw new UserError(`The report ${file} is larger than 256 MB: split it into several.`);
    }
    const bytes = await handle.readFile();
    const after = await handle.stat();
    if (after.mtimeMs !== before.mtimeMs || after.size !== bytes.length) {
      throw new UserError(
        `The report ${file} was changed while it was read: try again once it is whole.`,
      );
    }
    return bytes;
  } catch (error) {
    throw error instanceof UserError ? error : cannotRead(file, error);
  } finally {
    await handle.close();
  }
}

function cannotRead(file: string, cause: unknown): UserError {
  return new UserError(
    `The report ${file} cannot be read: check that it is there and may be read.`,
    { cause },
  );
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.name.startsWith("."))
      .filter((entry) => !entry.isDirectory() || formatOf(entry.name) !== undefined)
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

/** A report is called by its file's name without the ending: of two that share it the first is read. */
function withoutTwins(
  read: readonly (ReportFile | Refused)[],
): Pick<ReportFolder, "files" | "refused"> {
  const files = new Map<string, ReportFile>();
  const refused: Refused[] = [];
  for (const it of read) {
    if (!("id" in it)) {
      refused.push(it);
      continue;
    }
    const other = files.get(it.id);
    if (other === undefined) files.set(it.id, it);
    else {
      const why = `The reports ${other.path} and ${it.path} have the same name: rename one of them; only the first is read.`;
      refused.push({ file: it.path, why });
    }
  }
  return { files: [...files.values()], refused };
}
