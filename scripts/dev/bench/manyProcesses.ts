/** Several bot processes over one PostgreSQL, each told of every interaction: each must be handled once. */
import type { Config } from "../../../src/config.ts";
import { openDatabase } from "../../../src/ledger/database.ts";
import { MODERATOR_RIGHTS, press, slash, stranger } from "../../../test/support/discordPayloads.ts";
import type { Interaction } from "../../../test/support/discordPayloads.ts";
import { startFakeDiscord } from "../../../test/support/fakeDiscord.ts";
import type { FakeDiscord } from "../../../test/support/fakeDiscord.ts";
import type { StoredMessage } from "../../../test/support/fakeDiscordRest.ts";
import { startPostgres } from "../../../test/support/postgres.ts";
import { inTemporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { measured, noneOf } from "../measurements.ts";
import type { Measurement } from "../measurements.ts";
import { timesByToken } from "./answerTimes.ts";
import { botSettings, runScript } from "./scriptProcess.ts";
import type { ScriptProcess } from "./scriptProcess.ts";

const PROCESSES = 4;

/** Of ten interactions four are questions, three votes, two approvals, and one is told of a second time. */
const INTERACTIONS = 2_000;
const AT_ONCE = 20;

/** An answer that has not come after this will not. */
const PATIENCE_MS = 30_000;

/** Starts the processes, tells them of the interactions and counts what they did. */
export function shareAmongProcesses(
  config: Config,
  questions: readonly string[],
): Promise<Measurement[]> {
  return inTemporaryFolder(async (dataDir) => {
    const postgres = await startPostgres({ logLockWaitsFromMs: 1_000 });
    const databaseUrl = await postgres.newDatabase();
    const discord = await startFakeDiscord();
    const settings = {
      ...botSettings(config, { dataDir, apiUrl: discord.apiUrl }),
      DATABASE_URL: databaseUrl,
      // What is told here is what becomes of interactions, not of questions.
      READ_WINDOWS: "0",
    };
    const bots = Array.from({ length: PROCESSES }, () => runScript("start", settings));
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

async function ready({ child, said }: ScriptProcess): Promise<void> {
  await said("Ready.");
  // What goes wrong from now on is shown to whoever runs this.
  child.stderr?.pipe(process.stderr);
}

async function end({ child, ended }: ScriptProcess): Promise<void> {
  child.kill("SIGTERM");
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
