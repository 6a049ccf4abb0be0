/** Several bot processes over one PostgreSQL, each told of every interaction: each must be handled once. */
import path from "node:path";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Config } from "../../../src/config.ts";
import { openDatabase } from "../../../src/ledger/database.ts";
import { MODERATOR_RIGHTS, press, slash, stranger } from "../../../test/support/discordPayloads.ts";
import type { Interaction } from "../../../test/support/discordPayloads.ts";
import { hear } from "../../../test/support/childOutput.ts";
import { TOKEN, startFakeDiscord } from "../../../test/support/fakeDiscord.ts";
import type { FakeDiscord } from "../../../test/support/fakeDiscord.ts";
import type { StoredMessage } from "../../../test/support/fakeDiscordRest.ts";
import { startPostgres } from "../../../test/support/postgres.ts";
import { inTemporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { measured, noneOf } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { timesByToken } from "./answerTimes.ts";

const PROCESSES = 4;

/** Of ten interactions four are questions, three votes, two approvals, and one is told of a second time. */
const INTERACTIONS = 2_000;
const AT_ONCE = 20;

/** An answer that has not come after this will not. */
const PATIENCE_MS = 30_000;

const START = path.resolve("scripts/verbatim.cjs");

/** Starts the processes, tells them of the interactions and counts what they did. */
export function shareAmongProcesses(
  config: Config,
  questions: readonly string[],
): Promise<Measurement[]> {
  return inTemporaryFolder(async (dataDir) => {
    const postgres = await startPostgres({ logLockWaitsFromMs: 1_000 });
    const databaseUrl = await postgres.newDatabase();
    const discord = await startFakeDiscord();
    const env = environment(config, { dataDir, databaseUrl, apiUrl: discord.apiUrl });
    const bots = Array.from({ length: PROCESSES }, () =>
      spawn(process.execPath, [START, "start"], { env, stdio: ["ignore", "ignore", "pipe"] }),
    );
    try {
      await Promise.all(bots.map(ready));
      const started = performance.now();
      const sent = await sendAll(discord, questions);
      const seconds = (performance.now() - started) / 1e3;
      const name = `4 processes, ${sent.length} interactions`;
      return [
        ...noneOf(name, {
          ...countAnswers(discord, sent),
          "rows missing or too many": await miscount(databaseUrl, sent),
          "messages that Discord would refuse": discord.faults.length,
          "lock waits over 1 s": postgres.lockWaits(),
        }),
        measured(`${name}: all of them`, seconds, "s"),
      ];
    } finally {
      await Promise.all(bots.map(end));
      await discord.close();
      await postgres.stop();
    }
  });
}

function environment(
  { modelDir, reportsDir, indexDir }: Config,
  { dataDir, databaseUrl, apiUrl }: Readonly<Record<"dataDir" | "databaseUrl" | "apiUrl", string>>,
): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    MODEL_DIR: path.resolve(modelDir),
    REPORTS_DIR: path.resolve(reportsDir),
    INDEX_DIR: path.resolve(indexDir),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    // What is told here is what becomes of interactions, not of questions.
    READ_WINDOWS: "0",
    DISCORD_TOKEN: TOKEN,
    DISCORD_API_URL: apiUrl,
  };
}

async function ready(bot: ChildProcess): Promise<void> {
  await hear(bot).said("Ready.");
  // What goes wrong from now on is shown to whoever runs this.
  bot.stderr?.pipe(process.stderr);
}

async function end(bot: ChildProcess): Promise<void> {
  if (bot.exitCode !== null) return;
  const ended = once(bot, "exit");
  bot.kill("SIGTERM");
  await ended;
}

type Kind = "question" | "vote" | "approval";

interface Sent {
  readonly kind: Kind;
  readonly interaction: Interaction;
}

async function sendAll(discord: FakeDiscord, questions: readonly string[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  const answers: StoredMessage[] = [];
  for (let i = 0; i < INTERACTIONS; i += AT_ONCE) {
    const wave = Array.from({ length: AT_ONCE }, (_, k) =>
      interactionFor(i + k, questions, answers),
    );
    const repeated = sent.slice(-AT_ONCE).filter((_, k) => k % 10 === 0);
    for (const { interaction } of [...wave, ...repeated]) {
      discord.dispatchToAll("INTERACTION_CREATE", interaction);
    }
    await discord.waitForAnswers(
      wave.map(({ interaction }) => interaction.token),
      PATIENCE_MS,
    );
    sent.push(...wave);
    for (const { kind, interaction } of wave) {
      const answer = discord.answerTo(interaction.token);
      if (kind === "question" && answer) answers.push(answer);
    }
  }
  return sent;
}

/** Votes and approvals are about the answers so far, each about another one. */
function interactionFor(
  i: number,
  questions: readonly string[],
  answers: readonly StoredMessage[],
): Sent {
  const { user, channel } = stranger(i);
  const kind = (["question", "vote", "question", "approval", "vote"] as const)[i % 5] ?? "question";
  const answer = answers[Math.floor(i / 5)];
  if (kind === "question" || answer === undefined) {
    const question = `${questions[i % questions.length] ?? ""} ${i}`;
    return { kind: "question", interaction: slash("ask", { question }, { user, channel }) };
  }
  return kind === "vote"
    ? { kind, interaction: press("v1:vote:up", answer, { user }) }
    : {
        kind,
        interaction: press(approveButton(answer), answer, { user, rights: MODERATOR_RIGHTS }),
      };
}

/** The button of the answer; one that shows no passage has none, and the press is refused. */
function approveButton(answer: StoredMessage): string {
  return /v1:approve:[a-z2-7]{8}/u.exec(JSON.stringify(answer))?.[0] ?? "v1:approve:aaaaaaaa";
}

function countAnswers(discord: FakeDiscord, sent: readonly Sent[]) {
  // Each process acknowledges, of which Discord takes one; only one of them is to answer.
  const tokens = sent.map(({ interaction }) => interaction.token);
  const times = timesByToken(discord);
  return {
    unanswered: tokens.filter((token) => !discord.answerTo(token)).length,
    "not handled once": tokens.filter((token) => times.get(token)?.answered.length !== 1).length,
  };
}

/** Each question has its row, each vote its own, each approval its row in the audit. */
async function miscount(databaseUrl: string, sent: readonly Sent[]): Promise<number> {
  const database = await openDatabase({ dataDir: "", databaseUrl });
  const rows = async (table: "answers" | "votes" | "audit"): Promise<number> =>
    (
      await database
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow()
    ).count;
  const expected = (kind: Kind): number => sent.filter((it) => it.kind === kind).length;
  const unapprovable = sent.filter(
    ({ kind, interaction }) =>
      kind === "approval" && JSON.stringify(interaction["data"]).includes("aaaaaaaa"),
  ).length;
  const difference =
    Math.abs((await rows("answers")) - expected("question")) +
    Math.abs((await rows("votes")) - expected("vote")) +
    Math.abs((await rows("audit")) - (expected("approval") - unapprovable));
  await database.destroy();
  return difference;
}
