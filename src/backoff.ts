/** How long to wait before something that ended is started again. */

/** All in milliseconds. */
export interface Backoff {
  /** The wait after the second short life in a row; each next one doubles it. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** What lived so long ended by chance: the next one is started at once, and the waits begin anew. */
  readonly steadyMs: number;
}

/** Counts short lives: told how long the last one was, says how long to wait before the next, 0 or more; both in milliseconds. */
export function prepareBackoff({
  firstMs,
  longestMs,
  steadyMs,
}: Backoff): (livedMs: number) => number {
  let shortLives = 0;
  return (livedMs) => {
    if (livedMs >= steadyMs) shortLives = 0;
    shortLives += 1;
    return shortLives === 1 ? 0 : Math.min(longestMs, firstMs * 2 ** (shortLives - 2));
  };
}
