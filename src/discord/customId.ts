/** What a button, menu or form does, and to what: all of it stands in its custom_id, so that it works after a restart. */
import * as v from "valibot";
import { MAX_EXCERPTS } from "../ask/answer.ts";
import { PASSAGE_ID } from "../report.ts";

const PassageId = v.pipe(v.string(), v.regex(new RegExp(`^${PASSAGE_ID}$`, "u")));
const PassageIds = v.pipe(
  v.string(),
  v.transform((text) => text.split(",")),
  v.array(PassageId),
  v.minLength(1),
  v.maxLength(MAX_EXCERPTS),
);
const Place = v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number));
const ReportKey = v.pipe(v.string(), v.regex(/^(?:all|[0-9a-f]{8})$/));
const Snowflake = v.pipe(v.string(), v.regex(/^\d{17,20}$/));
const RowId = v.pipe(v.string(), v.regex(/^[a-z2-7]{12}$/));

/** Each kind and its arguments, in their order in the custom_id; who may and what is done stand in the router's table. */
const Actions = v.variant("kind", [
  v.object({ kind: v.literal("followUp") }),
  v.object({ kind: v.literal("alone") }),
  v.object({ kind: v.literal("context"), passage: PassageId }),
  v.object({ kind: v.literal("paragraph"), report: Place, paragraph: Place }),
  v.object({ kind: v.literal("mentions"), report: ReportKey, offset: Place }),
  v.object({ kind: v.literal("more"), passages: PassageIds }),
  v.object({ kind: v.literal("words"), passage: PassageId, offset: Place }),
  v.object({ kind: v.literal("citation"), passage: PassageId }),
  v.object({ kind: v.literal("share"), passages: PassageIds }),
  v.object({ kind: v.literal("vote"), opinion: v.picklist(["up", "down"]) }),
  v.object({ kind: v.literal("reason"), message: Snowflake }),
  v.object({ kind: v.literal("human") }),
  v.object({ kind: v.literal("pin"), passage: PassageId }),
  v.object({ kind: v.literal("unpin"), message: Snowflake }),
  v.object({ kind: v.literal("approve"), passage: PassageId }),
  v.object({
    kind: v.literal("approval"),
    action: v.picklist(["edit", "choose", "note", "remove"]),
    id: RowId,
  }),
  v.object({ kind: v.literal("approved"), offset: Place }),
  v.object({
    kind: v.literal("gap"),
    action: v.picklist(["approve", "choose", "absent", "dismiss"]),
    id: RowId,
  }),
]);

/** What a button, menu or form does, with its arguments. */
export type Action = v.InferOutput<typeof Actions>;

/** The name by which the router knows an action: its kind and, where one kind does several things, which of them. */
export type ActionName = NameOf<Action>;
type NameOf<A extends Action> = A extends { readonly action: infer What extends string }
  ? `${A["kind"]}:${What}`
  : A["kind"];

/** The actions of a name. */
export type ActionNamed<Name extends ActionName> = Extract<
  Action,
  { readonly kind: Name extends `${infer Kind}:${string}` ? Kind : Name }
>;

const VERSION = "v1";

/** A custom_id: `v1:kind:argument…`, at most 100 characters. */
export function toCustomId(action: Action): string {
  const values: Readonly<Record<string, unknown>> = action;
  const names = argumentsOf(action.kind) ?? [];
  return [VERSION, action.kind, ...names.map((name) => String(values[name]))].join(":");
}

/** What a custom_id means; undefined where it is not one of ours, of another version, or damaged. */
export function parseCustomId(customId: string): Action | undefined {
  const [version, kind, ...values] = customId.split(":");
  const names = argumentsOf(kind);
  if (version !== VERSION || names?.length !== values.length) return undefined;
  const given = Object.fromEntries(names.map((name, i) => [name, values[i]]));
  const result = v.safeParse(Actions, { ...given, kind });
  return result.success ? result.output : undefined;
}

function argumentsOf(kind: string | undefined): readonly string[] | undefined {
  const found = Actions.options.find(({ entries }) => entries.kind.literal === kind);
  return found && Object.keys(found.entries).filter((name) => name !== "kind");
}

/** The name of an action in the router's table. */
export function nameOf(action: Action): ActionName {
  if (action.kind === "approval") return `approval:${action.action}`;
  if (action.kind === "gap") return `gap:${action.action}`;
  return action.kind;
}
