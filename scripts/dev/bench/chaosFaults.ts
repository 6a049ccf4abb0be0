/** The faults of Discord that the chaos bench draws from. */
import type { FakeDiscord } from "../../../test/support/fakeDiscord.ts";

type Fault = (discord: FakeDiscord) => void;

/** An outage of the REST API lasts so long, in milliseconds. */
const OUTAGE_MS = 500;

const ANY = { method: /^(?!UPGRADE)/u, path: /^\/(?:channels|webhooks|interactions)/u };

const FAULTS: readonly Fault[] = [
  (discord) => {
    discord.failNext({ ...ANY, status: 503, isBare: true });
  },
  (discord) => {
    discord.failNext({ ...ANY, status: 429, retryAfterS: 1 });
  },
  (discord) => {
    discord.failNext({ ...ANY, status: 0 });
  },
  (discord) => {
    discord.failNext({ ...ANY, status: 0, isLost: true });
  },
  (discord) => {
    const end = discord.failWhile({ ...ANY, status: 502, isBare: true });
    setTimeout(end, OUTAGE_MS);
  },
  (discord) => {
    discord.dropConnection(0);
  },
  (discord) => {
    discord.dropConnection(4_000);
  },
  (discord) => {
    discord.sendOpcode(7, undefined);
  },
  (discord) => {
    discord.sendOpcode(9, true);
  },
  (discord) => {
    discord.failNext({ method: "UPGRADE", path: /./u, status: 503 });
    discord.dropConnection(4_000);
  },
];

/** Lets one happen. */
export function drawFault(discord: FakeDiscord, random: () => number): void {
  FAULTS[Math.floor(random() * FAULTS.length)]?.(discord);
}
