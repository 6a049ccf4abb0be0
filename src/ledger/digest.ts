/** A server's answers in figures. */
import type { Database } from "./database.ts";

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

/** Sums up the answers of a server from `from` to `to` (exclusive). */
export async function summarise(
  database: Database,
  guild: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Digest> {
  const within = database
    .selectFrom("answers")
    .where("answers.guild_id", "=", guild)
    .where("answers.at", ">=", from)
    .where("answers.at", "<", to);
  const states = await within
    .select(({ fn }) => [
      "state",
      fn.countAll<number>().as("count"),
      fn.count<number>("approval_id").as("verified"),
    ])
    .groupBy("state")
    .execute();
  const answered = await within
    .select(["passages", "state"])
    .where("passages", "<>", "")
    .where("state", "<>", "none")
    .execute();
  const worst = await within
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
  const approvals = await within
    .innerJoin("approvals", "approvals.id", "answers.approval_id")
    .select(({ fn }) => ["approvals.question as question", fn.countAll<number>().as("count")])
    .groupBy(["approvals.id", "approvals.question"])
    .orderBy("count", "desc")
    .orderBy("question")
    .limit(MAX_LISTED)
    .execute();
  const of = (state: string): number => states.find((it) => it.state === state)?.count ?? 0;
  return {
    asked: of("found") + of("maybe") + of("none"),
    found: of("found"),
    maybe: of("maybe"),
    none: of("none"),
    verified: states.reduce((sum, it) => sum + it.verified, 0),
    passages: countFirst(answered.map(({ passages }) => passages)),
    worst: worst.map((it) => ({ ...it, question: it.question ?? undefined })),
    approvals,
  };
}

function countFirst(lists: readonly string[]): { passage: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const list of lists) {
    const [first = ""] = list.split(",");
    counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return Array.from(counts, ([passage, count]) => ({ passage, count })).sort(
    (a, b) => b.count - a.count,
  );
}
