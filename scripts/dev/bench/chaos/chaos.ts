/** The bot in its own processes while Discord fails, its models are killed, it is killed itself and its index is switched: what is lost or doubled. */
import path from "node:path";
import { cp, mkdir, rm } from "node:fs/promises";
import type { Config } from "../../../../src/config.ts";
import { openDatabase } from "../../../../src/ledger/database.ts";
import { IDS } from "../../../../test/support/discordPayloads.ts";
import { startFakeDiscord } from "../../../../test/support/fakeDiscord.ts";
import type { FakeDiscord } from "../../../../test/support/fakeDiscord.ts";
import { startPostgres } from "../../../../test/support/postgres.ts";
import { seededRandom } from "../../../../test/support/seed.ts";
import { inTemporaryFolder } from "../../../../test/support/temporaryFolder.ts";
import type { Measurement } from "../../measurements.ts";
import { botSettings } from "../scriptProcess.ts";
import type { Settings } from "../scriptProcess.ts";
import { Bots } from "./bots.ts";
import { drawPlan } from "./plan.ts";
import { ChaosRun } from "./run.ts";
import { judge } from "./verdict.ts";

/** What is drawn, how often, and over which ledger: SQLite is used by one process, PostgreSQL by three. */
export interface Chaos {
  readonly seed: number;
  readonly events: number;
  readonly database: "sqlite" | "postgres";
}

const PROCESSES = { sqlite: 1, postgres: 3 } as const;

const LOGS = path.resolve(".cache/chaos");

/** Lets the bot work through so many events. */
export function measureChaos(
  config: Config,
  questions: readonly string[],
  { seed, events, database }: Chaos,
): Promise<Measurement[]> {
  const plan = drawPlan(seededRandom(seed), events, questions);
  return inTemporaryFolder(async (folder) => {
    const discord = await startFakeDiscord();
    const postgres = database === "postgres" ? await startPostgres({}) : undefined;
    const databaseUrl = await postgres?.newDatabase();
    const settings = await settingsIn(folder, config, { discord, databaseUrl });
    const bots = new Bots(settings, await freshLog(`${database}-${seed}.log`));
    try {
      for (let i = 0; i < PROCESSES[database]; i++) await bots.start();
      const run = new ChaosRun(discord, bots, path.join(folder, "reports"));
      const rows = await run.measure(plan);
      const claimed = await claimsIn({ dataDir: path.join(folder, "data"), databaseUrl });
      return [...judge(discord, run.sent, claimed), ...rows];
    } finally {
      bots.kill();
      await discord.close();
      await postgres?.stop();
    }
  });
}

/** Where the bots' log of a run stands afterwards. */
async function freshLog(name: string): Promise<string> {
  await mkdir(LOGS, { recursive: true });
  const file = path.join(LOGS, name);
  await rm(file, { force: true });
  return file;
}

/** Reports and index are copies, since the index is switched. */
async function settingsIn(
  folder: string,
  config: Config,
  {
    discord,
    databaseUrl,
  }: { readonly discord: FakeDiscord; readonly databaseUrl?: string | undefined },
): Promise<Settings> {
  const at = (name: string): string => path.join(folder, name);
  const copies = { ...config, reportsDir: at("reports"), indexDir: at("index") };
  await cp(config.reportsDir, copies.reportsDir, { recursive: true });
  await cp(config.indexDir, copies.indexDir, { recursive: true });
  return {
    ...botSettings(copies, { dataDir: at("data"), apiUrl: discord.apiUrl }),
    DISCORD_MENTION_CHANNELS: IDS.channel,
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  };
}

async function claimsIn(where: Parameters<typeof openDatabase>[0]): Promise<ReadonlySet<string>> {
  const ledger = await openDatabase(where);
  const claims = await ledger.selectFrom("claims").select("name").execute();
  await ledger.destroy();
  return new Set(claims.map(({ name }) => name));
}
