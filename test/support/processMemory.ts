/** The memory of a process together with that of all processes that it has started: a bot's models run in one of their own. */
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { isCode } from "../../src/errors.ts";

/** One process's resident set, in bytes: memory that processes share counts in each of them. */
export interface ProcessMemory {
  readonly pid: number;
  readonly parent: number;
  readonly bytes: number;
  /** At its highest so far; where no Linux tells it, as it is now. */
  readonly peakBytes: number;
}

/**
 * A process and those that it has started, and they, at this moment: on Linux by /proc, elsewhere by `ps`.
 *
 * @param without A process that does not count, nor what it has started.
 * @throws {Error} where there is neither, as on Windows.
 */
export function processTree(root: number, without?: number): ProcessMemory[] {
  const all = process.platform === "linux" ? readProc() : readPs();
  const below = (pid: number): ProcessMemory[] =>
    all
      .filter((it) => it.parent === pid && it.pid !== without)
      .flatMap((it) => [it, ...below(it.pid)]);
  return [...all.filter(({ pid }) => pid === root), ...below(root)];
}

/** What all of them use now, in bytes. */
export function residentBytes(root: number, without?: number): number {
  return processTree(root, without).reduce((sum, { bytes }) => sum + bytes, 0);
}

function readProc(): ProcessMemory[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/u.test(name)) return [];
    try {
      const status = readFileSync(`/proc/${name}/status`, "utf8");
      const field = (key: string): number =>
        Number(new RegExp(`^${key}:\\s*(\\d+)`, "mu").exec(status)?.[1] ?? 0);
      return [
        {
          pid: Number(name),
          parent: field("PPid"),
          bytes: 1_024 * field("VmRSS"),
          peakBytes: 1_024 * field("VmHWM"),
        },
      ];
    } catch (error) {
      // It has ended in between.
      if (isCode(error, "ENOENT") || isCode(error, "ESRCH")) return [];
      throw error;
    }
  });
}

function readPs(): ProcessMemory[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" });
  return lines
    .trim()
    .split("\n")
    .map((line) => {
      const [pid = 0, parent = 0, kilobytes = 0] = line.trim().split(/\s+/u).map(Number);
      return { pid, parent, bytes: 1_024 * kilobytes, peakBytes: 1_024 * kilobytes };
    });
}
