/** A bot that answers from the real report with the small encoder, connected to a fake Discord. */
import path from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { readConfig } from "../../src/config.ts";
import type { Bot } from "../../src/discord/bot.ts";
import type { EncoderOptions } from "../../src/models/encoder/encoder.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openProgram } from "../../src/main.ts";
import type { Collection } from "../../src/collections/collection.ts";
import { flatten } from "./discordLimits.ts";
import type { Interaction } from "./discordPayloads.ts";
import { lettersOf, readMarkdown } from "./discordMarkdown.ts";
import { startFakeDiscord } from "./fakeDiscord.ts";
import type { FakeDiscord, SentRequest } from "./fakeDiscord.ts";
import type { StoredMessage } from "./fakeDiscordRest.ts";
import { SMALL_MODEL, runFolder, temporaryFolder } from "./folders.ts";
import { startLocalBot } from "./localBot.ts";
import { copyOfSmallIndex } from "./small.ts";
import { eventually } from "./eventually.ts";

/** All of a sentence of the report: quoted, it is found whatever the model. */
export const SENTENCE =
  "張濤帶頭抓“辦證難、老舊小區改造、無物業小區管理”三個“老大難”問題，推動解決辦證難問題3.5萬個，改造老舊小區41個，143個無物業小區納入統一管理，把民生實事辦到了老百姓的心坎上";

/** A collection, and the folder of its index. */
interface TestCollection extends Collection {
  readonly indexDir: string;
}

/** The report with the small encoder; whoever opens it closes it. */
export async function openTestCollection(
  encoderOptions: EncoderOptions = {},
): Promise<TestCollection> {
  const indexDir = path.join(await runFolder(), "index");
  const config = readConfig({ MODEL_DIR: SMALL_MODEL, INDEX_DIR: indexDir });
  await copyOfSmallIndex(config.reportsDir, indexDir);
  const onBuild = (why: string): never => {
    throw new Error(`the index that was built for all tests does not fit: ${why}`);
  };
  return { ...(await openProgram({ config, encoderOptions, onBuild })), indexDir };
}

export interface TestBot {
  readonly discord: FakeDiscord;
  readonly bot: Bot;
  readonly ledger: Ledger;
  readonly dataDir: string;
  /** The log's lines. */
  readonly log: readonly string[];
  /** Sends an interaction and waits for its answer, as it stands in the end. */
  readonly answerTo: (interaction: Interaction) => Promise<StoredMessage>;
  /** Waits for the request, at least the `count`th of its kind. */
  readonly request: (method: string, path: RegExp, count?: number) => Promise<SentRequest>;
}

/** Starts both; they end with the test, which fails if the bot sent what Discord would refuse. */
export async function startTestBot(
  collection: Collection,
  options: {
    readonly mentionChannels?: readonly string[];
    readonly siteUrl?: string;
    readonly now?: () => number;
  } = {},
): Promise<TestBot> {
  const discord = await startFakeDiscord();
  onTestFinished(() => discord.close());
  const dataDir = await temporaryFolder();
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => lines.push(line) });
  const { apiUrl } = discord;
  const { bot, ledger, close } = await startLocalBot({
    ...options,
    apiUrl,
    collection,
    dataDir,
    log,
  });
  onTestFinished(async () => {
    await close();
    if (discord.faults[0]) throw discord.faults[0];
  });
  const request: TestBot["request"] = (method, pattern, count = 1) =>
    eventually(() => requestOf(discord, method, pattern, count));
  const answerTo: TestBot["answerTo"] = async (interaction) => {
    discord.dispatch("INTERACTION_CREATE", interaction);
    return eventually(() => {
      const message = discord.answerTo(interaction.token);
      if (message) return message;
      throw new Error("the interaction has no answer");
    });
  };
  return { discord, bot, ledger, dataDir, log: lines, answerTo, request };
}

function requestOf(
  { requests }: FakeDiscord,
  method: string,
  pattern: RegExp,
  count: number,
): SentRequest {
  const wanted = requests.filter((it) => it.method === method && pattern.test(it.path))[count - 1];
  if (wanted) return wanted;
  const seen = requests.map((it) => `${it.method} ${it.path}`).join("\n");
  throw new Error(`the bot did not send ${method} ${pattern.source} ${count} times:\n${seen}`);
}

/** All that a reader sees of a message. */
export function textOf({ content, components }: StoredMessage): string {
  const texts = flatten(components).flatMap(({ content: it }) =>
    typeof it === "string" ? [it] : [],
  );
  return [...(typeof content === "string" && content !== "" ? [content] : []), ...texts]
    .map((it) => lettersOf(readMarkdown(it).lines))
    .join("\n");
}

/** The custom_ids of a message's buttons and menus, by their labels. */
export function buttonsOf({ components }: StoredMessage): Map<string, string> {
  return new Map(
    flatten(components).flatMap(({ label, custom_id: id }) =>
      typeof id === "string" ? [[typeof label === "string" ? label : "", id]] : [],
    ),
  );
}

/** Whether only one user sees it. */
export function isPrivate({ flags }: StoredMessage): boolean {
  return (Number(flags) & 64) !== 0;
}

/** The addresses that a message's link buttons open, by their labels. */
export function linksOf({ components }: StoredMessage): Map<string, string> {
  return new Map(
    flatten(components).flatMap(({ label, url }) =>
      typeof url === "string" && typeof label === "string" ? [[label, url]] : [],
    ),
  );
}
