/** Parses report files: what our own code reads here, what a library reads in a process of its own that may fail alone. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import * as v from "valibot";
import { moduleBeside, startChild } from "../../childProcess.ts";
import { UserError } from "../../errors.ts";
import type { Report } from "../../report.ts";
import { unlessAborted } from "../../promises.ts";
import { parseReport } from "../parseReport.ts";
import type { Parsed } from "../parseReport.ts";
import type { Format, Refused, ReportFile } from "../reportFiles.ts";
import { ParseReply } from "./parseReply.ts";

/** Formats whose libraries may hang, run out of memory or die over a file. */
const APART: ReadonlySet<Format> = new Set<Format>(["markdown", "html", "docx", "pdf"]);

/** What ends the parsing of a file, or of all. */
interface Limits {
  /** How long one file may take, in milliseconds. */
  readonly timeoutMs: number;
  /** How much memory its process may take, in megabytes. */
  readonly heapMb: number;
  /** Breaks all of it off. */
  readonly signal?: AbortSignal | undefined;
}

const LIMITS: Limits = { timeoutMs: 120_000, heapMb: 1_024 };

/** Parses files, in their order; one that fails leaves the others alone. */
async function parseFiles(
  files: readonly ReportFile[],
  limits: Limits,
): Promise<{ readonly parsed: readonly Parsed[]; readonly refused: readonly Refused[] }> {
  const apart = createParser(limits);
  const parsed: Parsed[] = [];
  const refused: Refused[] = [];
  try {
    for (const file of files) {
      try {
        parsed.push(APART.has(file.format) ? await apart.parse(file) : await parseReport(file));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        refused.push({ file: file.path, why: error.message });
      }
    }
  } finally {
    apart.close();
  }
  return { parsed, refused };
}

/** Reports that were read, and those that could not be. */
export interface ReadReports {
  readonly reports: readonly Report[];
  readonly refused: readonly Refused[];
}

/**
 * Parses report files; one that cannot be used leaves the others alone.
 *
 * @throws {UserError} that says why the first one cannot be used, where none can; the signal's reason where that comes first.
 */
export async function parseReports(
  files: readonly ReportFile[],
  limits: Partial<Limits> = {},
): Promise<ReadReports> {
  const { parsed, refused } = await parseFiles(files, { ...LIMITS, ...limits });
  const [first] = refused;
  if (parsed.length === 0 && first) throw new UserError(first.why);
  return { reports: parsed.map(({ report }) => report), refused };
}

/**
 * Parses one file.
 *
 * @throws {UserError} if it cannot be used; the message names it.
 */
export async function parseFile(file: ReportFile): Promise<Parsed> {
  const { parsed, refused } = await parseFiles([file], LIMITS);
  const [first] = parsed;
  if (first === undefined) throw new UserError(refused[0]?.why ?? "");
  return first;
}

/** Parses in a process that is started when it is first needed, and anew after one has died. */
interface Parser {
  /** @throws {UserError} if the file cannot be used; the message names it. */
  parse(file: ReportFile): Promise<Parsed>;
  close(): void;
}

function createParser({ timeoutMs, heapMb, signal }: Limits): Parser {
  let running: ChildProcess | undefined;
  const kill = (): void => {
    running?.kill("SIGKILL");
    running = undefined;
  };
  return {
    parse: async (file) => {
      running ??= startProcess(heapMb);
      const reply = await unlessAborted(replyOf(running, file, timeoutMs), signal);
      switch (reply.kind) {
        case "parsed":
          return reply.parsed;
        case "refused":
          throw new UserError(reply.why);
        case "failed":
          throw new Error(`${file.path} cannot be parsed: ${reply.why}`);
        case "ended":
          kill();
          throw new UserError(
            `The report ${file.path} needs more memory than is allowed, or is damaged: ${REMEDY}.`,
          );
        case "late":
          kill();
          throw new UserError(
            `The report ${file.path} was not read within ${timeoutMs / 1000} s: ${REMEDY}.`,
          );
      }
    },
    // It waits for a file: it ends by itself when nobody can send it one.
    close: () => {
      if (running?.connected) running.disconnect();
    },
  };
}

const REMEDY = "save it anew, or split it into several";

const SCRIPT = moduleBeside(import.meta.url, "parseProcess");

function startProcess(heapMb: number): ChildProcess {
  // What libraries print is not for the terminal.
  return startChild(SCRIPT, { flags: [`--max-old-space-size=${heapMb}`], stderr: "ignore" });
}

/** What a process has to say of a file, or that it came to no word. */
type Heard = ParseReply | { readonly kind: "ended" | "late" };

async function replyOf(child: ChildProcess, file: ReportFile, timeoutMs: number): Promise<Heard> {
  const over = new AbortController();
  const { signal } = over;
  try {
    const heard = Promise.race([
      once(child, "message", { signal }).then(([reply]) => v.parse(ParseReply, reply)),
      once(child, "exit", { signal }).then((): Heard => ({ kind: "ended" })),
      delay(timeoutMs, { kind: "late" } as const, { signal }),
    ]);
    // Where it has just died, its end is told.
    child.send(file, () => undefined);
    return await heard;
  } finally {
    over.abort();
  }
}
