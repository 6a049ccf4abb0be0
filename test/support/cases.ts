/** Files as people have them, each kind in a folder with what a careful reader expects of it. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as v from "valibot";

const FOLDER = "test/fixtures/cases";

/** A line of what is expected: of a question, or of the file's structure. */
const Expected = v.object({
  question: v.optional(v.string()),
  state: v.optional(v.array(v.string())),
  first: v.optional(v.string()),
  not: v.optional(v.string()),
  maxChars: v.optional(v.number()),
  highlight: v.optional(v.string()),
  section: v.optional(v.string()),
  file: v.optional(v.string()),
  structure: v.optional(
    v.object({
      title: v.optional(v.string()),
      author: v.optional(v.string()),
      date: v.optional(v.string()),
      headings: v.optional(v.array(v.string())),
      notHeadings: v.optional(v.array(v.string())),
      sentences: v.optional(v.number()),
    }),
  ),
});

export type Expected = v.InferOutput<typeof Expected>;

/** A kind of file. */
export interface Case {
  readonly kind: string;
  readonly folder: string;
  readonly expected: readonly Expected[];
}

/** All kinds. */
export function readCases(): Case[] {
  return readdirSync(FOLDER).map((kind) => {
    const folder = path.join(FOLDER, kind);
    const lines = readFileSync(path.join(folder, "expected.jsonl"), "utf8").trimEnd().split("\n");
    return { kind, folder, expected: lines.map((line) => v.parse(Expected, JSON.parse(line))) };
  });
}

/** A text as the cases are compared: without white space, width and composition. */
export function bare(text: string): string {
  return text.normalize("NFKC").replace(/\p{White_Space}/gu, "");
}
