/** What must happen once, however many processes are asked for it. */
import type { Database } from "./database.ts";
import { OWNER, hasEnded } from "./owner.ts";

/** Where an answer is awaited. */
export interface Awaited {
  /** With which Discord takes the answer. */
  readonly token: string;
  /** The asker's language, as Discord names it. */
  readonly locale: string;
}

/** An answer that is awaited, and of what. */
export interface Abandoned extends Awaited {
  /** The name that it was claimed by. */
  readonly name: string;
}

/** What processes have taken, by name. */
export interface Claims {
  /** Takes what has this name; false if somebody took it before. `awaited` is kept until it is settled. */
  take(name: string, at: number, awaited?: Awaited): Promise<boolean>;
  /** Forgets where the answer was awaited: it was given. */
  settle(name: string): Promise<void>;
  /**
   * Takes over the answers that nobody will give any more; of several processes one takes each. Whoever takes one settles it; one that is
   * not settled is taken again when it is a minute old. Those that Discord would refuse are forgotten.
   */
  takeAbandoned(now: number): Promise<Abandoned[]>;
  /** Gives it back: it was not done after all. */
  release(name: string): Promise<void>;
  /** Forgets claims from before a time; how many. */
  forget(before: number): Promise<number>;
}

/** Discord takes an answer for so long, in milliseconds, less the time to send it. */
const AWAITED_MS = 14.5 * 60_000;

/** A process that lives, or may, has given its answer after this time, in milliseconds: a question has far less. */
const LONGEST_ANSWER_MS = 60_000;

/** Claims in a database: a unique name decides between processes. */
export function prepareClaims(database: Database): Claims {
  return {
    take: async (name, at, awaited) => {
      const { token = null, locale = null } = awaited ?? {};
      const taken = await database
        .insertInto("claims")
        .values({ name, at, owner: OWNER, token, locale })
        .onConflict((conflict) => conflict.column("name").doNothing())
        .returning("name")
        .executeTakeFirst();
      return taken !== undefined;
    },
    settle: async (name) => {
      await database.updateTable("claims").set({ token: null }).where("name", "=", name).execute();
    },
    takeAbandoned: (now) => takeAbandoned(database, now),
    release: async (name) => {
      await database.deleteFrom("claims").where("name", "=", name).execute();
    },
    forget: async (before) => {
      const { numDeletedRows } = await database
        .deleteFrom("claims")
        .where("at", "<", before)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

async function takeAbandoned(database: Database, now: number): Promise<Abandoned[]> {
  const underWay = await database
    .selectFrom("claims")
    .select(["name", "at", "owner", "token", "locale"])
    .where("token", "is not", null)
    .execute();
  const abandoned: Abandoned[] = [];
  for (const { name, at, owner, token, locale } of underWay) {
    const isAbandoned = at < now - LONGEST_ANSWER_MS || (owner !== null && hasEnded(owner));
    if (!isAbandoned) continue;
    const isTooLate = at <= now - AWAITED_MS;
    const { numUpdatedRows } = await database
      .updateTable("claims")
      .set(isTooLate ? { token: null } : { owner: OWNER })
      .where("name", "=", name)
      .where("token", "is not", null)
      .where("owner", owner === null ? "is" : "=", owner)
      .executeTakeFirst();
    const isMine = numUpdatedRows > 0n;
    if (isMine && token !== null && !isTooLate) {
      abandoned.push({ name, token, locale: locale ?? "" });
    }
  }
  return abandoned;
}
