/** Which answers are pinned, so that each is pinned once by however many processes. */
import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

/** An answer that is to be pinned. */
export interface PinKey {
  readonly channel: string;
  /** The message with the answer. */
  readonly source: string;
  readonly passage: string;
}

/** The pins of all channels. */
export interface Pins {
  /**
   * Takes the pin; the message if it is pinned already; `underWay` while another process posts it. A pin that was taken and never
   * posted is free again after a minute.
   */
  begin(pin: PinKey, at: number): Promise<"begun" | "underWay" | { readonly message: string }>;
  /** The message is posted. */
  finish(pin: PinKey, message: string): Promise<void>;
  /** The pin did not come about. */
  forget(pin: PinKey): Promise<void>;
  /** The message is no longer pinned. */
  released(message: string): Promise<void>;
}

/** Posting takes seconds; behind this time whoever began it is gone. */
const ABANDONED_MS = 60_000;

/** Pins in a database. */
export function preparePins(database: Database): Pins {
  return {
    begin: (pin, at) => begin(database, pin, at),
    finish: async (pin, message) => {
      await database.updateTable("pins").set({ message_id: message }).where(isPin(pin)).execute();
    },
    forget: async (pin) => {
      await database.deleteFrom("pins").where(isPin(pin)).execute();
    },
    released: async (message) => {
      await database.deleteFrom("pins").where("message_id", "=", message).execute();
    },
  };
}

async function begin(
  database: Database,
  pin: PinKey,
  at: number,
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

function columnsOf({ channel, source, passage }: PinKey) {
  return { channel_id: channel, source_id: source, passage };
}

function isPin(pin: PinKey): (where: ExpressionBuilder<Tables, "pins">) => Expression<SqlBool> {
  return (where) => where.and(columnsOf(pin));
}
