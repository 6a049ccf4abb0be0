import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

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

/** Runs one of the project's scripts, as its package.json does. */
export async function runScript(
  script: "ask" | "build-index",
  words: readonly string[],
  { env = {}, input = "", imports = [] }: Given = {},
): Promise<Ended> {
  const loaded = ["tsx", ...imports].flatMap((it) => ["--import", it]);
  const child = spawn(process.execPath, [...loaded, `scripts/${script}.ts`, ...words], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => undefined); // A command may end without reading its input.
  child.stdin.end(input);
  const ended = new Promise<Pick<Ended, "code" | "signal">>((resolve) => {
    child.once("close", (code, signal) => {
      resolve({ code, signal });
    });
  });
  const [stdout, stderr, end] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { ...end, stdout, stderr };
}
