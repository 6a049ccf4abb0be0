/** The bot stays connected, whatever Discord's gateway and API do: one session a shard, and a plain word where it cannot be. */
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { runBot } from "../../src/discord/gateway/reconnect.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import type { Collection } from "../../src/collections/collection.ts";
import { IDS, mention, slash } from "../support/discordPayloads.ts";
import { eventually } from "../support/eventually.ts";
import { TOKEN, startFakeDiscord } from "../support/fakeDiscord.ts";
import type { FakeDiscord } from "../support/fakeDiscord.ts";
import { temporaryFolder } from "../support/folders.ts";
import { SENTENCE, openTestCollection } from "../support/testBot.ts";

let collection: Collection;
beforeAll(async () => {
  collection = await openTestCollection();
});
afterAll(() => collection.close());

/** discord.js tries again after half a second: what is left of an earlier client comes back within this. */
const AFTERMATH_MS = 1_500;

type RunOptions = Parameters<typeof runBot>[0];

interface Running {
  readonly discord: FakeDiscord;
  /** Why it was not connected, each time. */
  readonly why: string[];
  readonly waitsMs: number[];
  /** How often it was connected. */
  readonly connections: () => number;
  readonly log: string[];
  /** Settles when the bot has ended. */
  readonly ended: Promise<void>;
  readonly stop: () => void;
}

/** Keeps a bot running until the test ends. */
async function keepRunning(
  discord: FakeDiscord,
  options: Partial<RunOptions> = {},
): Promise<Running> {
  onTestFinished(() => discord.close());
  const ledger = await openLedger({ dataDir: await temporaryFolder(), retentionDays: 1 });
  onTestFinished(() => ledger.close());
  const controller = new AbortController();
  const why: string[] = [];
  const waitsMs: number[] = [];
  const log: string[] = [];
  let connections = 0;
  const ended = runBot({
    token: TOKEN,
    apiUrl: discord.apiUrl,
    collection,
    ledger,
    mentionChannels: [IDS.channel],
    log: pino({ level: "info" }, { write: (line: string) => log.push(line) }),
    signal: controller.signal,
    closeTimeoutMs: 1_000,
    backoff: { freeLives: 0, firstMs: 1, longestMs: 4, steadyMs: 60_000 },
    onReady: () => (connections += 1),
    onRefused: (reason, retryMs) => {
      why.push(reason);
      waitsMs.push(retryMs);
    },
    ...options,
  });
  const stop = () => {
    controller.abort();
  };
  onTestFinished(async () => {
    stop();
    await ended.catch(() => undefined);
  });
  return { discord, why, waitsMs, log, ended, stop, connections: () => connections };
}

function refusals(running: Running, count: number): Promise<void> {
  return eventually(() => {
    expect(running.why.length).toBeGreaterThanOrEqual(count);
  });
}

function connected(running: Running, times = 1): Promise<void> {
  return eventually(() => {
    expect(running.connections()).toBe(times);
  });
}

const UPGRADE = { method: "UPGRADE", path: /./u };
const GATEWAY = { method: "GET", path: /^\/gateway\/bot/u };
const ONE_SESSION = new Map([["[0,1]", 1]]);

describe("a bot that is kept running", () => {
  it("waits longer after each refusal, connects when it may, and begins anew when the connection ends for good", async () => {
    const discord = await startFakeDiscord();
    discord.refuseIdentify(4014);
    const running = await keepRunning(discord);
    await refusals(running, 4);
    discord.refuseIdentify(undefined);
    await connected(running);
    discord.dropConnection(4014);
    await connected(running, 2);
    expect(running.waitsMs.slice(0, 4)).toEqual([1, 2, 4, 4]);
    expect(running.why[0]).toContain("Used disallowed intents");
    expect(running.why.at(-1)).toContain("Discord has ended the connection (4014)");
  });

  it("does not begin where it has been told to end", async () => {
    const discord = await startFakeDiscord();
    const running = await keepRunning(discord, { signal: AbortSignal.abort() });
    await running.ended;
    expect(running.connections()).toBe(0);
    expect(discord.requests).toEqual([]);
  });
});

