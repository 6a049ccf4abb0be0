/** Which answers are pinned, so that each is pinned once by however many processes. */
import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

/** An answer that is to be pinned. */
interface PinKey {
  readonly channel: string;
  /** The message with the answer. */
  readonly source: string;
  readonly passage: string;
}

/** One attempt at a pin. */
export interface PinAttempt extends PinKey {
  /** When it began, in milliseconds: no other attempt at the pin has the same, while it is under way. */
  readonly at: number;
}

/** The pins of all channels. */
export interface Pins {
  /**
   * Takes the pin; the message if it is pinned already; `underWay` while another process posts it. A pin that was taken and never
   * posted is free again after a minute.
   */
  begin(attempt: PinAttempt): Promise<"begun" | "underWay" | { readonly message: string }>;
  /** Takes a pin whose message is pinned no more; whether no other attempt has done so. */
  beginAgain(attempt: PinAttempt, message: string): Promise<boolean>;
  /** The message is posted; whether the attempt still has the pin. It has not where it took so long that another one began. */
  finish(attempt: PinAttempt, message: string): Promise<boolean>;
  /** The attempt came to nothing. */
  forget(attempt: PinAttempt): Promise<void>;
  /** The message is no longer pinned. */
  released(message: string): Promise<void>;
}

/** Posting takes seconds; behind this time whoever began it is gone. */
const ABANDONED_MS = 60_000;

/** Pins in a database. */
export function preparePins(database: Database): Pins {
  const take = async (pin: PinKey, from: Holder, to: Holder): Promise<boolean> => {
    const taken = await database
      .updateTable("pins")
      .set(to)
      .where(isPin(pin, from))
      .returning("at")
      .executeTakeFirst();
    return taken !== undefined;
  };
  return {
    begin: (attempt) => begin(database, attempt),
    beginAgain: (attempt, message) =>
      take(attempt, { message_id: message }, { message_id: null, at: attempt.at }),
    finish: (attempt, message) =>
      take(attempt, { message_id: null, at: attempt.at }, { message_id: message }),
    forget: async (attempt) => {
      const mine = { message_id: null, at: attempt.at };
      await database.deleteFrom("pins").where(isPin(attempt, mine)).execute();
    },
    released: async (message) => {
      await database.deleteFrom("pins").where("message_id", "=", message).execute();
    },
  };
}

async function begin(
  database: Database,
  { at, ...pin }: PinAttempt,
): Promise<"begun" | "underWay" | { readonly message: string }> {
  const taken = await database
    .insertInto("pins")
    .values({ ...columnsOf(pin), message_id: null, at })
    .onConflict((conflict) =>
      conflict
        .columns(["channel_id", "source_id", "passage"])
        .doUpdateSet({ at })
        .where("pins.message_id", "is", null)
        .where("pins.at", "<", at - ABANDONED_MS),
    )
    .returning("at")
    .executeTakeFirst();
  if (taken) return "begun";
  const row = await database
    .selectFrom("pins")
    .select("message_id")
    .where(isPin(pin))
    .executeTakeFirst();
  const message = row?.message_id ?? undefined;
  return message === undefined ? "underWay" : { message };
}

/** Who has a pin: an attempt since some time, or the message that is pinned. */
interface Holder {
  readonly message_id: string | null;
  readonly at?: number;
}

function columnsOf({ channel, source, passage }: PinKey) {
  return { channel_id: channel, source_id: source, passage };
}

/** The row of a pin; only if `holder` has it, where one is given. */
function isPin(
  pin: PinKey,
  holder: Partial<Holder> = {},
): (where: ExpressionBuilder<Tables, "pins">) => Expression<SqlBool> {
  return (where) => where.and({ ...columnsOf(pin), ...holder });
}
