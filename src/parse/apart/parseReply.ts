/** What comes back from the process that parses: a report, or why there is none. */
import * as v from "valibot";
import { BLOCK_KINDS } from "../../report.ts";
import type { Parsed } from "../parseReport.ts";

const Place = v.pipe(v.number(), v.integer(), v.minValue(0));
const Span = v.object({ start: Place, end: Place });

const Report = v.object({
  id: v.string(),
  title: v.string(),
  text: v.string(),
  front: v.object({
    author: v.optional(v.string()),
    date: v.optional(v.string()),
    url: v.optional(v.string()),
  }),
  pages: v.array(v.object({ start: Place, number: Place, label: v.optional(v.string()) })),
  blocks: v.array(
    v.object({
      kind: v.picklist(BLOCK_KINDS),
      span: Span,
      section: v.undefinedable(Place),
      columns: v.optional(Span),
    }),
  ),
  sections: v.array(v.object({ heading: Span, level: Place, path: v.array(v.string()) })),
  sentences: v.array(v.object({ span: Span, block: Place, passage: Place })),
  passages: v.array(
    v.object({ id: v.string(), span: Span, block: Place, sentences: v.tuple([Place, Place]) }),
  ),
});

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
      report: Report,
      leftOut: v.array(v.object({ text: v.string(), why: v.string() })),
    }),
  }),
  v.object({ kind: v.literal("refused"), why: v.string() }),
  v.object({ kind: v.literal("failed"), why: v.string() }),
]);
