/** Scripts in processes of their own: when they answer, and what they and all processes that they start use together. */
import path from "node:path";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as v from "valibot";
import { hear } from "./childOutput.ts";
import type { Heard } from "./childOutput.ts";
import { readJsonLines } from "./jsonLines.ts";
import { isAlive, residentBytes } from "./processMemory.ts";
import { ProbeReport } from "./probeReport.ts";
import type { Moment } from "./probeReport.ts";

/** One run of a script, from the start of its process. */
export interface Run {
  readonly pid: number;
  /** When the process was started, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** Until the first byte that it printed. */
  readonly ms: number;
  /**
   * The sum of the highest resident sets of all its processes, in megabytes of 10⁶ bytes: never less than they used at one moment.
   * Pages that they share, such as Node's own, count in each of them.
   */
  readonly peakMb: number;
  /** The processor's time that all its processes took, in milliseconds. */
  readonly cpuMs: number;
  /** What it printed. */
  readonly output: string;
  /** The beginnings and ends of its steps, in order of time. */
  readonly moments: readonly Moment[];
}

/** A script that runs. */
interface Running {
  readonly child: ChildProcess;
  /** Waits for words on standard error. */
  readonly said: Heard["said"];
  /** The resident sets of all its processes now, in megabytes of 10⁶ bytes. */
  memoryMb(): number;
  /** Ends when the process does; fails if its exit code is not 0. */
  readonly ended: Promise<Run>;
}

/** Where a script runs. */
export interface Place {
  /** Added to this process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** The checkout whose script it is; this one unless given. */
  readonly folder?: string;
  readonly input?: string;
}

/** As it was built, like the scripts that are measured. */
const PROBE = path.resolve(".cache/dev/test/support/probe.js");

const POLL_MS = 20;

const PackageJson = v.object({ scripts: v.record(v.string(), v.string()) });

/** Starts a script of package.json, `node …`, in a process of its own. */
export function startPackageScript(
  name: string,
  words: readonly string[],
  place: Place = {},
): Running {
  const file = path.join(place.folder ?? ".", "package.json");
  const { scripts } = v.parse(PackageJson, JSON.parse(readFileSync(file, "utf8")));
  const [node, ...parts] = scripts[name]?.split(" ") ?? [];
  if (node !== "node") throw new Error(`package.json has no script ${name} that runs node`);
  return start([...parts, ...words], place);
}

/** Runs a built script once, in a process of its own. */
export function runMeasured(script: URL, words: readonly string[]): Promise<Run> {
  return start([fileURLToPath(script), ...words], {}).ended;
}

/** What a process says on standard error is passed on. */
function start(words: readonly string[], { env, folder, input = "" }: Place): Running {
  const reports = mkdtempSync(path.join(tmpdir(), "verbatim-probe-"));
  const file = path.join(reports, "lines");
  const startedAt = now();
  const child = spawn(process.execPath, words, {
    env: { ...process.env, ...env, NODE_OPTIONS: withProbe(file) },
    cwd: folder,
  });
  child.stderr.pipe(process.stderr);
  child.stdin.end(input);
  let ms = NaN;
  child.stdout.once("data", () => (ms = now() - startedAt));
  const [stdout, stderr] = [hear(child, child.stdout), hear(child)];
  const { pid = NaN } = child;
  const ended = stdout.ended.then(async ({ code }): Promise<Run> => {
    if (code !== 0) throw new Error(`${words.join(" ")} ended with exit code ${String(code)}`);
    const told = await readReports(file);
    const moments = told.filter((it) => it.kind === "moment").toSorted((a, b) => a.at - b.at);
    const ends = told.filter((it) => it.kind === "end");
    const peakMb = ends.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    const cpuMs = ends.reduce((sum, it) => sum + it.cpuMs, 0);
    return { pid, startedAt, ms, peakMb, cpuMs, output: stdout.text(), moments };
  });
  return {
    child,
    said: stderr.said,
    memoryMb: () => residentBytes(pid) / 1e6,
    ended: ended.finally(() => rm(reports, { recursive: true })),
  };
}

/** Node's options with the probe, which every Node loads then that the program starts, too. */
function withProbe(file: string): string {
  const probe = pathToFileURL(PROBE);
  probe.searchParams.set("file", file);
  return `${process.env["NODE_OPTIONS"] ?? ""} --import=${probe.href}`.trim();
}

/** What all processes told, when those that outlive their parent by a moment have ended too. */
async function readReports(file: string): Promise<ProbeReport[]> {
  for (let isOver = false; ;) {
    const told = await readJsonLines(file, ProbeReport);
    const ended = new Set(told.filter(({ kind }) => kind === "end").map(({ pid }) => pid));
    const silent = told.find(({ pid }) => !ended.has(pid));
    if (silent === undefined) return told;
    if (isOver) throw new Error("a process was killed, and could not tell how much memory it used");
    // What has ended meanwhile has told it.
    isOver = !isAlive(silent.pid);
    await sleep(POLL_MS);
  }
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
