/** npm run draw-cards: the bot's cards as SVG, drawn from what it sends to a Discord on this machine, and an answer on a terminal. */
import path from "node:path";
import { mkdir, writeFile } from "node:fs/promises";
import { Command } from "commander";
import { openProgram } from "../../src/main.ts";
import { renderCard } from "../../src/terminal/answerText.ts";
import type { Collection } from "../../src/collections/collection.ts";
import { flatten } from "../../test/support/discordLimits.ts";
import { MODERATOR_RIGHTS, press, slash, submit } from "../../test/support/discordPayloads.ts";
import type { Interaction, MessagePayload } from "../../test/support/discordPayloads.ts";
import { startFakeDiscord } from "../../test/support/fakeDiscord.ts";
import type { FakeDiscord } from "../../test/support/fakeDiscord.ts";
import type { StoredMessage } from "../../test/support/fakeDiscordRest.ts";
import { startLocalBot } from "../../test/support/localBot.ts";
import { inTemporaryFolder } from "../../test/support/temporaryFolder.ts";
import { readSettings, runCommand } from "../command.ts";
import { drawMessage } from "./pictures/drawMessage.ts";
import { drawTerminal } from "./pictures/drawTerminal.ts";

const FOUND = "143个无物业小区后来怎么处理的？";
const FOLLOW_UP = "改造老旧小区呢";
const MAYBE = "Who is the mayor of Dingzhou?";
const NONE = "How do I bake sourdough bread?";
const UNANSWERED = [MAYBE, "¿Quién es el alcalde de Dingzhou?", "定州有几个高铁站？"];
const IN_ENGLISH = "What happened to the 143 residential areas without property management?";
const MODERATOR = { rights: MODERATOR_RIGHTS, name: "Mei", user: "400000000000000002" };

const PATIENCE_MS = 30_000;

const command = new Command("draw-cards")
  .description("Draws the bot's cards into a folder, as SVG.")
  .option("--out <DIR>", "the folder", "docs/cards")
  .action(async ({ out }: { out: string }) => {
    await mkdir(out, { recursive: true });
    await withBot(async (discord, collection) => {
      const answer = renderCard(await collection.ask(FOUND, { maxExcerpts: 2 }), true);
      const terminal = drawTerminal(`npm run ask -- "${FOUND}"`, answer);
      await writeFile(path.join(out, "terminal.svg"), terminal);
      for (const [name, message] of await collectCards(discord)) {
        await writeFile(path.join(out, `${name}.svg`), drawMessage(message));
      }
    });
  });

await runCommand(command);

/** The cards that README.md shows, by name. */
async function collectCards(discord: FakeDiscord): Promise<[name: string, message: unknown][]> {
  const found = await answerTo(discord, slash("ask", { question: FOUND }));
  const form = submit(buttonOf(found, "Follow up"), { question: FOLLOW_UP }, found);
  const followed = await answerTo(discord, form);
  const maybe = await answerTo(discord, slash("ask", { question: MAYBE }));
  const user = { user: "400000000000000003", locale: "zh-TW" };
  const none = await answerTo(discord, slash("ask", { question: NONE, private: true }, user));
  const context = await answerTo(discord, press(buttonOf(found, "Context"), found));
  await answerTo(discord, press(buttonOf(found, "Pin"), found, MODERATOR));
  const pins = await answerTo(discord, slash("pins", {}, MODERATOR));
  return [
    ...(await collectModeration(discord, [found, maybe])),
    ["found", found],
    ["followUp", followed],
    ["maybe", maybe],
    ["none", none],
    ["context", context],
    ["pinned", discord.messages.get(discord.pins[0] ?? "")],
    ["pins", pins],
  ];
}

/** What moderators do with two answers, one that was found and one that may not be there. */
async function collectModeration(
  discord: FakeDiscord,
  [found, maybe]: readonly [StoredMessage, StoredMessage],
): Promise<[name: string, message: unknown][]> {
  const approved = await answerTo(discord, press(buttonOf(found, "✓ Approve"), found, MODERATOR));
  const note = buttonOf(approved, "Note");
  const form = submit(note, { note: "Finished in 2021." }, approved, MODERATOR);
  const approval = await answerTo(discord, form);
  const asked = slash("ask", { question: IN_ENGLISH }, { user: "400000000000000004" });
  const verified = await answerTo(discord, asked);
  await answerTo(discord, press(buttonOf(maybe, "👎"), maybe));
  for (const [i, question] of UNANSWERED.entries()) {
    const user = `40000000000000001${i}`;
    await answerTo(discord, slash("ask", { question }, { user }));
  }
  const gaps = await answerTo(discord, slash("gaps", {}, MODERATOR));
  const digest = await answerTo(discord, slash("digest", {}, MODERATOR));
  const approvals = await answerTo(discord, slash("approved", {}, MODERATOR));
  return [
    ["approval", approval],
    ["verified", verified],
    ["gaps", gaps],
    ["digest", digest],
    ["approved", approvals],
  ];
}

async function answerTo(discord: FakeDiscord, interaction: Interaction): Promise<StoredMessage> {
  discord.dispatch("INTERACTION_CREATE", interaction);
  await discord.waitForAnswers([interaction.token], PATIENCE_MS);
  const message = discord.answerTo(interaction.token);
  if (!message) throw new Error("the bot does not answer");
  return message;
}

function buttonOf({ components }: MessagePayload, label: string): string {
  const found = flatten(components).find((it) => it.label === label)?.custom_id;
  if (typeof found !== "string") throw new Error(`the card has no button ${label}`);
  return found;
}

function withBot(
  work: (discord: FakeDiscord, collection: Collection) => Promise<void>,
): Promise<void> {
  return inTemporaryFolder(async (dataDir) => {
    const discord = await startFakeDiscord();
    const collection = await openProgram({ config: readSettings({}) });
    const bot = await startLocalBot({ apiUrl: discord.apiUrl, collection, dataDir });
    try {
      await work(discord, collection);
    } finally {
      await bot.close();
      await collection.close();
      await discord.close();
    }
  });
}
