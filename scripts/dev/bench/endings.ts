/** How soon the bot ends after a signal, in every state that it can be in. */
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../../../src/config.ts";
import { slash, stranger } from "../../../test/support/discordPayloads.ts";
import { startFakeDiscord } from "../../../test/support/fakeDiscord.ts";
import type { FakeDiscord } from "../../../test/support/fakeDiscord.ts";
import { childrenOf, isAlive } from "../../../test/support/processMemory.ts";
import { inTemporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { measured } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { botSettings, runScript } from "./scriptProcess.ts";
import type { ScriptProcess, Settings } from "./scriptProcess.ts";

const MOST_MS = 10_000;
const POLL_MS = 20;

/** Whoever asks twice asks again after this, in milliseconds: sooner it is npm that hands the first signal on. */
const AGAIN_MS = 600;

/** A state, and what leads to it. */
interface State {
  readonly name: string;
  /** Changes of the settings; their folders are those of a bot that has an index. */
  readonly settings?: (folder: string) => Settings;
  /** What Discord does from the beginning. */
  readonly prepare?: (discord: FakeDiscord) => void;
  /** Settles when the state is reached. */
  readonly reach: (bot: ScriptProcess, discord: FakeDiscord) => Promise<void>;
  /** Whether a second signal follows. */
  readonly isTwice?: boolean;
}

const isReady = (bot: ScriptProcess): Promise<void> => bot.said("Ready.");

const STATES: readonly State[] = [
  { name: "while it loads", reach: () => sleep(300) },
  {
    name: "while the index is built",
    settings: (folder) => ({ INDEX_DIR: path.join(folder, "index") }),
    reach: async ({ said }) => {
      await said("uilding");
      await sleep(1_500);
    },
  },
  {
    name: "while it connects",
    prepare: (discord) => (discord.saysHello = false),
    reach: (_, discord) => until(() => discord.connections > 0),
  },
  {
    name: "while shards start",
    settings: () => ({ SHARDS: "3" }),
    reach: (_, discord) => until(() => discord.shards.length > 0),
  },
  { name: "while it is ready", reach: isReady },
  {
    name: "while it answers",
    reach: async (bot, discord) => {
      await isReady(bot);
      for (let i = 0; i < 10; i++) {
        const asked = slash("ask", { question: `問題 ${i}` }, stranger(i));
        discord.dispatch("INTERACTION_CREATE", asked);
      }
      await until(() => discord.requests.some(({ path: it }) => it.startsWith("/interactions/")));
    },
  },
  {
    name: "during an outage",
    reach: async (bot, discord) => {
      await isReady(bot);
      for (const method of [/^UPGRADE$/u, /^GET$/u]) {
        discord.failWhile({ method, path: /./u, status: 503, isBare: true });
      }
      discord.dropConnection(4_000);
      await sleep(3_000);
    },
  },
  {
    name: "while the models hang, twice in a row",
    reach: async (bot, discord) => {
      await isReady(bot);
      for (const pid of childrenOf(bot.child.pid ?? NaN)) process.kill(pid, "SIGSTOP");
      discord.dispatch("INTERACTION_CREATE", slash("ask", { question: "問題" }));
      await sleep(500);
    },
    isTwice: true,
  },
];

/** Measures each state with a bot of its own, beside a fake Discord in this process. */
export async function measureEndings(config: Config): Promise<Measurement[]> {
  const rows: Measurement[] = [];
  for (const state of STATES) {
    const endMs = await inTemporaryFolder((folder) => measureEnd(state, config, folder));
    rows.push(measured(`SIGTERM to end, ${state.name}`, endMs, "ms", { atMost: MOST_MS }));
  }
  return rows;
}

/** From the signal until the process and all that it started are gone, in milliseconds; never where it does not end in good order. */
async function measureEnd(state: State, config: Config, folder: string): Promise<number> {
  const discord = await startFakeDiscord();
  state.prepare?.(discord);
  const { apiUrl } = discord;
  const settings = botSettings(config, { dataDir: path.join(folder, "data"), apiUrl });
  const bot = runScript("start", { ...settings, ...state.settings?.(folder) });
  try {
    await state.reach(bot, discord);
    const started = descendantsOf(bot.child.pid ?? NaN);
    const startedAt = performance.now();
    bot.child.kill("SIGTERM");
    if (state.isTwice) {
      await sleep(AGAIN_MS);
      bot.child.kill("SIGTERM");
    }
    const { code } = await bot.ended;
    await until(() => !started.some(isAlive));
    return code === 0 ? performance.now() - startedAt : Infinity;
  } finally {
    bot.child.kill("SIGKILL");
    await discord.close();
  }
}

function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

async function until(isReached: () => boolean): Promise<void> {
  while (!isReached()) await sleep(POLL_MS);
}
