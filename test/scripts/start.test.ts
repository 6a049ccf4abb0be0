/** npm start and npm run deploy-commands, as processes. */
import path from "node:path";
import { writeFile } from "node:fs/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { slash } from "../support/discordPayloads.ts";
import { TOKEN, startFakeDiscord } from "../support/fakeDiscord.ts";
import type { FakeDiscord } from "../support/fakeDiscord.ts";
import { SMALL_MODEL, folderWith, temporaryFolder } from "../support/folders.ts";
import { runScript, startScript } from "../support/process.ts";
import { childrenOf } from "../support/processMemory.ts";
import { copyOfSmallIndex } from "../support/small.ts";
import { textOf } from "../support/testBot.ts";
import { eventually } from "../support/eventually.ts";

const REPORT = "題目一則\n\n甲鎮新建公園三個。乙鎮改造小區41個，惠及居民。\n";

async function fake(): Promise<FakeDiscord> {
  const discord = await startFakeDiscord();
  onTestFinished(() => discord.close());
  return discord;
}

async function environment(more: Record<string, string> = {}): Promise<Record<string, string>> {
  const folder = await temporaryFolder();
  return {
    MODEL_DIR: SMALL_MODEL,
    REPORTS_DIR: await folderWith({ "a.txt": REPORT }),
    INDEX_DIR: path.join(folder, "index"),
    DATA_DIR: path.join(folder, "data"),
    // An empty line hides what the machine's own .env may say.
    DISCORD_TOKEN: "",
    ...more,
  };
}

/** The same, with the index that the first start would have built. */
async function indexed(more: Record<string, string> = {}): Promise<Record<string, string>> {
  const env = await environment(more);
  await copyOfSmallIndex(env["REPORTS_DIR"] ?? "", env["INDEX_DIR"] ?? "");
  return env;
}

/** What one user asks is limited. */
let lastUser = 410_000_000_000_000_000n;
const newUser = (): string => String(++lastUser);