describe("an outage while it connects", () => {
  it.each([
    ["of the gateway (503)", { ...UPGRADE, status: 503 }],
    ["of the gateway (a closed socket)", { ...UPGRADE, status: 0 }],
    ["of the API (503)", { ...GATEWAY, status: 503, isBare: true }],
    ["of the API (a closed socket)", { ...GATEWAY, status: 0 }],
  ])("%s leaves one session when it is over", async (_, failure) => {
    const discord = await startFakeDiscord();
    const end = discord.failWhile(failure);
    const running = await keepRunning(discord, { awayMs: 300 });
    await refusals(running, 3);
    end();
    await connected(running);
    await sleep(AFTERMATH_MS);
    expect(discord.openSessions()).toEqual(ONE_SESSION);
    expect(discord.connections).toBe(1);
    expect(discord.sessions.identified).toBe(1);
    for (const reason of running.why) expect(reason).toContain("Discord cannot be reached");
  });

  it("in which the gateway says nothing leaves one session too", async () => {
    const discord = await startFakeDiscord();
    discord.saysHello = false;
    const running = await keepRunning(discord, { awayMs: 100 });
    await refusals(running, 3);
    discord.saysHello = true;
    await connected(running);
    await sleep(AFTERMATH_MS);
    expect(discord.openSessions()).toEqual(ONE_SESSION);
    expect(discord.connections).toBe(1);
    expect(running.why[0]).toContain("Discord cannot be reached");
  });

  it.each([
    ["a request", (discord: FakeDiscord) => discord.holdNext("GET", GATEWAY.path)],
    ["the gateway's socket", (discord: FakeDiscord) => discord.holdNext("UPGRADE", UPGRADE.path)],
  ])("with %s that hangs can be ended at once", async (_, hold) => {
    const discord = await startFakeDiscord();
    const release = hold(discord);
    onTestFinished(release);
    const running = await keepRunning(discord);
    await sleep(200);
    running.stop();
    await running.ended;
    expect(running.connections()).toBe(0);
    release();
    await sleep(AFTERMATH_MS);
    expect(discord.connections).toBe(0);
  });

  it("that is a timeout is never called a wrong token", async () => {
    const discord = await startFakeDiscord();
    for (let i = 0; i < 8; i++) onTestFinished(discord.holdNext("GET", GATEWAY.path));
    const running = await keepRunning(discord, { requestTimeoutMs: 20 });
    await refusals(running, 1);
    expect(running.why[0]).toContain("Discord cannot be reached");
    expect(running.why[0]).not.toContain("DISCORD_TOKEN");
  });
});

