/** The project's commands as processes, as they were built for this run of the tests. */
import path from "node:path";
import { spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { hear } from "./childOutput.ts";
import type { End, Heard } from "./childOutput.ts";
import { built } from "./shared.ts";

/** How a command ended, and all that it printed. */
export interface Ended extends End {
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command is given besides its words. */
export interface Given {
  readonly env?: Record<string, string>;
  readonly input?: string | Uint8Array;
  /** Modules that are loaded before the command's own. */
  readonly imports?: readonly string[];
}

/** The commands that tests run: of `verbatim`, but for `evaluate`. */
type Script =
  "ask" | "find" | "index" | "site" | "start" | "deploy-commands" | "ledger" | "evaluate";

/** A command that runs. */
interface Running {
  /** Ends when the command does. */
  readonly ended: Promise<Ended>;
  /** Waits for words on standard error. */
  readonly said: Heard["said"];
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly pid: number | undefined;
}

/** Runs one of the project's scripts to its end. */
export async function runScript(
  script: Script,
  words: readonly string[],
  given: Given = {},
): Promise<Ended> {
  return (await startScript(script, words, given)).ended;
}

/** Starts one of the project's scripts; it ends with the test. */
export async function startScript(
  script: Script,
  words: readonly string[],
  { env = {}, input = "", imports = [] }: Given = {},
): Promise<Running> {
  const loaded = imports.flatMap((it) => ["--import", it]);
  const folder = await built();
  const entry =
    script === "evaluate"
      ? [path.join(folder, "scripts/dev/evaluate.js")]
      : ["scripts/verbatim.cjs", script];
  const child = spawn(process.execPath, [...loaded, ...entry, ...words], {
    env: { PATH: process.env["PATH"], ...env },
  });
  // A test that has run out of time leaves nothing running: a bot tries again for ever.
  onTestFinished(() => {
    child.kill("SIGTERM");
  });
  child.stdin.on("error", () => undefined); // A command may end without reading its input.
  child.stdin.end(input);
  const [stdout, stderr] = [hear(child, child.stdout), hear(child)];
  const ended = stderr.ended.then((end) => ({
    ...end,
    stdout: stdout.text(),
    stderr: stderr.text(),
  }));
  return { ended, said: stderr.said, kill: (signal) => child.kill(signal), pid: child.pid };
}
