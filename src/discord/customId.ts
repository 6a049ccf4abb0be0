import * as v from "valibot";
import { MAX_EXCERPTS } from "../ask/answer.ts";
import { PASSAGE_ID } from "../report.ts";

/** What a button, menu or form does, and to what; all of it stands in its custom_id, so that it works after a restart. */
export type Action = ReaderAction | ModeratorAction;

/** What anybody may do. */
export type ReaderAction =
  | { readonly kind: "context"; readonly passage: string }
  | { readonly kind: "more" | "share"; readonly passages: readonly string[] }
  | { readonly kind: "paragraph"; readonly report: number; readonly paragraph: number }
  | { readonly kind: "vote"; readonly opinion: "up" | "down" }
  | { readonly kind: "reason"; readonly message: string }
  | { readonly kind: "human" };

/** What only moderators may do; whoever handles it looks at who asks. */
export type ModeratorAction =
  | { readonly kind: "pin" | "approve"; readonly passage: string }
  | { readonly kind: "unpin"; readonly message: string }
  | { readonly kind: "approval"; readonly action: ApprovalAction; readonly id: string }
  | { readonly kind: "approved"; readonly offset: number }
  | { readonly kind: "gap"; readonly action: GapAction; readonly id: string };

/** What is done with an approval: shown for editing, another passage chosen, its note written, removed. */
export type ApprovalAction = (typeof APPROVAL_ACTIONS)[number];
const APPROVAL_ACTIONS = ["edit", "choose", "note", "remove"] as const;

/** What is done with a gap: passages offered, one of them chosen, found not to be in the report, dismissed. */
export type GapAction = (typeof GAP_ACTIONS)[number];
const GAP_ACTIONS = ["approve", "choose", "absent", "dismiss"] as const;

const VERSION = "v1";

const PassageId = v.pipe(v.string(), v.regex(new RegExp(`^${PASSAGE_ID}$`, "u")));
const PassageIds = v.pipe(
  v.string(),
  v.transform((text) => text.split(",")),
  v.array(PassageId),
  v.minLength(1),
  v.maxLength(MAX_EXCERPTS),
);
const Place = v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number));
const Snowflake = v.pipe(v.string(), v.regex(/^\d{17,20}$/));
const RowId = v.pipe(v.string(), v.regex(/^[a-z2-7]{12}$/));

/** What stands behind the version, for each kind. */
const Parts = v.union([
  v.pipe(
    v.strictTuple([v.literal(VERSION), v.picklist(["context", "pin", "approve"]), PassageId]),
    v.transform(([, kind, passage]) => ({ kind, passage })),
  ),
  v.pipe(
    v.strictTuple([v.literal(VERSION), v.picklist(["more", "share"]), PassageIds]),
    v.transform(([, kind, passages]) => ({ kind, passages })),
  ),
  v.pipe(
    v.strictTuple([v.literal(VERSION), v.literal("paragraph"), Place, Place]),
    v.transform(([, kind, report, paragraph]) => ({ kind, report, paragraph })),
  ),
  v.pipe(
    v.strictTuple([v.literal(VERSION), v.picklist(["unpin", "reason"]), Snowflake]),
    v.transform(([, kind, message]) => ({ kind, message })),
  ),
  v.pipe(
    v.strictTuple([v.literal(VERSION), v.literal("vote"), v.picklist(["up", "down"])]),
    v.transform(([, kind, opinion]) => ({ kind, opinion })),
  ),
  v.pipe(
    v.strictTuple([v.literal(VERSION), v.literal("human")]),
    v.transform(([, kind]) => ({ kind })),
  ),
  v.pipe(
    v.strictTuple([v.literal(VERSION), v.literal("approval"), v.picklist(APPROVAL_ACTIONS), RowId]),
    v.transform(([, kind, action, id]) => ({ kind, action, id })),
  ),
  v.pipe(
    v.strictTuple([v.literal(VERSION), v.literal("approved"), Place]),
    v.transform(([, kind, offset]) => ({ kind, offset })),
  ),
  v.pipe(
    v.strictTuple([v.literal(VERSION), v.literal("gap"), v.picklist(GAP_ACTIONS), RowId]),
    v.transform(([, kind, action, id]) => ({ kind, action, id })),
  ),
]);

/** A custom_id: `v1:kind:argument…`, at most 100 characters. */
export function toCustomId(action: Action): string {
  return [VERSION, action.kind, ...argumentsOf(action)].join(":");
}

function argumentsOf(action: Action): readonly (string | number)[] {
  if ("passage" in action) return [action.passage];
  if ("passages" in action) return [action.passages.join(",")];
  if ("paragraph" in action) return [action.report, action.paragraph];
  if ("message" in action) return [action.message];
  if ("opinion" in action) return [action.opinion];
  if ("offset" in action) return [action.offset];
  if ("id" in action) return [action.action, action.id];
  return [];
}

/** What a custom_id means; undefined where it is not one of ours, of another version, or damaged. */
export function parseCustomId(customId: string): Action | undefined {
  const result = v.safeParse(Parts, customId.split(":"));
  return result.success ? result.output : undefined;
}

/** Whether an action is for moderators. */
export function isForModerators(action: Action): action is ModeratorAction {
  return MODERATOR_KINDS.has(action.kind);
}

const MODERATOR_KINDS: ReadonlySet<string> = new Set<ModeratorAction["kind"]>([
  "pin",
  "approve",
  "unpin",
  "approval",
  "approved",
  "gap",
]);
