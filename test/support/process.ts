import path from "node:path";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { built } from "./shared.ts";

/** How a command ended. */
export interface Ended {
  /** Exit code; null if a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
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
type Script = "ask" | "index" | "start" | "deploy-commands" | "ledger" | "evaluate";

/** A command that runs. */
export interface Running {
  /** Ends when the command does. */
  readonly ended: Promise<Ended>;
  /** Waits until it has said so on standard error; fails where it ends before. */
  readonly said: (words: string) => Promise<void>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** Runs one of the project's scripts to its end, as it was built for this run of the tests. */
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
  const dist = await built();
  const entry =
    script === "evaluate"
      ? [path.join(dist, "scripts/dev/evaluate.js")]
      : ["scripts/verbatim.cjs", script];
  const child = spawn(process.execPath, [...loaded, ...entry, ...words], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A test that has run out of time leaves nothing running: a bot tries again for ever.
  onTestFinished(() => {
    child.kill("SIGTERM");
  });
  child.stdin.on("error", () => undefined); // A command may end without reading its input.
  child.stdin.end(input);
  const end = new Promise<Pick<Ended, "code" | "signal">>((resolve) => {
    child.once("close", (code, signal) => {
      resolve({ code, signal });
    });
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  let seen = "";
  const said = (words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (seen.includes(words)) resolve();
      };
      child.stderr.on("data", look);
      child.once("close", () => {
        reject(new Error(`the command ended without saying "${words}", but: ${seen}`));
      });
      look();
    });
  child.stderr.on("data", (chunk: Buffer) => (seen += chunk.toString("utf8")));
  const ended = Promise.all([output, end]).then(([[stdout, stderr], { code, signal }]) => ({
    code,
    signal,
    stdout,
    stderr,
  }));
  return { ended, said, kill: (signal) => child.kill(signal) };
}
