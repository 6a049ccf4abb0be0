/** The domain as data that come from elsewhere, a file or another process: parsed before they are believed. */
import * as v from "valibot";
import { BLOCK_KINDS } from "./report.ts";

export const PlaceSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

const SpanSchema = v.object({ start: PlaceSchema, end: PlaceSchema });

export const BlockSchema = v.object({
  kind: v.picklist(BLOCK_KINDS),
  span: SpanSchema,
  section: v.undefinedable(PlaceSchema),
  columns: v.optional(SpanSchema),
});

export const PassageSchema = v.object({
  id: v.string(),
  span: SpanSchema,
  block: PlaceSchema,
  sentences: v.tuple([PlaceSchema, PlaceSchema]),
});

export const ReportSchema = v.object({
  id: v.string(),
  title: v.string(),
  text: v.string(),
  front: v.object({
    author: v.optional(v.string()),
    date: v.optional(v.string()),
    url: v.optional(v.string()),
  }),
  pages: v.array(
    v.object({ start: PlaceSchema, number: PlaceSchema, label: v.optional(v.string()) }),
  ),
  blocks: v.array(BlockSchema),
  sections: v.array(
    v.object({ heading: SpanSchema, level: PlaceSchema, path: v.array(v.string()) }),
  ),
  sentences: v.array(v.object({ span: SpanSchema, block: PlaceSchema, passage: PlaceSchema })),
  passages: v.array(PassageSchema),
});
