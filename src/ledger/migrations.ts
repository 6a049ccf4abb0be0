/** The tables as they came to be. A migration that was released is never changed: a later one changes the tables. */
import type { CreateTableBuilder, Kysely, Migration, SchemaModule } from "kysely";

/** All migrations, by their names, which order them. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-answers-votes-audit": {
    up: async ({ schema }: Kysely<unknown>) => {
      await createAnswers(schema);
      await createVotes(schema);
      await createAudit(schema);
      await createSecrets(schema);
    },
  },
  "0002-approvals-gaps-settings": {
    up: async ({ schema }: Kysely<unknown>) => {
      await createApprovals(schema);
      await createGaps(schema);
      await createWaiters(schema);
      await createPins(schema);
      await createSettings(schema);
      await createClaims(schema);
    },
  },
  "0003-claims-under-way": {
    up: async ({ schema }: Kysely<unknown>) => {
      // A column at a time: SQLite adds no two.
      for (const column of ["owner", "token", "locale"]) {
        await schema.alterTable("claims").addColumn(column, "text").execute();
      }
      await schema.createIndex("claims_token").on("claims").column("token").execute();
    },
  },
};

async function createAnswers(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("answers")
    .addColumn("message_id", "text", (column) => column.primaryKey())
    .addColumn("guild_id", "text")
    .addColumn("channel_id", "text", (column) => column.notNull())
    .addColumn("asker", "text", (column) => column.notNull())
    .addColumn("question", "text")
    .addColumn("language", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("passages", "text", (column) => column.notNull())
    .addColumn("approval_id", "text")
    .addColumn("gap_id", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await schema.createIndex("answers_at").on("answers").columns(["guild_id", "at"]).execute();
  await schema.createIndex("answers_asker").on("answers").column("asker").execute();
}

async function createVotes(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("votes")
    .addColumn("message_id", "text", (column) => column.notNull())
    .addColumn("voter", "text", (column) => column.notNull())
    .addColumn("opinion", "text", (column) => column.notNull())
    .addColumn("reason", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("votes_key", ["message_id", "voter"])
    .execute();
}

async function createAudit(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("audit")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("guild_id", "text")
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("action", "text", (column) => column.notNull())
    .addColumn("target", "text", (column) => column.notNull())
    .execute();
  await schema.createIndex("audit_at").on("audit").columns(["guild_id", "at"]).execute();
}

async function createSecrets(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("secrets")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
}

async function createApprovals(schema: SchemaModule): Promise<void> {
  await withQuestion(schema.createTable("approvals"))
    .addColumn("passages", "text", (column) => column.notNull())
    .addColumn("note", "text")
    .addColumn("removed", "integer", (column) => column.notNull())
    .addColumn("revision", "bigint", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("approvals_key", ["guild_id", "key"])
    .execute();
  await schema
    .createIndex("approvals_revision")
    .on("approvals")
    .columns(["guild_id", "revision"])
    .execute();
}

async function createGaps(schema: SchemaModule): Promise<void> {
  await withQuestion(schema.createTable("gaps"))
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("count", "integer", (column) => column.notNull())
    .addColumn("channel_id", "text", (column) => column.notNull())
    .addColumn("message_id", "text", (column) => column.notNull())
    .addColumn("post_channel_id", "text")
    .addColumn("post_id", "text")
    .addColumn("first_at", "bigint", (column) => column.notNull())
    .addColumn("last_at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("gaps_key", ["guild_id", "key"])
    .execute();
}

async function createWaiters(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("waiters")
    .addColumn("message_id", "text", (column) => column.primaryKey())
    .addColumn("channel_id", "text", (column) => column.notNull())
    .addColumn("gap_id", "text", (column) => column.notNull())
    .execute();
  await schema.createIndex("waiters_gap").on("waiters").column("gap_id").execute();
}

async function createPins(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("pins")
    .addColumn("channel_id", "text", (column) => column.notNull())
    .addColumn("source_id", "text", (column) => column.notNull())
    .addColumn("passage", "text", (column) => column.notNull())
    .addColumn("message_id", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("pins_key", ["channel_id", "source_id", "passage"])
    .execute();
}

async function createSettings(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("settings")
    .addColumn("guild_id", "text", (column) => column.primaryKey())
    .addColumn("moderator_role", "text")
    .addColumn("moderator_channel", "text")
    .addColumn("revision", "bigint", (column) => column.notNull())
    .execute();
}

async function createClaims(schema: SchemaModule): Promise<void> {
  await schema
    .createTable("claims")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await schema.createIndex("claims_at").on("claims").column("at").execute();
}

/** The columns of a question that others are compared with, in a table of a server's questions. */
function withQuestion(table: CreateTableBuilder<string>) {
  return table
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("guild_id", "text", (column) => column.notNull())
    .addColumn("question", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .addColumn("language", "text", (column) => column.notNull())
    .addColumn("vector", "text", (column) => column.notNull())
    .addColumn("space", "text", (column) => column.notNull());
}
