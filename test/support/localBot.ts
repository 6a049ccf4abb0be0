import { startBot } from "../../src/discord/bot.ts";
import type { Bot } from "../../src/discord/bot.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { createLog } from "../../src/log.ts";
import { TOKEN } from "./fakeDiscord.ts";

type BotOptions = Parameters<typeof startBot>[0];

/** A bot that is connected to a Discord on this machine, with a ledger of its own. */
interface LocalBot {
  readonly bot: Bot;
  readonly ledger: Ledger;
  readonly close: () => Promise<void>;
}

/** Starts a bot beside a fake Discord; whoever starts it closes it, and then what it answers from. */
export async function startLocalBot({
  dataDir,
  ...options
}: { readonly dataDir: string } & Pick<BotOptions, "apiUrl" | "collection"> &
  Partial<BotOptions>): Promise<LocalBot> {
  const ledger = await openLedger({ dataDir, retentionDays: 30 });
  const log = createLog("warn");
  const bot = await startBot({ token: TOKEN, ledger, mentionChannels: [], log, ...options });
  const close = async (): Promise<void> => {
    await bot.close(1_000);
    await ledger.close();
  };
  return { bot, ledger, close };
}
