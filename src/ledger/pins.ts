/** Which answers are pinned, so that each is pinned once by however many processes. */
import type { Database } from "./database.ts";

/** An answer that is to be pinned. */
export interface PinKey {
  readonly channel: string;
  /** The message with the answer. */
  readonly source: string;
  readonly passage: string;
}

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
    begin: async ({ channel, source, passage }, at) => {
      const taken = await database
        .insertInto("pins")
        .values({ channel_id: channel, source_id: source, passage, message_id: null, at })
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
        .where("channel_id", "=", channel)
        .where("source_id", "=", source)
        .where("passage", "=", passage)
        .executeTakeFirst();
      const message = row?.message_id ?? undefined;
      return message === undefined ? "underWay" : { message };
    },
    finish: async ({ channel, source, passage }, message) => {
      await database
        .updateTable("pins")
        .set({ message_id: message })
        .where("channel_id", "=", channel)
        .where("source_id", "=", source)
        .where("passage", "=", passage)
        .execute();
    },
    released: async (message) => {
      await database.deleteFrom("pins").where("message_id", "=", message).execute();
    },
    forget: async ({ channel, source, passage }) => {
      await database
        .deleteFrom("pins")
        .where("channel_id", "=", channel)
        .where("source_id", "=", source)
        .where("passage", "=", passage)
        .execute();
    },
  };
}
