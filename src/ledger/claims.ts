/** What must happen once, however many processes are asked for it. */
import type { Database } from "./database.ts";

/** What processes have taken, by name. */
export interface Claims {
  /** Takes what has this name; false if somebody took it before. */
  take(name: string, at: number): Promise<boolean>;
  /** Gives it back: it was not done after all. */
  release(name: string): Promise<void>;
  /** Forgets claims from before a time; how many. */
  forget(before: number): Promise<number>;
}

/** Claims in a database: a unique name decides between processes. */
export function prepareClaims(database: Database): Claims {
  return {
    take: async (name, at) => {
      const taken = await database
        .insertInto("claims")
        .values({ name, at })
        .onConflict((conflict) => conflict.column("name").doNothing())
        .returning("name")
        .executeTakeFirst();
      return taken !== undefined;
    },
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
