/** The bot in its own process while Discord fails, its models' process is killed and it is killed itself: what is lost or doubled. */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import {
  IDS,
  MODERATOR_RIGHTS,
  press,
  slash,
  stranger,
} from "../../../test/support/discordPayloads.ts";
import { TOKEN, startFakeDiscord } from "../../../test/support/fakeDiscord.ts";
import type { FakeDiscord } from "../../../test/support/fakeDiscord.ts";
import { startPackageScript } from "../../../test/support/measuredProcess.ts";
import { childrenOf } from "../../../test/support/processMemory.ts";
import { seededRandom } from "../../../test/support/seed.ts";
import { inTemporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { measured, noneOf } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { timesByToken } from "./answerTimes.ts";
import { drawFault } from "./chaosFaults.ts";
import { distinctQuestions } from "./variation.ts";

/** What is drawn, and how often. */
interface Chaos {
  readonly seed: number;
  readonly events: number;
}

type Bot = ReturnType<typeof startPackageScript>;

/** What the bot was told, and when. */
interface Sent {
  readonly token: string;
  readonly atMs: number;
}

const ASKERS = 200;

/** Between two events, in milliseconds. */
const PAUSE_MS = 100;

/** One event in so many comes with a fault of Discord; one in so many is a press of a pin button. */
const FAULT_EVERY = 8;
const PIN_EVERY = 5;

/** An acknowledgement so shortly before the kill may have come before the claim, in milliseconds. */
const CLAIM_MS = 50;

/** After the last event, so long for all answers, in milliseconds. */
const PATIENCE_MS = 40_000;

/** Lets the bot work through so many events; the ledger is SQLite. */
export function measureChaos(
  questions: readonly string[],
  { seed, events }: Chaos,
): Promise<Measurement[]> {
  return inTemporaryFolder(async (dataDir) => {
    const discord = await startFakeDiscord();
    const run = new ChaosRun(discord, dataDir, distinctQuestions(questions));
    try {
      return await run.measure(seededRandom(seed), events);
    } finally {
      run.end();
      await discord.close();
    }
  });
}

/** One run: the bot that lives at the moment, and what it was asked. */
class ChaosRun {
  readonly #discord: FakeDiscord;
  readonly #dataDir: string;
  readonly #nth: (n: number) => string;
  readonly #sent: Sent[] = [];
  #killedAtMs = NaN;
  #died = 0;
  #bot: Bot | undefined;

  constructor(discord: FakeDiscord, dataDir: string, nth: (n: number) => string) {
    this.#discord = discord;
    this.#dataDir = dataDir;
    this.#nth = nth;
  }

  async measure(random: () => number, events: number): Promise<Measurement[]> {
    await this.#start();
    for (let i = 0; i < events; i++) {
      if (i === Math.floor(events / 3)) this.#killModels();
      if (i === Math.floor((2 * events) / 3)) await this.#killBot();
      if (random() < 1 / FAULT_EVERY) drawFault(this.#discord, random);
      if (random() < 1 / PIN_EVERY) this.#pressPin(random);
      else this.#ask(i);
      await sleep(PAUSE_MS * 2 * random());
    }
    await this.#settle();
    const sessions = Math.max(0, ...this.#discord.openSessions().values());
    const endMs = await this.#terminate();
    return [...this.#rows(events), ...this.#endRows(sessions, endMs)];
  }

  end(): void {
    this.#bot?.child.kill("SIGKILL");
  }

  async #start(): Promise<void> {
    const { apiUrl } = this.#discord;
    const env = { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: apiUrl, DATA_DIR: this.#dataDir };
    const bot = startPackageScript("start", [], { env });
    // One that is killed cannot tell its memory, which is not asked for here.
    bot.ended.catch(() => undefined);
    bot.child.once("exit", () => {
      if (this.#bot === bot) this.#died += 1;
    });
    this.#bot = bot;
    await bot.said("Ready.");
  }

  #killModels(): void {
    for (const pid of childrenOf(this.#bot?.child.pid ?? NaN)) process.kill(pid, "SIGKILL");
  }

  async #killBot(): Promise<void> {
    const killed = this.#bot;
    this.#bot = undefined;
    this.#killedAtMs = this.#discord.now();
    killed?.child.kill("SIGKILL");
    await this.#start();
  }

  #ask(i: number): void {
    const asked = slash("ask", { question: this.#nth(i) }, stranger(i % ASKERS));
    this.#dispatch(asked);
  }

  /** Twice, as by somebody who is impatient. */
  #pressPin(random: () => number): void {
    const { token } = this.#sent[Math.floor(random() * this.#sent.length)] ?? { token: "" };
    const answer = this.#discord.answerTo(token);
    const customId = /"custom_id":"(v1:pin:[^"]*)"/u.exec(JSON.stringify(answer ?? {}))?.[1];
    if (answer === undefined || customId === undefined) return;
    for (let n = 0; n < 2; n++) {
      const actor = { rights: MODERATOR_RIGHTS, channel: IDS.channel };
      this.#dispatch(press(customId, answer, actor));
    }
  }

  #dispatch(interaction: ReturnType<typeof slash>): void {
    this.#sent.push({ token: interaction.token, atMs: this.#discord.now() });
    this.#discord.dispatch("INTERACTION_CREATE", interaction);
  }

  #open(): Sent[] {
    const { interactions } = this.#discord;
    return this.#sent.filter(
      ({ token }) => interactions.isAcknowledged(token) && !this.#discord.answerTo(token),
    );
  }

  async #settle(): Promise<void> {
    const isOver = AbortSignal.timeout(PATIENCE_MS);
    await sleep(5_000);
    while (!isOver.aborted && this.#open().length > 0) await sleep(PAUSE_MS);
  }

  async #terminate(): Promise<number> {
    const bot = this.#bot;
    if (bot === undefined) return NaN;
    this.#bot = undefined;
    const startedAt = performance.now();
    const exited = once(bot.child, "exit");
    bot.child.kill("SIGTERM");
    await exited;
    // An end that is not in good order is none.
    return bot.child.exitCode === 0 ? performance.now() - startedAt : Infinity;
  }

  #rows(events: number): Measurement[] {
    const times = timesByToken(this.#discord);
    const firstAck = (token: string): number => times.get(token)?.acknowledged[0] ?? NaN;
    const isAtKill = ({ token }: Sent): boolean => {
      const before = this.#killedAtMs - firstAck(token);
      return before >= 0 && before <= CLAIM_MS;
    };
    const open = this.#open();
    const apart = open.filter(isAtKill).length;
    const acknowledged = this.#sent.filter(({ token }) =>
      this.#discord.interactions.isAcknowledged(token),
    );
    const waits = acknowledged.map(({ token, atMs }) => firstAck(token) - atMs);
    return [
      measured(`${events} events: interactions`, this.#sent.length),
      measured("  acknowledged in time", acknowledged.length),
      ...noneOf("  of these", {
        "without an end": open.length - apart,
        "answered twice": this.#doubled(),
      }),
      measured(`  without an end, acknowledged within ${CLAIM_MS} ms before the kill`, apart),
      measured("  acknowledged, slowest", Math.max(...waits), "ms"),
      // Where nothing was pinned, nothing is known of doubled pins.
      measured("  pins", this.#discord.pins.length, "", { atLeast: 1 }),
    ];
  }

  /** Interactions that got a second message beside the answer. */
  #doubled(): number {
    const { requests } = this.#discord;
    return this.#sent.filter(({ token }) =>
      requests.some(
        ({ method, path }) =>
          method === "POST" && /^\/webhooks\/\d+\//u.test(path) && path.endsWith(token),
      ),
    ).length;
  }

  #endRows(sessions: number, endMs: number): Measurement[] {
    const texts = this.#discord.pins.map((id) => textOf(this.#discord.messages.get(id)));
    return [
      ...noneOf("  chaos", {
        "pins made twice": texts.length - new Set(texts).size,
        "messages that Discord would refuse, pings among them": this.#discord.faults.length,
        "unwished ends of the process": this.#died,
      }),
      measured("  sessions of a shard at the end", sessions, "", { atLeast: 1, atMost: 1 }),
      measured("  SIGTERM to end, while ready", endMs, "ms", { atMost: 10_000 }),
    ];
  }
}

/** What a message shows, without the numbers that Discord gives to its parts. */
function textOf(message: unknown): string {
  return [...JSON.stringify(message ?? {}).matchAll(/"content":"((?:[^"\\]|\\.)*)"/gu)]
    .map(([, content]) => content)
    .join("\n");
}
