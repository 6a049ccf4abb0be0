import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** One run of a script, from the start of its process. */
export interface Run {
  /** Until the first byte that it printed. */
  readonly ms: number;
  /** Resident set at its highest, in megabytes of 10⁶ bytes. */
  readonly peakMb: number;
  /** What it printed. */
  readonly output: string;
}

/** Runs `ask` once, as the package's script does, in a process of its own. */
export function runAsk(words: readonly string[]): Promise<Run> {
  return runScript(new URL("../ask.js", import.meta.url), words);
}

/** Runs a built script once, in a process of its own. */
export async function runScript(script: URL, words: readonly string[]): Promise<Run> {
  const hook = fileURLToPath(new URL("./peakMemory.js", import.meta.url));
  const file = fileURLToPath(script);
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", hook, file, ...words], {
    stdio: ["ignore", "pipe", "inherit", "pipe"],
  });
  const peak = child.stdio[3];
  let text = "";
  let kilobytes = "";
  let ms = NaN;
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    if (text === "") ms = performance.now() - started;
    text += chunk;
  });
  if (peak && "setEncoding" in peak) {
    peak.setEncoding("utf8").on("data", (chunk: string) => {
      kilobytes += chunk;
    });
  }
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${path.basename(file)} ended with exit code ${code}`));
    });
  });
  return { ms, peakMb: (Number(kilobytes) * 1_024) / 1e6, output: text };
}