describe("npm start", { timeout: 60_000 }, () => {
  it("without a token says so and opens the prompt", async () => {
    const { code, stdout, stderr } = await runScript("start", [], {
      env: await environment(),
      input: "改造小區41個\n",
    });
    expect(stderr).toContain("DISCORD_TOKEN is not set");
    expect(stdout).toContain("乙鎮改造小區41個，惠及居民。");
    expect(code).toBe(0);
  });

  it("gives the link with the least permissions, and at SIGTERM finishes the answer under way", async () => {
    const discord = await fake();
    const { said, ended, kill } = await startScript("start", [], {
      env: await indexed({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.apiUrl }),
    });
    await said("permissions=2252074691660800");
    const release = discord.holdNext("POST", /callback/u);
    const asked = slash("ask", { question: "改造小區41個" });
    discord.dispatch("INTERACTION_CREATE", asked);
    await eventually(() => {
      expect(discord.requests.some(({ path: it }) => it.includes("callback"))).toBe(true);
    });
    kill("SIGTERM");
    release();
    const { code, stdout, stderr } = await ended;
    const answer = discord.answerTo(asked.token);
    expect(answer && textOf(answer)).toContain("乙鎮改造小區41個，惠及居民。");
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain(TOKEN);
    expect(discord.faults).toEqual([]);
  });

  it("outlives its models' process, and takes it along when it is killed itself", async () => {
    const discord = await fake();
    const {
      said,
      ended,
      kill,
      pid = NaN,
    } = await startScript("start", [], {
      env: await indexed({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.apiUrl }),
    });
    await said("Ready.");
    const [first = NaN] = childrenOf(pid);
    process.kill(first, "SIGKILL");
    const asked = slash("ask", { question: "改造小區" }, { user: newUser() });
    discord.dispatch("INTERACTION_CREATE", asked);
    const answer = await eventually(() => {
      const found = discord.answerTo(asked.token);
      if (found === undefined) throw new Error("there is no answer yet");
      return found;
    });
    expect(textOf(answer)).toContain("乙鎮改造小區41個");
    const [second = NaN] = childrenOf(pid);
    expect(second).not.toBe(first);
    kill("SIGKILL");
    expect((await ended).signal).toBe("SIGKILL");
    await eventually(() => {
      expect(() => process.kill(second, 0)).toThrow("ESRCH");
    });
  });

  it("says why Discord refuses it and when it tries again, and still ends at SIGTERM", async () => {
    const discord = await fake();
    discord.refuseIdentify(4014);
    const { said, ended, kill } = await startScript("start", [], {
      env: await indexed({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.apiUrl }),
    });
    await said("Trying again in 5 s.");
    kill("SIGTERM");
    const { code, stderr } = await ended;
    expect(stderr).toContain(
      "Discord refuses the bot (Error: Used disallowed intents): check DISCORD_TOKEN",
    );
    expect(code).toBe(0);
  });

  it("tells a network that is down from a refusal", async () => {
    const { said, ended, kill } = await startScript("start", [], {
      env: await indexed({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: "http://127.0.0.1:9/api" }),
    });
    await said("check the network, and DISCORD_API_URL. Trying again in 5 s.");
    kill("SIGTERM");
    expect((await ended).code).toBe(0);
  });

  it("switches to a new index without a pause, and back", async () => {
    const discord = await fake();
    const env = await indexed({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.apiUrl });
    const { said, ended, kill } = await startScript("start", [], { env });
    await said("Ready.");
    await writeFile(
      path.join(env["REPORTS_DIR"] ?? "", "b.txt"),
      "題目二則\n\n丙鎮新建學校七所。\n",
    );
    const ask = async (): Promise<string> => {
      const asked = slash("ask", { question: "丙鎮新建學校七所" }, { user: newUser() });
      discord.dispatch("INTERACTION_CREATE", asked);
      return eventually(() => {
        const answer = discord.answerTo(asked.token);
        if (answer === undefined) throw new Error("no answer yet");
        return textOf(answer);
      });
    };
    expect(await ask()).not.toContain("七所。");
    expect((await runScript("index", [], { env })).stderr).toContain("2 reports");
    await said("A new index is in use.");
    expect(await ask()).toContain("丙鎮新建學校七所。");
    const back = await runScript("index", ["--rollback"], { env });
    expect(back.stderr).toBe("The index is back in use: 1 report, 3 passages, 3 sentences.\n");
    await eventually(async () => {
      expect(await ask()).not.toContain("七所。");
    });
    kill("SIGTERM");
    expect((await ended).code).toBe(0);
  });

  it("runs the shards of this machine, each in a process of its own, and ends them; the token is in a file", async () => {
    const discord = await fake();
    const folder = await folderWith({ discord_token: `${TOKEN}\n` });
    const env = await environment({
      DISCORD_TOKEN_FILE: path.join(folder, "discord_token"),
      DISCORD_API_URL: discord.apiUrl,
    });
    const { ended, kill } = await startScript("start", [], { env: { ...env, SHARDS: "1-2/4" } });
    await eventually(() => {
      // The first that is started need not be the first that connects.
      expect(new Set(discord.shards.map(String))).toEqual(new Set(["1,4", "2,4"]));
    });
    const asked = slash("ask", { question: "改造小區41個" });
    discord.dispatchToAll("INTERACTION_CREATE", asked);
    await eventually(() => {
      const answer = discord.answerTo(asked.token);
      expect(answer && textOf(answer)).toContain("乙鎮改造小區41個，惠及居民。");
    });
    const toldAt = performance.now();
    kill("SIGTERM");
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    // By themselves: after 16 seconds they would be killed.
    expect(performance.now() - toldAt).toBeLessThan(15_000);
    expect(stderr.match(/Ready\./gu)).toHaveLength(2);
    // Each acknowledges, of which Discord takes one; one of them answers.
    const answers = discord.requests.filter(({ path: it }) => it.endsWith("/messages/@original"));
    expect(answers).toHaveLength(1);
    expect(discord.requests.filter(({ method }) => method === "CLOSE")).toHaveLength(2);
  });

  it("names a setting that cannot be used", async () => {
    const env = await environment({ DISCORD_TOKEN: TOKEN, DISCORD_MENTION_CHANNELS: "general" });
    const { code, stderr } = await runScript("start", [], { env });
    expect(stderr).toContain("DISCORD_MENTION_CHANNELS");
    expect(stderr).toContain(".env.example");
    expect(code).toBe(1);
  });
});

describe("npm run deploy-commands", () => {
  it.each([
    ["", "/applications/100000000000000001/commands", "15 commands are registered in all servers."],
    [
      "200000000000000001",
      "/applications/100000000000000001/guilds/200000000000000001/commands",
      "in the server 200000000000000001.",
    ],
  ])("registers all commands, server %j", async (guild, where, told) => {
    const discord = await fake();
    const env = await environment({
      DISCORD_TOKEN: TOKEN,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_GUILD_ID: guild,
    });
    const { code, stdout } = await runScript("deploy-commands", [], { env });
    expect(stdout).toContain(told);
    expect(code).toBe(0);
    expect(discord.requests.at(-1)).toMatchObject({ method: "PUT", path: where });
  });

  it("says what is missing, or refused", async () => {
    const without = await runScript("deploy-commands", [], { env: await environment() });
    expect(without.stderr).toBe("DISCORD_TOKEN is not set: put it into .env, see .env.example.\n");
    expect(without.code).toBe(1);
    const discord = await fake();
    discord.failNext({ method: "GET", path: /applications/u, status: 401, code: 0 });
    const env = await environment({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.apiUrl });
    const refused = await runScript("deploy-commands", [], { env });
    expect(refused.stderr).toBe(
      "Discord did not take the commands (DiscordAPIError[0]: refused by the test): check DISCORD_TOKEN and DISCORD_GUILD_ID.\n",
    );
    expect(refused.code).toBe(1);
    const nowhere = await environment({
      DISCORD_TOKEN: TOKEN,
      DISCORD_API_URL: "http://127.0.0.1:9/api",
    });
    const unreached = await runScript("deploy-commands", [], { env: nowhere });
    expect(unreached.stderr).toContain("check the network, and DISCORD_API_URL.");
  });
});
