/** What goes wrong at Discord while the bot works; each heals by itself. */
import { IDS, MEMBER_RIGHTS } from "../../../../test/support/discordPayloads.ts";
import type { FakeDiscord } from "../../../../test/support/fakeDiscord.ts";

type Fault = (discord: FakeDiscord) => void;

/** What lasts, lasts so long, in milliseconds. */
const OUTAGE_MS = 500;

const REST = { method: /^(?!UPGRADE)/u, path: /^\/(?:channels|webhooks|interactions)/u };
const GATEWAY = { method: "GET", path: /^\/gateway\/bot/u };
const UPGRADE = { method: "UPGRADE", path: /./u };

/** Each by its name. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  "a 503 without a word": (discord) => {
    discord.failNext({ ...REST, status: 503, isBare: true });
  },
  "a 429": (discord) => {
    discord.failNext({ ...REST, status: 429, retryAfterS: 1 });
  },
  "a socket that closes": (discord) => {
    discord.failNext({ ...REST, status: 0 });
  },
  "an answer that is lost": (discord) => {
    discord.failNext({ ...REST, status: 0, isLost: true });
  },
  "a 502 that follows what was done": (discord) => {
    discord.failNext({ ...REST, status: 502, isBare: true, isLost: true });
  },
  "an outage of the API": (discord) => {
    setTimeout(discord.failWhile({ ...REST, status: 502, isBare: true }), OUTAGE_MS);
  },
  "a message that is deleted": (discord) => {
    const last = [...discord.messages.keys()].at(-1);
    if (last !== undefined) discord.deleteMessage(last);
  },
  "rights that are taken away": ({ rights }) => {
    rights.set(IDS.channel, MEMBER_RIGHTS);
    setTimeout(() => rights.delete(IDS.channel), OUTAGE_MS);
  },
  "a connection that is cut": (discord) => {
    discord.dropConnection(0);
  },
  "a connection that is closed": (discord) => {
    discord.dropConnection(4_000);
  },
  "a session that has timed out": (discord) => {
    discord.dropConnection(4_009);
  },
  "a wish to reconnect": (discord) => {
    discord.sendOpcode(7, undefined);
  },
  "a session that can be resumed": (discord) => {
    discord.sendOpcode(9, true);
  },
  "a session that is lost": (discord) => {
    discord.sendOpcode(9, false);
  },
  "a gateway that refuses": (discord) => {
    discord.failNext({ ...UPGRADE, status: 503 });
    discord.dropConnection(4_000);
  },
  "a session and the gateway's address that are lost": (discord) => {
    discord.failNext({ ...GATEWAY, status: 500, isBare: true });
    discord.sendOpcode(9, false);
  },
};
