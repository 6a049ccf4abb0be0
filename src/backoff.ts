/** How long to wait before something that ended is started again. */

/** All in milliseconds. */
export interface Backoff {
  /** So many short lives in a row, 0 or more, are chance too: after them nothing is waited. */
  readonly freeLives: number;
  /** The wait after the first short life that is not free; each next one doubles it. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** What lived so long ended by chance: the count begins anew with it. */
  readonly steadyMs: number;
}

/** Counts short lives: told how long the last one was, says how long to wait before the next, 0 or more; both in milliseconds. */
export function prepareBackoff({
  freeLives,
  firstMs,
  longestMs,
  steadyMs,
}: Backoff): (livedMs: number) => number {
  let shortLives = 0;
  return (livedMs) => {
    if (livedMs >= steadyMs) shortLives = 0;
    shortLives += 1;
    if (shortLives <= freeLives) return 0;
    return Math.min(longestMs, firstMs * 2 ** (shortLives - freeLives - 1));
  };
}
