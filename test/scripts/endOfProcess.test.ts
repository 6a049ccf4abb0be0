/** However the bot is told to end, and whatever it does at that moment: it ends with all its processes, with 0, and leaves nothing half written. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { slash } from "../support/discordPayloads.ts";
import { eventually } from "../support/eventually.ts";
import { TOKEN, startFakeDiscord } from "../support/fakeDiscord.ts";
import type { FakeDiscord } from "../support/fakeDiscord.ts";
import { SMALL_MODEL, folderWith, temporaryFolder } from "../support/folders.ts";
import { startScript } from "../support/process.ts";
import { childrenOf } from "../support/processMemory.ts";
import { copyOfSmallIndex } from "../support/small.ts";

const REPORT = "題目一則\n\n甲鎮新建公園三個。乙鎮改造小區41個，惠及居民。\n";

async function fake(): Promise<FakeDiscord> {
  const discord = await startFakeDiscord();
  onTestFinished(() => discord.close());
  return discord;
}

/** An index that is there, unless another report is to be read first. */
async function environment(
  apiUrl: string,
  more: Record<string, string> = {},
  report = REPORT,
): Promise<Record<string, string>> {
  const folder = await temporaryFolder();
  const reportsDir = await folderWith({ "a.txt": report });
  const indexDir = path.join(folder, "index");
  if (report === REPORT) await copyOfSmallIndex(reportsDir, indexDir);
  return {
    MODEL_DIR: SMALL_MODEL,
    REPORTS_DIR: reportsDir,
    INDEX_DIR: indexDir,
    DATA_DIR: path.join(folder, "data"),
    DISCORD_TOKEN: TOKEN,
    DISCORD_API_URL: apiUrl,
    ...more,
  };
}

/** A machine that takes every connection and never says a word. */
async function silentServer(): Promise<string> {
  const server = createServer((socket) => socket.on("error", () => undefined));
  onTestFinished(() => {
    server.close();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}/api`;
}

function familyOf(pid = NaN): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...familyOf(child)]);
}

async function expectGone(pids: readonly number[]): Promise<void> {
  await eventually(() => {
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
}

describe("a bot that is told to end", { timeout: 60_000 }, () => {
  it("while its index is built leaves that off", async () => {
    const { apiUrl } = await fake();
    const sentences = Array.from({ length: 12_000 }, (_, i) => `甲鎮第${i}號公園新建${7 * i}個。`);
    const env = await environment(apiUrl, {}, sentences.join("\n\n"));
    const { said, ended, kill, pid } = await startScript("start", [], { env });
    await said("Building the index");
    const family = familyOf(pid);
    kill("SIGTERM");
    const { code, stderr } = await ended;
    expect(stderr.replace(/^Building the index.*\n/u, "")).toBe("");
    expect(code).toBe(0);
    const indexDir = env["INDEX_DIR"] ?? "";
    expect(existsSync(indexDir) ? await readdir(indexDir) : []).toEqual([]);
    await expectGone(family);
  });

  it("while a report is read leaves that off, with the process that reads it", async () => {
    const { apiUrl } = await fake();
    const env = await environment(apiUrl);
    const markdown = "# 題目\n\n## 甲\n\n甲鎮新建公園三個。\n\n- 乙鎮改造小區。\n".repeat(60_000);
    const REPORTS_DIR = await folderWith({ "a.md": markdown });
    const { ended, kill, pid } = await startScript("start", [], { env: { ...env, REPORTS_DIR } });
    const family = await eventually(() => {
      const found = familyOf(pid);
      // The models' process, and the one that reads.
      expect(found).toHaveLength(2);
      return found;
    });
    kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
    await expectGone(family);
  });

  it("while it connects does not wait for that", async () => {
    const env = await environment(await silentServer());
    const { said, ended, kill, pid } = await startScript("start", [], { env });
    // The last word before it connects.
    await said("has no reader");
    await sleep(500);
    const family = familyOf(pid);
    kill("SIGINT");
    expect((await ended).code).toBe(0);
    await expectGone(family);
  });

  it("during an outage does not wait for its end", async () => {
    const discord = await startFakeDiscord();
    const env = await environment(discord.apiUrl);
    const { said, ended, kill, pid } = await startScript("start", [], { env });
    await said("Ready.");
    await discord.close();
    await sleep(1_000);
    const family = familyOf(pid);
    kill("SIGTERM");
    expect((await ended).code).toBe(0);
    await expectGone(family);
  });

  it("twice waits for no answer that is under way; but a terminal tells npm's child once by itself and once by npm", async () => {
    const discord = await fake();
    const env = await environment(discord.apiUrl);
    const { said, ended, kill, pid } = await startScript("start", [], { env });
    await said("Ready.");
    discord.holdNext("PATCH", /original/u);
    const asked = slash("ask", { question: "改造小區" });
    discord.dispatch("INTERACTION_CREATE", asked);
    await eventually(() => {
      expect(discord.requests.some(({ path: it }) => it.includes("original"))).toBe(true);
    });
    const family = familyOf(pid);
    kill("SIGINT");
    kill("SIGINT");
    await sleep(1_500);
    expect(familyOf(pid)).toEqual(family);
    const toldAt = performance.now();
    kill("SIGTERM");
    expect((await ended).code).toBe(0);
    // It would have waited for the answer.
    expect(performance.now() - toldAt).toBeLessThan(5_000);
    await expectGone(family);
  });

  it("while its shards start ends those that run and starts no more", async () => {
    const discord = await fake();
    const env = await environment(discord.apiUrl, { SHARDS: "3" });
    const { said, ended, kill, pid } = await startScript("start", [], { env });
    await said("Ready.");
    const family = familyOf(pid);
    kill("SIGTERM");
    expect((await ended).code).toBe(0);
    await expectGone(family);
    expect(discord.shards).toEqual([[0, 3]]);
    expect(discord.requests.filter(({ method }) => method === "CLOSE")).toHaveLength(1);
  });
});

describe("shards", { timeout: 60_000 }, () => {
  it("that fail end, of which the log tells, and are started again", async () => {
    const { apiUrl } = await fake();
    const env = await environment(apiUrl, { SHARDS: "1", MODEL_DIR: await temporaryFolder() });
    const { said, ended, kill } = await startScript("start", [], { env });
    await said('"shard":0,"how":"1","againInMs":0');
    await said('"shard":0,"how":"1","againInMs":5000');
    kill("SIGTERM");
    expect((await ended).code).toBe(0);
  });

  it("end where what started them was killed, and are started again where they end", async () => {
    const discord = await fake();
    const env = await environment(discord.apiUrl, { SHARDS: "1" });
    const { said, ended, kill, pid } = await startScript("start", [], { env });
    await said("Ready.");
    const [first = NaN] = childrenOf(pid ?? NaN);
    process.kill(first, "SIGKILL");
    const family = await eventually(() => {
      expect(discord.shards).toHaveLength(2);
      return familyOf(pid);
    });
    expect(family).not.toContain(first);
    kill("SIGKILL");
    await ended;
    await expectGone(family);
  });
});
