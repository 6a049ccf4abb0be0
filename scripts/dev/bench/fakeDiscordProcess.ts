/** A fake Discord in a process of its own, so that its work does not count as the bot's; it is told what to ask over IPC. */
import * as v from "valibot";
import { slash } from "../../../test/support/discordPayloads.ts";
import { startFakeDiscord } from "../../../test/support/fakeDiscord.ts";
import type { FakeDiscord } from "../../../test/support/fakeDiscord.ts";
import { Wave } from "./fakeDiscordLink.ts";
import type { WaveResult } from "./fakeDiscordLink.ts";

/** An answer that has not come after this will not. */
const PATIENCE_MS = 30_000;
const POLL_MS = 5;

/** After the last answer, so long for one too many. */
const AFTERMATH_MS = 100;

const discord = await startFakeDiscord();
process.send?.({ apiUrl: discord.apiUrl });
process.on("message", (message) => {
  void ask(v.parse(Wave, message)).then((result) => process.send?.(result));
});
process.once("disconnect", () => {
  void discord.close();
});

let asked = 0;

/** Asks all questions at once, each by another user in another channel, and waits for their answers. */
async function ask({ questions }: Wave): Promise<WaveResult> {
  const firstRequest = discord.requests.length;
  const sent = questions.map((question) => {
    const number = BigInt(++asked);
    const interaction = slash(
      "ask",
      { question },
      {
        user: String(410_000_000_000_000_000n + number),
        channel: String(310_000_000_000_000_000n + number),
      },
    );
    const atMs = discord.now();
    discord.dispatch("INTERACTION_CREATE", interaction);
    return { token: interaction.token, atMs };
  });
  const deadline = discord.now() + PATIENCE_MS;
  while (discord.now() < deadline && sent.some(({ token }) => !discord.answerTo(token))) {
    await sleep(POLL_MS);
  }
  await sleep(AFTERMATH_MS);
  const times = requestsByToken(discord, firstRequest);
  const of = (token: string) => times.get(token) ?? { acknowledged: [], answered: [] };
  return {
    acknowledgedMs: sent.flatMap(({ token, atMs }) =>
      of(token).acknowledged.map((it) => it - atMs),
    ),
    answeredMs: sent.flatMap(({ token, atMs }) => of(token).answered.map((it) => it - atMs)),
    unanswered: sent.filter(({ token }) => !discord.answerTo(token)).length,
    doubled: sent.filter(
      ({ token }) => of(token).acknowledged.length > 1 || of(token).answered.length > 1,
    ).length,
    refused: discord.faults.length,
  };
}

interface Times {
  readonly acknowledged: number[];
  readonly answered: number[];
}

function requestsByToken({ requests }: FakeDiscord, from: number): ReadonlyMap<string, Times> {
  const times = new Map<string, Times>();
  for (const { path, atMs } of requests.slice(from)) {
    const [, , , token = ""] = path.split("/");
    const known = times.get(token) ?? { acknowledged: [], answered: [] };
    if (path.startsWith("/interactions/")) known.acknowledged.push(atMs);
    else if (path.startsWith("/webhooks/")) known.answered.push(atMs);
    times.set(token, known);
  }
  return times;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
