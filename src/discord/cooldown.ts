import { LRUCache } from "lru-cache";

/** How often one user or one channel may ask. */
export interface CooldownOptions {
  /** Questions in a row that are taken at once. */
  readonly burst: number;
  /** Time until one more is taken, in milliseconds. */
  readonly refillMs: number;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
}

/** Counts questions by key; undefined if one may be asked now, else when, in milliseconds of the clock. */
export type Cooldown = (key: string) => number | undefined;

/** Users and channels that are remembered; whoever is forgotten may ask. */
const MAX_KEYS = 10_000;

/** A token bucket for each key. */
export function createCooldown({ burst, refillMs, now = Date.now }: CooldownOptions): Cooldown {
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
