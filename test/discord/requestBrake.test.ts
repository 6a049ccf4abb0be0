/** The bot is not shut out by Discord for requests that are refused again and again. */
import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import { createClient } from "../../src/discord/gateway/client.ts";
import { prepareBrake } from "../../src/discord/gateway/requestBrake.ts";
import { IDS } from "../support/discordPayloads.ts";
import { TOKEN, startFakeDiscord } from "../support/fakeDiscord.ts";

const SILENT = pino({ level: "silent" });
const TEN_MINUTES_MS = 600_000;

/** discord.js tells of every so many refusals. */
const TOLD_AFTER = 100;

/** A client that talks to a fake Discord, and its log. */
async function client() {
  const discord = await startFakeDiscord();
  onTestFinished(() => discord.close());
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => lines.push(line) });
  const ending = createClient({ apiUrl: discord.apiUrl, intents: [], log });
  onTestFinished(ending.end);
  const rest = ending.client.rest.setToken(TOKEN);
  return { discord, rest, lines };
}

describe("requests", () => {
  it("that are refused slow down those that follow, which the log says; answers to interactions are not held", async () => {
    const { discord, rest, lines } = await client();
    discord.failWhile({ method: "GET", path: /^\/channels\//u, status: 403, code: 50_001 });
    while (lines.length === 0) {
      await expect(rest.get(`/channels/${IDS.channel}`)).rejects.toThrow("refused by the test");
    }
    expect(discord.requests.length).toBeLessThanOrEqual(TOLD_AFTER);
    expect(lines[0]).toContain("Discord refuses many requests: they are sent more slowly");
    const before = discord.requests.length;
    const heldBack: string[] = [];
    for (let i = 0; i < 100; i++) {
      rest.get(`/channels/${String(BigInt(IDS.channel) + BigInt(i))}`).catch((error: unknown) => {
        heldBack.push(String(error));
      });
    }
    const answer = `/webhooks/${IDS.bot}/token/messages/@original` as const;
    await expect(rest.get(answer)).rejects.toThrow("Unknown Webhook");
    expect(discord.requests.length - before).toBeLessThan(60);
    // What would have to wait too long is not sent at all.
    expect(heldBack.filter((it) => it.includes("held back")).length).toBeGreaterThan(20);
  });

  it("wait a while after a 429 that does not say how long, instead of coming again at once", async () => {
    const { discord, rest } = await client();
    const end = discord.failWhile({ method: "GET", path: /gateway/u, status: 429, isBare: true });
    const asked = rest.get("/gateway/bot");
    setTimeout(end, 300);
    await asked;
    expect(discord.requests.length).toBeLessThanOrEqual(2);
  });
});

describe("the brake", () => {
  it("keeps refusals below the limit, even if every request is refused as fast as it may be sent", async () => {
    let now = 0;
    const sleep = (ms: number) => Promise.resolve((now += ms));
    const brake = prepareBrake(SILENT, { now: () => now, sleep });
    let refused = 0;
    let windowEnd = TEN_MINUTES_MS;
    const most: number[] = [];
    while (most.length < 3) {
      await brake.pass().catch(() => (now += 1_000));
      now += 1;
      if (now >= windowEnd) {
        most.push(refused);
        refused = 0;
        windowEnd = now + TEN_MINUTES_MS;
      }
      refused += 1;
      if (refused % TOLD_AFTER === 0) {
        brake.slowDown({ count: refused, remainingTime: windowEnd - now });
      }
    }
    for (const count of most) expect(count).toBeLessThan(6_000);
    for (const count of most) expect(count).toBeGreaterThan(1_000);
  });

  it("is released when the ten minutes are over", async () => {
    let now = 0;
    const slept: number[] = [];
    const sleep = (ms: number) => Promise.resolve(slept.push(ms));
    const brake = prepareBrake(SILENT, { now: () => now, sleep });
    brake.slowDown({ count: 4_900, remainingTime: 60_000 });
    for (let i = 0; i < 5; i++) await brake.pass();
    expect(slept).toEqual([0, 600, 1_200, 1_800, 2_400]);
    now = 60_000;
    for (let i = 0; i < 5; i++) await brake.pass();
    expect(slept).toHaveLength(5);
  });

  it("lets nothing through that would have to wait longer than anybody does", async () => {
    const brake = prepareBrake(SILENT, { now: () => 0, sleep: () => Promise.resolve() });
    brake.slowDown({ count: 6_000, remainingTime: 60_000 });
    await brake.pass();
    await expect(brake.pass()).rejects.toThrow("held back");
  });
});
