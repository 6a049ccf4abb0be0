/** What is in use now, and can be replaced while it is used. */
export interface HotSwap<T> {
  readonly current: T;
  /** Works with what is current at the beginning, which stays until the work is done. */
  use<Result>(work: (current: T) => Promise<Result>): Promise<Result>;
  /** Whoever begins from now on uses `next`. */
  replace(next: T): void;
  /** Lets go of the last one, when nobody uses it any more. */
  close(): void;
}

/** Holds something that must be closed once it was replaced and its last user is done. */
export function createHotSwap<T>(first: T, close: (it: T) => void): HotSwap<T> {
  let held = { it: first, users: 1 };
  const release = (from: typeof held): void => {
    from.users--;
    if (from.users === 0) close(from.it);
  };
  return {
    get current() {
      return held.it;
    },
    use: async (work) => {
      const mine = held;
      mine.users++;
      try {
        return await work(mine.it);
      } finally {
        release(mine);
      }
    },
    replace: (next) => {
      const before = held;
      held = { it: next, users: 1 };
      release(before);
    },
    close: () => {
      release(held);
    },
  };
}
