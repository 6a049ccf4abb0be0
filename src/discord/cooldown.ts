/** Who asks too often. */
import { LRUCache } from "lru-cache";

/** How often one user or one channel may ask. */
interface CooldownOptions {
  /** Questions in a row that are taken at once. */
  readonly burst: number;
  /** Time until one more is taken, in milliseconds. */
  readonly refillMs: number;
  /** The clock, in milliseconds. */
  readonly now: () => number;
}

/** Counts questions by key; undefined if one may be asked now, else when, in milliseconds of the clock. */
type Cooldown = (key: string) => number | undefined;

/** What one user may ask: a few in a row, then one every few seconds; and all of a channel together. */
const USER_COOLDOWN = { burst: 3, refillMs: 5_000 };
const CHANNEL_COOLDOWN = { burst: 60, refillMs: 1_000 };

/** Users and channels that are remembered; whoever is forgotten may ask. */
const MAX_KEYS = 10_000;

/** Counts what users ask in channels; when a user may ask again there, in milliseconds of the clock, undefined if at once. */
export function limitAskers(
  now: () => number,
): (user: string, channel: string | null) => number | undefined {
  const ofUser = createCooldown({ ...USER_COOLDOWN, now });
  const ofChannel = createCooldown({ ...CHANNEL_COOLDOWN, now });
  return (user, channel) => ofUser(user) ?? (channel === null ? undefined : ofChannel(channel));
}

/** A token bucket for each key. */
export function createCooldown({ burst, refillMs, now }: CooldownOptions): Cooldown {
  /** When each key's bucket will be full again. */
  const fullAt = new LRUCache<string, number>({ max: MAX_KEYS });
  return (key) => {
    const at = now();
    const next = Math.max(at, fullAt.get(key) ?? at) + refillMs;
    const freeAt = next - burst * refillMs;
    if (freeAt > at) return freeAt;
    fullAt.set(key, next);
    return undefined;
  };
}
