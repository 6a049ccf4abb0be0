/** The processes of the bot in a run of chaos: started, killed, started again, ended. */
import { createWriteStream } from "node:fs";
import { childrenOf, residentBytes } from "../../../../test/support/processMemory.ts";
import { sum } from "../../measurements.ts";
import { runScript } from "../scriptProcess.ts";
import type { ScriptProcess, Settings } from "../scriptProcess.ts";

/** A bot that was started. */
interface Bot extends ScriptProcess {
  /** Whether it is to end. */
  isEnding: boolean;
}

/** What the log says where the last boundary of all caught something. */
const AT_THE_TOP = /an event led to a fault|Uncaught|Unhandled/gu;

/** Several processes of one bot. */
export class Bots {
  readonly #settings: Settings;
  readonly #logFile: string;
  readonly #all: Bot[] = [];

  /** @param logFile Where all that they say is added, for whoever looks for the cause of a fault. */
  constructor(settings: Settings, logFile: string) {
    this.#settings = settings;
    this.#logFile = logFile;
  }

  /** Those that live, in the order of their start. */
  get #living(): Bot[] {
    return this.#all.filter(({ child }) => child.exitCode === null && child.signalCode === null);
  }

  /** How many live. */
  get count(): number {
    return this.#living.length;
  }

  /** Starts one; settles when it is ready. */
  async start(): Promise<void> {
    const bot = { ...this.#run("start"), isEnding: false };
    this.#all.push(bot);
    await bot.said("Ready.");
  }

  /** Kills the models' process of the one that was started first. */
  killModels(): void {
    for (const pid of childrenOf(this.#living[0]?.child.pid ?? NaN)) process.kill(pid, "SIGKILL");
  }

  /** Kills the one that was started first, and starts another in its place. */
  async killFirst(): Promise<void> {
    const [bot] = this.#living;
    if (bot) bot.isEnding = true;
    bot?.child.kill("SIGKILL");
    await this.start();
  }

  /** Builds the index anew. */
  async index(): Promise<void> {
    const { code } = await this.#run("index").ended;
    if (code !== 0) throw new Error(`the index could not be built: exit code ${String(code)}`);
  }

  /** The memory of all that live, in megabytes of 10⁶ bytes. */
  memoryMb(): number {
    return sum(this.#living.map(({ child }) => residentBytes(child.pid ?? NaN) / 1e6));
  }

  /** Asks all to end; how long the slowest took, in milliseconds. An end that is not in good order is none. */
  async terminate(): Promise<number> {
    const living = this.#living;
    const startedAt = performance.now();
    for (const bot of living) {
      bot.isEnding = true;
      bot.child.kill("SIGTERM");
    }
    const ends = await Promise.all(living.map(({ ended }) => ended));
    return ends.every(({ code }) => code === 0) ? performance.now() - startedAt : Infinity;
  }

  kill(): void {
    for (const { child } of this.#living) child.kill("SIGKILL");
  }

  /** How many ended that were not asked to. */
  get unwishedEnds(): number {
    const hasEnded = new Set(this.#all);
    for (const bot of this.#living) hasEnded.delete(bot);
    return [...hasEnded].filter(({ isEnding }) => !isEnding).length;
  }

  /** Faults that came as far as the top of a process. */
  get faultsAtTheTop(): number {
    return sum(this.#all.map(({ text }) => text().match(AT_THE_TOP)?.length ?? 0));
  }

  #run(name: "start" | "index"): ScriptProcess {
    const script = runScript(name, this.#settings);
    script.child.stderr?.pipe(createWriteStream(this.#logFile, { flags: "a" }));
    return script;
  }
}
