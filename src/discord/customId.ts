import * as v from "valibot";

/** What a button does, and to which passages; all of it stands in its custom_id, so that it works after a restart. */
export type ButtonAction =
  | { readonly kind: "context"; readonly passage: string }
  | { readonly kind: "pin"; readonly passage: string }
  | { readonly kind: "more" | "share"; readonly passages: readonly string[] }
  | { readonly kind: "paragraph"; readonly report: number; readonly paragraph: number }
  | { readonly kind: "unpin"; readonly message: string }
  | { readonly kind: "vote"; readonly opinion: "up" | "down" };

/** A menu's only meaning: why the answer in this message is found bad. */
export interface ReasonMenu {
  readonly kind: "reason";
  readonly message: string;
}

const VERSION = "v1";

/** Discord's limit. */
export const MAX_CUSTOM_ID_CHARS = 100;

const PassageId = v.pipe(v.string(), v.regex(/^[a-z2-7]{8}$/));
const PassageIds = v.pipe(
  v.string(),
  v.transform((text) => text.split(",")),
  v.array(PassageId),
  v.minLength(1),
  v.maxLength(10),
);
const Place = v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number));
const Snowflake = v.pipe(v.string(), v.regex(/^\d{17,20}$/));

const Parts = v.union([
  v.strictTuple([v.literal(VERSION), v.picklist(["context", "pin"]), PassageId]),
  v.strictTuple([v.literal(VERSION), v.picklist(["more", "share"]), PassageIds]),
  v.strictTuple([v.literal(VERSION), v.literal("paragraph"), Place, Place]),
  v.strictTuple([v.literal(VERSION), v.picklist(["unpin", "reason"]), Snowflake]),
  v.strictTuple([v.literal(VERSION), v.literal("vote"), v.picklist(["up", "down"])]),
]);

/** A custom_id: `v1:kind:argument…`, at most 100 characters. */
export function toCustomId(action: ButtonAction | ReasonMenu): string {
  switch (action.kind) {
    case "context":
    case "pin":
      return [VERSION, action.kind, action.passage].join(":");
    case "more":
    case "share":
      return [VERSION, action.kind, action.passages.join(",")].join(":");
    case "paragraph":
      return [VERSION, action.kind, action.report, action.paragraph].join(":");
    case "unpin":
    case "reason":
      return [VERSION, action.kind, action.message].join(":");
    case "vote":
      return [VERSION, action.kind, action.opinion].join(":");
  }
}

/** What a custom_id means; undefined where it is not one of ours, of another version, or damaged. */
export function parseCustomId(customId: string): ButtonAction | ReasonMenu | undefined {
  const result = v.safeParse(Parts, customId.split(":"));
  if (!result.success) return undefined;
  const parts = result.output;
  switch (parts[1]) {
    case "context":
    case "pin":
      return { kind: parts[1], passage: parts[2] };
    case "more":
    case "share":
      return { kind: parts[1], passages: parts[2] };
    case "paragraph":
      return { kind: parts[1], report: parts[2], paragraph: parts[3] };
    case "unpin":
    case "reason":
      return { kind: parts[1], message: parts[2] };
    case "vote":
      return { kind: parts[1], opinion: parts[2] };
  }
}
