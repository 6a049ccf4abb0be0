/** Gaps that were settled and are open again: nobody is asked about them yet. */
import type { Database } from "./database.ts";
import type { SettledState } from "./schema.ts";

/** What is claimed by whoever puts a gap to the moderators. */
export function claimOfPost(gap: string): string {
  return `ask:${gap}`;
}

/** A gap of a server, and how it must have been settled. */
interface Settled {
  readonly guild: string;
  readonly gap: { readonly id: string } | { readonly key: string };
  readonly as: readonly SettledState[];
  /** It was asked last before this time, in milliseconds since 1970; any time where undefined. */
  readonly before?: number;
}

/** Opens a gap again, so that moderators can be asked anew; whether it was settled so. */
export async function reopenGap(
  transaction: Database,
  { guild, gap, as, before = Number.MAX_SAFE_INTEGER }: Settled,
): Promise<boolean> {
  const reopened = await transaction
    .updateTable("gaps")
    .set({ state: "open", post_channel_id: null, post_id: null })
    .where((where) => where.and({ guild_id: guild, ...gap }))
    .where("state", "in", as)
    .where("last_at", "<", before)
    .returning("id")
    .executeTakeFirst();
  if (reopened === undefined) return false;
  await transaction.deleteFrom("claims").where("name", "=", claimOfPost(reopened.id)).execute();
  return true;
}
