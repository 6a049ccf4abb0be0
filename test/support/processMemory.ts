/** The memory of a process together with that of all processes that it has started: a bot's models run in one of their own. */
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { isCode } from "../../src/errors.ts";

interface ProcessMemory {
  readonly pid: number;
  readonly parent: number;
  readonly bytes: number;
}

/**
 * The resident sets of a process and of those that it has started, and they, together, in bytes: on Linux by /proc, elsewhere by
 * `ps`. Memory that processes share counts in each of them.
 *
 * @param without A process that does not count, nor what it has started.
 * @throws {Error} where there is neither, as on Windows.
 */
export function residentBytes(root: number, without?: number): number {
  const all = allProcesses();
  const sumOf = (wanted: (it: ProcessMemory) => boolean): number =>
    all
      .filter((it) => wanted(it) && it.pid !== without)
      .reduce((sum, { pid, bytes }) => sum + bytes + sumOf(({ parent }) => parent === pid), 0);
  return sumOf(({ pid }) => pid === root);
}

/** The processes that a process has started and that live. */
export function childrenOf(parent: number): number[] {
  return allProcesses()
    .filter((it) => it.parent === parent)
    .map(({ pid }) => pid);
}

/** Whether a process lives. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (isCode(error, "ESRCH")) return false;
    throw error;
  }
}

function allProcesses(): ProcessMemory[] {
  return process.platform === "linux" ? readProc() : readPs();
}

function readProc(): ProcessMemory[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/u.test(name)) return [];
    try {
      const status = readFileSync(`/proc/${name}/status`, "utf8");
      const field = (key: string): number =>
        Number(new RegExp(`^${key}:\\s*(\\d+)`, "mu").exec(status)?.[1] ?? 0);
      return [{ pid: Number(name), parent: field("PPid"), bytes: 1_024 * field("VmRSS") }];
    } catch (error) {
      // It has ended in between.
      if (isCode(error, "ENOENT") || isCode(error, "ESRCH")) return [];
      throw error;
    }
  });
}

function readPs(): ProcessMemory[] {
  const text = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" });
  return text.split("\n").map((line) => {
    const [pid = 0, parent = 0, kilobytes = 0] = line.trim().split(/\s+/u).map(Number);
    return { pid, parent, bytes: 1_024 * kilobytes };
  });
}
