/** Modules of this program that run in processes of their own, which do not outlive this one. */
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { withoutSecrets } from "./secretFiles.ts";

/** Node 20 runs no TypeScript: where this program is not compiled, another process or thread needs a loader. */
export const IS_COMPILED = !import.meta.url.endsWith(".ts");

/** A module of this program as it runs: compiled, or as it is. */
export function moduleBeside(moduleUrl: string, name: string): URL {
  return new URL(`./${name}.${IS_COMPILED ? "js" : "ts"}`, moduleUrl);
}

/** How a module is started. */
interface ChildOptions {
  /** For Node, where the program is compiled. */
  readonly flags?: readonly string[];
  /** More than this process has; secrets are not handed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where native code says what it has to say. */
  readonly stderr: "ignore" | "inherit";
}

/**
 * Starts a module in a process, with a channel for messages that keeps buffers of floats as they are. It is killed when this process
 * ends by itself; where this one is killed, the module ends with its channel.
 *
 * @throws {Error} if the system has no room for it; some reasons come as an event instead.
 */
export function startChild(module: URL, { flags = [], env, stderr }: ChildOptions): ChildProcess {
  const loader = IS_COMPILED ? [] : ["--import", import.meta.resolve("tsx")];
  const child = fork(fileURLToPath(module), {
    execArgv: [...loader, ...flags],
    // eslint-disable-next-line no-restricted-properties -- handed on, as fork does by itself
    env: { ...withoutSecrets(process.env), ...env },
    serialization: "advanced",
    // The terminal belongs to the answers.
    stdio: ["ignore", "ignore", stderr, "ipc"],
  });
  endWithThisProcess(child);
  return child;
}

/** Kills a child when this process ends: one that hangs does not see that its channel is gone. */
export function endWithThisProcess(child: ChildProcess): void {
  if (children.size === 0) process.once("exit", killAll);
  children.add(child);
  child.once("exit", () => {
    children.delete(child);
    if (children.size === 0) process.off("exit", killAll);
  });
}

const children = new Set<ChildProcess>();

function killAll(): void {
  for (const child of children) child.kill("SIGKILL");
}
