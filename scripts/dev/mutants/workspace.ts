/** A copy of the project in which faults are tried: nobody else's files are touched. */
import path from "node:path";
import { execFileSync, spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { isCode } from "../../../src/errors.ts";
import { withMutant } from "./operators.ts";
import type { Mutant } from "./operators.ts";

/** Too large to be copied; nothing writes there. */
const LINKED = ["node_modules", "embeddings"];

/** Tests that take longer than this never end, in milliseconds. */
const MOST_MS = 600_000;

/** How tests end: green, or by the first that is red. */
export type Ending =
  | { readonly kind: "green" }
  | { readonly kind: "red"; readonly test: string; readonly file: string | undefined }
  | { readonly kind: "endless" };

/** The copy. */
export interface Workspace {
  /** Runs test files until one is red. */
  run(tests: readonly string[]): Promise<Ending>;
  /** Works while a file has a fault. */
  withFault<Result>(mutant: Mutant, work: () => Promise<Result>): Promise<Result>;
}

/** Copies what git knows, and what it does not ignore, into a folder. */
export function prepareWorkspace(folder: string): Workspace {
  const listed = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  for (const file of listed.split("\0")) {
    if (file === "" || LINKED.some((it) => file.startsWith(`${it}/`)) || !existsSync(file))
      continue;
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    copyFileSync(file, path.join(folder, file));
  }
  for (const name of LINKED) symlinkSync(path.resolve(name), path.join(folder, name));
  return {
    run: (tests) => runTests(folder, tests),
    withFault: async (mutant, work) => {
      const file = path.join(folder, mutant.file);
      const text = readFileSync(file, "utf8");
      writeFileSync(file, withMutant(text, mutant));
      try {
        return await work();
      } finally {
        writeFileSync(file, text);
      }
    },
  };
}

const Report = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      assertionResults: v.array(v.object({ fullName: v.string(), status: v.string() })),
    }),
  ),
});

async function runTests(folder: string, tests: readonly string[]): Promise<Ending> {
  // As vitest.config.ts says.
  const report = path.join(folder, "coverage", "tests.json");
  rmSync(report, { force: true });
  const words = ["run", "--bail", "1", ...tests];
  const child = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", ...words], {
    cwd: folder,
    stdio: "ignore",
    // A group of its own, so that its processes end with it.
    detached: true,
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("exit", resolve);
    child.once("error", reject);
  });
  const code = await Promise.race([ended, sleep(MOST_MS, "endless" as const, { ref: false })]);
  if (code === "endless") {
    endGroup(child.pid);
    return { kind: code };
  }
  return code === 0 ? { kind: "green" } : { kind: "red", ...readFirstRed(folder, report) };
}

function readFirstRed(folder: string, report: string): { test: string; file: string | undefined } {
  const text = existsSync(report) ? readFileSync(report, "utf8") : "{}";
  const read = v.safeParse(Report, JSON.parse(text));
  const red = read.success
    ? read.output.testResults.find(
        ({ status, assertionResults }) =>
          status === "failed" || assertionResults.some((it) => it.status === "failed"),
      )
    : undefined;
  const failed = red?.assertionResults.find(({ status }) => status === "failed");
  const file = red && path.relative(folder, red.name);
  return { test: failed?.fullName ?? "the file cannot be run", file };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (!isCode(error, "ESRCH")) throw error;
  }
}
