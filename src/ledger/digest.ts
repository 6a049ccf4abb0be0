/** A server's answers in figures. */
import type { SelectQueryBuilder } from "kysely";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

/** What a time was like. */
export interface Digest {
  readonly asked: number;
  readonly found: number;
  readonly maybe: number;
  readonly none: number;
  /** Answers that showed what moderators approved, whatever the search said. */
  readonly verified: number;
  /** The first passages of answers that were found, and how often; the most frequent first. */
  readonly passages: readonly { readonly passage: string; readonly count: number }[];
  /** Answers with the most 👎, worst first. */
  readonly worst: readonly {
    readonly channel: string;
    readonly message: string;
    readonly question: string | undefined;
    readonly downs: number;
  }[];
  /** Approvals that were shown, the most frequent first. */
  readonly approvals: readonly { readonly question: string; readonly count: number }[];
}

/** Rows that a digest lists of each kind. */
const MAX_LISTED = 5;

type Answers = SelectQueryBuilder<Tables, "answers", object>;

/** Sums up the answers of a server from `from` to `to` (exclusive; milliseconds since 1970). */
export async function summarise(
  database: Database,
  guild: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Digest> {
  const answers = database
    .selectFrom("answers")
    .where("answers.guild_id", "=", guild)
    .where("answers.at", ">=", from)
    .where("answers.at", "<", to);
  return {
    ...(await countStates(answers)),
    passages: await countFirstPassages(answers),
    worst: await listWorst(answers),
    approvals: await listApprovals(answers),
  };
}

async function countStates(
  answers: Answers,
): Promise<Pick<Digest, "asked" | "found" | "maybe" | "none" | "verified">> {
  const rows = await answers
    .select(({ fn }) => [
      "state",
      fn.countAll<number>().as("count"),
      fn.count<number>("approval_id").as("verified"),
    ])
    .groupBy("state")
    .execute();
  const of = (state: string): number => rows.find((it) => it.state === state)?.count ?? 0;
  return {
    asked: of("found") + of("maybe") + of("none"),
    found: of("found"),
    maybe: of("maybe"),
    none: of("none"),
    verified: rows.reduce((sum, it) => sum + it.verified, 0),
  };
}

async function countFirstPassages(answers: Answers): Promise<Digest["passages"]> {
  const rows = await answers
    .select("passages")
    .where("passages", "<>", "")
    .where("state", "<>", "none")
    .execute();
  const counts = new Map<string, number>();
  for (const { passages } of rows) {
    const [first = ""] = passages.split(",");
    counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return Array.from(counts, ([passage, count]) => ({ passage, count })).sort(
    (a, b) => b.count - a.count,
  );
}

async function listWorst(answers: Answers): Promise<Digest["worst"]> {
  const rows = await answers
    .innerJoin("votes", "votes.message_id", "answers.message_id")
    .where("votes.opinion", "=", "down")
    .select(({ fn }) => [
      "answers.channel_id as channel",
      "answers.message_id as message",
      "answers.question as question",
      fn.countAll<number>().as("downs"),
    ])
    .groupBy(["answers.channel_id", "answers.message_id", "answers.question"])
    .orderBy("downs", "desc")
    .orderBy("message")
    .limit(MAX_LISTED)
    .execute();
  return rows.map((it) => ({ ...it, question: it.question ?? undefined }));
}

function listApprovals(answers: Answers): Promise<Digest["approvals"]> {
  return answers
    .innerJoin("approvals", "approvals.id", "answers.approval_id")
    .select(({ fn }) => ["approvals.question as question", fn.countAll<number>().as("count")])
    .groupBy(["approvals.id", "approvals.question"])
    .orderBy("count", "desc")
    .orderBy("question")
    .limit(MAX_LISTED)
    .execute();
}
