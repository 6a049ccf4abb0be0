/** One run of chaos: what was planned happens to bots that are ready. */
import path from "node:path";
import { appendFile, readdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import {
  IDS,
  MODERATOR_RIGHTS,
  mention,
  press,
  slash,
  stranger,
} from "../../../../test/support/discordPayloads.ts";
import type { Actor, Interaction } from "../../../../test/support/discordPayloads.ts";
import type { FakeDiscord } from "../../../../test/support/fakeDiscord.ts";
import type { StoredMessage } from "../../../../test/support/fakeDiscordRest.ts";
import { measured, noneOf } from "../../measurements.ts";
import type { Measurement } from "../../measurements.ts";
import type { Bots } from "./bots.ts";
import { FAULTS } from "./faults.ts";
import { ROUND } from "./plan.ts";
import type { Act, Event, Pressed, Strike } from "./plan.ts";
import type { Sent } from "./verdict.ts";

/** After the last event, so long for all answers, in milliseconds: of a process that was killed another gives them. */
const PATIENCE_MS = 130_000;
const POLL_MS = 100;

/** The next event waits for answers while more than so many are awaited, for so long at most, in milliseconds. */
const MOST_OPEN = 8;
const LONGEST_BREATH_MS = 1_500;

/** What comes in after the last answer is one too many, in milliseconds. */
const AFTERMATH_MS = 2_000;

/** The memory of all processes at the end, by that after the first round. */
const MOST_GROWTH = 1.25;

/** Whoever may do all. */
const ADMINISTRATOR = MODERATOR_RIGHTS | (1n << 5n);

/** One run. */
export class ChaosRun {
  /** The interactions that the bots were told of. */
  readonly sent: Sent[] = [];
  readonly #discord: FakeDiscord;
  readonly #bots: Bots;
  readonly #reportsDir: string;
  /** What goes on beside the events: a bot that starts again, an index that is built. */
  readonly #beside: Promise<void>[] = [];

  constructor(discord: FakeDiscord, bots: Bots, reportsDir: string) {
    this.#discord = discord;
    this.#bots = bots;
    this.#reportsDir = reportsDir;
  }

  /** Lets all of a plan happen; the rows of what became of the processes. */
  async measure(plan: readonly Event[]): Promise<Measurement[]> {
    const settings = slash("settings", { channel: IDS.otherChannel }, { rights: ADMINISTRATOR });
    this.#tell("settings", settings);
    let firstMb = NaN;
    for (const [i, event] of plan.entries()) {
      if (i === ROUND) firstMb = this.#bots.memoryMb();
      await this.#happen(event);
    }
    await Promise.all(this.#beside);
    await this.#settle();
    const growth = this.#bots.memoryMb() / firstMb;
    return [
      ...noneOf("processes", {
        "faults at the top": this.#bots.faultsAtTheTop,
        "unwished ends": this.#bots.unwishedEnds,
      }),
      measured("sessions of a shard, a process", this.#sessions() / this.#bots.count, "", {
        atLeast: 1,
        atMost: 1,
      }),
      ...(plan.length > ROUND
        ? [
            measured("memory, times that after the first round", growth, "", {
              atMost: MOST_GROWTH,
            }),
          ]
        : []),
      measured("SIGTERM to end, while ready", await this.#bots.terminate(), "ms", {
        atMost: 10_000,
      }),
    ];
  }

  async #happen({ actor, act, strike, fault, pauseMs }: Event): Promise<void> {
    if (fault !== undefined) FAULTS[fault]?.(this.#discord);
    if (strike !== undefined) this.#beside.push(this.#strike(strike));
    this.#act(act, stranger(actor));
    await sleep(pauseMs);
    await this.#breathe();
  }

  /** Lets a machine that is slow, or a bot that is away, come after: for a while. */
  async #breathe(): Promise<void> {
    const isOver = AbortSignal.timeout(LONGEST_BREATH_MS);
    const isBehind = (): boolean => this.#open().length > MOST_OPEN || this.#sessions() === 0;
    while (!isOver.aborted && isBehind()) await sleep(POLL_MS);
  }

  /** What is acknowledged and has no end yet. */
  #open(): Sent[] {
    const { interactions } = this.#discord;
    return this.sent.filter(({ interaction: { token } }) => interactions.endOf(token)?.isDeferred);
  }

  /** The most that a shard has. */
  #sessions(): number {
    return Math.max(0, ...this.#discord.openSessions().values());
  }

  async #strike(strike: Strike): Promise<void> {
    if (strike === "models are killed") this.#bots.killModels();
    else if (strike === "bot is killed") await this.#bots.killFirst();
    else {
      for (const name of await readdir(this.#reportsDir)) {
        await appendFile(path.join(this.#reportsDir, name), "\n這一段是後來補上的。\n");
      }
      await this.#bots.index();
    }
  }

  #act(act: Act, actor: Actor): void {
    if (act.kind === "ask") {
      const { question, isPrivate } = act;
      this.#tell("ask", slash("ask", { question, private: isPrivate }, actor));
    } else if (act.kind === "mention") {
      this.#discord.dispatchToAll("MESSAGE_CREATE", mention(act.question));
    } else {
      this.#press(act.button, act.at, { ...actor, channel: IDS.channel });
    }
  }

  /** Twice, as by somebody who is impatient. */
  #press(button: Pressed, at: number, actor: Actor): void {
    const found = this.#buttons(button);
    const [message, customId] = found[Math.floor(at * found.length)] ?? [];
    if (message === undefined || customId === undefined) return;
    for (let n = 0; n < 2; n++) {
      this.#tell(button, press(customId, message, { ...actor, rights: MODERATOR_RIGHTS }));
    }
  }

  /** The messages with such a button, each with its custom_id. */
  #buttons(button: Pressed): [StoredMessage, string][] {
    const pattern = new RegExp(`"custom_id":"(v1:${button}(?::[^"]*)?)"`, "u");
    return [...this.#discord.messages.values()].flatMap((message): [StoredMessage, string][] => {
      const customId = pattern.exec(JSON.stringify(message))?.[1];
      return customId === undefined ? [] : [[message, customId]];
    });
  }

  #tell(kind: string, interaction: Interaction): void {
    this.sent.push({ kind, interaction, atMs: this.#discord.now() });
    this.#discord.dispatchToAll("INTERACTION_CREATE", interaction);
  }

  /** Waits until nothing is awaited any more. */
  async #settle(): Promise<void> {
    const isOver = AbortSignal.timeout(PATIENCE_MS);
    await sleep(AFTERMATH_MS);
    while (!isOver.aborted && this.#open().length > 0) await sleep(POLL_MS);
    await sleep(AFTERMATH_MS);
  }
}
