/** What comes back from the process that parses: a report, or why there is none. */
import * as v from "valibot";
import { ReportSchema } from "../../reportSchema.ts";
import type { Parsed } from "../parseReport.ts";

/** What a file came to in the process. */
export type ParseReply =
  | { readonly kind: "parsed"; readonly parsed: Parsed }
  /** It cannot be used, and this may be shown. */
  | { readonly kind: "refused"; readonly why: string }
  /** A fault of the program. */
  | { readonly kind: "failed"; readonly why: string };

export const ParseReply: v.GenericSchema<unknown, ParseReply> = v.variant("kind", [
  v.object({
    kind: v.literal("parsed"),
    parsed: v.object({
      report: ReportSchema,
      leftOut: v.array(v.object({ text: v.string(), why: v.string() })),
    }),
  }),
  v.object({ kind: v.literal("refused"), why: v.string() }),
  v.object({ kind: v.literal("failed"), why: v.string() }),
]);
