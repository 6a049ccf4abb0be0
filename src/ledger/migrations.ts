/** The tables as they came to be. A migration that was released is never changed: a later one changes the tables. */
import type { Kysely, Migration } from "kysely";

/** All migrations, by their names, which order them. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-answers-votes-audit": {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("answers")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("message_id", "text", (column) => column.unique())
        .addColumn("guild_id", "text")
        .addColumn("channel_id", "text", (column) => column.notNull())
        .addColumn("asker", "text", (column) => column.notNull())
        .addColumn("question", "text")
        .addColumn("language", "text", (column) => column.notNull())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("passages", "text", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("answers_at").on("answers").column("at").execute();
      await db.schema
        .createTable("votes")
        .addColumn("message_id", "text", (column) => column.notNull())
        .addColumn("voter", "text", (column) => column.notNull())
        .addColumn("opinion", "text", (column) => column.notNull())
        .addColumn("reason", "text")
        .addColumn("at", "bigint", (column) => column.notNull())
        .addPrimaryKeyConstraint("votes_key", ["message_id", "voter"])
        .execute();
      await db.schema
        .createTable("audit")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("at", "bigint", (column) => column.notNull())
        .addColumn("guild_id", "text")
        .addColumn("actor", "text", (column) => column.notNull())
        .addColumn("action", "text", (column) => column.notNull())
        .addColumn("target", "text", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("secrets")
        .addColumn("name", "text", (column) => column.primaryKey())
        .addColumn("value", "text", (column) => column.notNull())
        .execute();
    },
  },
};
