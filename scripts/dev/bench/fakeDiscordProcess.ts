/** A fake Discord in a process of its own, so that its work does not count as the bot's; it is told what to ask over IPC. */
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { slash, stranger } from "../../../test/support/discordPayloads.ts";
import { startFakeDiscord } from "../../../test/support/fakeDiscord.ts";
import { timesByToken } from "./answerTimes.ts";
import { Wave } from "./fakeDiscordLink.ts";
import type { WaveResult } from "./fakeDiscordLink.ts";

/** An answer that has not come after this will not. */
const PATIENCE_MS = 30_000;

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
    const interaction = slash("ask", { question }, stranger(++asked));
    const atMs = discord.now();
    discord.dispatch("INTERACTION_CREATE", interaction);
    return { token: interaction.token, atMs };
  });
  const tokens = sent.map(({ token }) => token);
  await discord.waitForAnswers(tokens, PATIENCE_MS);
  await sleep(AFTERMATH_MS);
  const times = timesByToken(discord, firstRequest);
  const of = (token: string) => times.get(token) ?? { acknowledged: [], answered: [] };
  return {
    acknowledgedMs: sent.flatMap(({ token, atMs }) =>
      of(token).acknowledged.map((it) => it - atMs),
    ),
    answeredMs: sent.flatMap(({ token, atMs }) => of(token).answered.map((it) => it - atMs)),
    unanswered: tokens.filter((token) => !discord.answerTo(token)).length,
    doubled: tokens.filter(
      (token) => of(token).acknowledged.length > 1 || of(token).answered.length > 1,
    ).length,
    refused: discord.faults.length,
  };
}