describe("an outage in the middle of a run", () => {
  it.each([503, 0])("(%d) leaves one session when it is over", async (status) => {
    const discord = await startFakeDiscord();
    const running = await keepRunning(discord);
    await connected(running);
    const end = discord.failWhile({ ...UPGRADE, status });
    discord.dropConnection(0);
    await sleep(AFTERMATH_MS);
    end();
    await eventually(() => {
      expect(discord.openSessions()).toEqual(ONE_SESSION);
    });
    await sleep(AFTERMATH_MS);
    expect(discord.openSessions()).toEqual(ONE_SESSION);
    expect(discord.connections).toBe(1);
    expect(running.connections()).toBe(1);
    // Said once, not twice a second.
    expect(running.log.length).toBeLessThanOrEqual(1);
  });

  it("that lasts is told, and leaves one session when it is over", async () => {
    const discord = await startFakeDiscord();
    const running = await keepRunning(discord, { awayMs: 300 });
    await connected(running);
    const end = discord.failWhile({ ...UPGRADE, status: 503 });
    discord.dropConnection(0);
    await refusals(running, 2);
    end();
    await connected(running, 2);
    await sleep(AFTERMATH_MS);
    expect(discord.openSessions()).toEqual(ONE_SESSION);
    expect(discord.connections).toBe(1);
  });

  it("loses no question that came when Discord asked to connect anew", async () => {
    const discord = await startFakeDiscord();
    const running = await keepRunning(discord);
    await connected(running);
    const release = discord.holdNext("PATCH", /@original/u);
    const asked = [slash("ask", { question: SENTENCE }), slash("help")];
    discord.dispatch("INTERACTION_CREATE", asked[0]);
    await eventually(() => {
      expect(discord.requests.some(({ method }) => method === "PATCH")).toBe(true);
    });
    discord.sendOpcode(7, null);
    discord.dispatch("INTERACTION_CREATE", asked[1]);
    release();
    await discord.waitForAnswers(
      asked.map(({ token }) => token),
      10_000,
    );
    expect(asked.map(({ token }) => discord.answerTo(token) !== undefined)).toEqual([true, true]);
    expect(discord.sessions.identified).toBe(1);
    expect(discord.faults).toEqual([]);
  });

  it.each([
    ["loses its session twice at once", [9, 9]],
    ["loses its session and is asked to connect anew at once", [9, 7]],
    ["is asked to connect anew twice at once", [7, 7]],
  ] as const)("%s: one session is left", async (_, opcodes) => {
    const discord = await startFakeDiscord();
    const { connections, log } = await keepRunning(discord);
    await eventually(() => {
      expect(connections()).toBe(1);
    });
    for (const opcode of opcodes) discord.sendOpcode(opcode, opcode === 9 ? false : undefined);
    await eventually(() => {
      expect(discord.sessions.identified + discord.sessions.resumed).toBeGreaterThan(1);
      expect([...discord.openSessions().values()]).toEqual([1]);
    });
    await sleep(AFTERMATH_MS);
    expect([...discord.openSessions().values()]).toEqual([1]);
    expect(discord.connections).toBe(1);
    expect(log).toEqual([]);
  });

  it("in which a session is lost while the next one waits for its turn leaves one", async () => {
    const discord = await startFakeDiscord();
    const running = await keepRunning(discord);
    await connected(running);
    const before = discord.requests.length;
    for (let closed = 1; closed <= 2; closed++) {
      discord.sendOpcode(9, false);
      await eventually(() => {
        const ends = discord.requests.slice(before).filter(({ method }) => method === "CLOSE");
        expect([ends.length, discord.connections]).toEqual([closed, 1]);
      });
    }
    await eventually(() => {
      expect(discord.sessions.identified).toBeGreaterThan(1);
    });
    await eventually(() => {
      expect(discord.openSessions()).toEqual(ONE_SESSION);
    });
    await sleep(AFTERMATH_MS);
    expect(discord.openSessions()).toEqual(ONE_SESSION);
    expect(discord.connections).toBe(1);
  });

  it("in which heartbeats are not acknowledged leads to another connection", async () => {
    const discord = await startFakeDiscord();
    discord.heartbeatMs = 50;
    discord.acknowledgesHeartbeats = false;
    const running = await keepRunning(discord);
    await connected(running);
    await eventually(() => {
      expect(discord.sessions.resumed).toBeGreaterThan(0);
    });
    discord.acknowledgesHeartbeats = true;
    await sleep(AFTERMATH_MS);
    expect(discord.openSessions()).toEqual(ONE_SESSION);
  });
});

describe("a token that is refused in the middle of a run", () => {
  const POSTS = /^\/channels\//u;
  const ask = (discord: FakeDiscord): void => {
    discord.dispatch("MESSAGE_CREATE", mention(SENTENCE));
  };

  it("once leads to a fresh login", async () => {
    const discord = await startFakeDiscord();
    const running = await keepRunning(discord);
    await connected(running);
    discord.failNext({ method: "POST", path: POSTS, status: 401 });
    ask(discord);
    await connected(running, 2);
    expect(running.why[0]).toContain("401");
    ask(discord);
    await eventually(() => {
      expect(discord.messages.size).toBe(1);
    });
    expect(discord.openSessions()).toEqual(ONE_SESSION);
  });

  it.each([
    ["by the API", ask],
    [
      "by the gateway (4004)",
      (discord: FakeDiscord) => {
        discord.dropConnection(4004);
      },
    ],
  ])("for good, %s, ends the bot with a plain word", async (_, happen) => {
    const discord = await startFakeDiscord();
    const running = await keepRunning(discord);
    await connected(running);
    discord.token = "reset.by.an-operator";
    happen(discord);
    await expect(running.ended).rejects.toThrow(/no longer takes the token.+DISCORD_TOKEN/u);
    expect(discord.openSessions()).toEqual(new Map());
  });
});
