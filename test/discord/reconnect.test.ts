import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { runBot } from "../../src/discord/reconnect.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import type { Collection } from "../../src/collections/collection.ts";
import { TOKEN, startFakeDiscord } from "../support/fakeDiscord.ts";
import { temporaryFolder } from "../support/folders.ts";
import { openTestCollection } from "../support/testBot.ts";

let collection: Collection;
beforeAll(async () => {
  collection = await openTestCollection();
});
afterAll(() => collection.close());

describe("a bot that is kept running", () => {
  it("waits longer after each refusal, connects when it may, and begins anew when the connection ends for good", async () => {
    const discord = await startFakeDiscord();
    onTestFinished(() => discord.close());
    discord.refuseIdentify(4014);
    const ledger = await openLedger({ dataDir: await temporaryFolder(), retentionDays: 1 });
    onTestFinished(() => ledger.close());
    const controller = new AbortController();
    const waits: number[] = [];
    const why: string[] = [];
    let connections = 0;
    await runBot({
      token: TOKEN,
      apiUrl: discord.apiUrl,
      collection,
      ledger,
      mentionChannels: [],
      log: pino({ level: "silent" }),
      signal: controller.signal,
      closeTimeoutMs: 1_000,
      waitsMs: { first: 1, longest: 4, steady: 60_000 },
      onReady: () => {
        connections += 1;
        if (connections === 1) discord.dropConnection(4014);
        else controller.abort();
      },
      onRefused: (reason, retryMs) => {
        why.push(reason);
        waits.push(retryMs);
        if (waits.length === 4) discord.refuseIdentify(undefined);
      },
    });
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 4]);
    expect(why[0]).toContain("Used disallowed intents");
    expect(why.at(-1)).toContain("Discord has ended the connection (4014)");
    expect(connections).toBe(2);
  });

  it("does not begin where it has been told to end", async () => {
    const ledger = await openLedger({ dataDir: await temporaryFolder(), retentionDays: 1 });
    onTestFinished(() => ledger.close());
    await runBot({
      token: TOKEN,
      apiUrl: "http://127.0.0.1:9/api",
      collection,
      ledger,
      mentionChannels: [],
      log: pino({ level: "silent" }),
      signal: AbortSignal.abort(),
      closeTimeoutMs: 1,
      onReady: () => expect.unreachable(),
      onRefused: () => expect.unreachable(),
    });
  });
});
