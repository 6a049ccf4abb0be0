import path from "node:path";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { MEMORY_REQUEST, MemoryReply, ProbeReport } from "./probeReport.ts";
import type { Moment } from "./probeReport.ts";

/** One run of a script, from the start of its process. */
export interface Run {
  /** When the process was started, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** Until the first byte that it printed. */
  readonly ms: number;
  /** Resident set at its highest, in megabytes of 10⁶ bytes. */
  readonly peakMb: number;
  /** What it printed. */
  readonly output: string;
  /** The beginnings and ends of its steps, in order of time. */
  readonly moments: readonly Moment[];
}

/** A script that runs. */
export interface Running {
  readonly child: ChildProcess;
  /** Resident set now, in megabytes of 10⁶ bytes. */
  memoryMb(): Promise<number>;
  /** Ends when the process does; fails if its exit code is not 0. */
  readonly ended: Promise<Run>;
}

/** As it was built, like the scripts that are measured. */
const PROBE = new URL("./probe.js", import.meta.url).href;

const PackageJson = v.object({ scripts: v.record(v.string(), v.string()) });

/** Runs a script of package.json once, in a process of its own. */
export function runPackageScript(
  name: string,
  words: readonly string[],
  { input = "", ...place }: Place & { readonly input?: string } = {},
): Promise<Run> {
  const { child, ended } = startPackageScript(name, words, place);
  child.stdin?.end(input);
  return ended;
}

/** Where a script runs. */
export interface Place {
  /** Added to this process's. */
  readonly env?: NodeJS.ProcessEnv;
  /** The checkout whose script it is; this one unless given. */
  readonly folder?: string;
}

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
export function runScript(script: URL, words: readonly string[]): Promise<Run> {
  const { child, ended } = start([fileURLToPath(script), ...words], {});
  child.stdin?.end();
  return ended;
}

/** What a process says on standard error is passed on. */
function start(words: readonly string[], { env, folder }: Place): Running {
  const startedAt = now();
  const child = spawn(process.execPath, ["--import", PROBE, ...words], {
    stdio: ["pipe", "pipe", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...env },
    cwd: folder,
  });
  const moments: Moment[] = [];
  let output = "";
  let ms = NaN;
  let peakMb = NaN;
  child.stderr?.pipe(process.stderr);
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    if (output === "") ms = now() - startedAt;
    output += chunk;
  });
  createInterface({ input: readable(child.stdio[3]) }).on("line", (line) => {
    const report = v.parse(ProbeReport, JSON.parse(line));
    if (report.kind === "peak") peakMb = report.bytes / 1e6;
    else moments.push(report);
  });
  const ended = once(child, "close").then((values: unknown[]) => {
    if (values[0] !== 0) {
      throw new Error(`${words.join(" ")} ended with exit code ${String(values[0])}`);
    }
    return { startedAt, ms, peakMb, output, moments: moments.toSorted((a, b) => a.at - b.at) };
  });
  return { child, memoryMb: () => memoryOf(child), ended };
}

async function memoryOf(child: ChildProcess): Promise<number> {
  const replied = once(child, "message");
  child.send(MEMORY_REQUEST);
  const values: unknown[] = await replied;
  return v.parse(MemoryReply, values[0]).bytes / 1e6;
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

function readable(stream: ChildProcess["stdio"][number]): Readable {
  if (!stream || !("read" in stream)) throw new Error("the probe has no pipe");
  return stream;
}
