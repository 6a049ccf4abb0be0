/** The messages between the encoders and the worker that runs their models. */
import * as v from "valibot";
import type { Encoding, Role, TokenizedText } from "./encoder/encoding.ts";
import type { Reading } from "./readWindows.ts";

/** What a model is loaded for: to answer questions, or to encode many passages. */
export type ModelUse = "questions" | "passages";

/** What the worker is asked to do with one of its models, which go by number. */
export type Task =
  | {
      readonly kind: "load";
      readonly model: number;
      readonly modelDir: string;
      readonly use: ModelUse;
    }
  | { readonly kind: "encode"; readonly model: number; readonly role: Role; readonly text: string }
  | { readonly kind: "tokenize"; readonly model: number; readonly texts: readonly string[] }
  | {
      readonly kind: "read";
      readonly model: number;
      readonly question: string;
      /** The ids of each window's tokens. */
      readonly windows: readonly Uint32Array[];
    }
  | { readonly kind: "unload"; readonly model: number };

/** A task with its number, which comes back with the result. */
export interface Request {
  readonly id: number;
  readonly task: Task;
}

/** What came of a task; `isUserError` says whether the message may be shown to a user, `cause` what lies behind it. */
export type Result =
  | {
      readonly kind: "loaded";
      readonly dimensions: number;
      /** Why nothing is read; undefined where the reader is ready. */
      readonly whyUnread: string | undefined;
    }
  | { readonly kind: "encoded"; readonly encoding: Encoding }
  | { readonly kind: "tokenized"; readonly texts: TokenizedText[] }
  | { readonly kind: "read"; readonly readings: Reading[] }
  | { readonly kind: "unloaded" }
  | {
      readonly kind: "failed";
      readonly message: string;
      readonly isUserError: boolean;
      readonly cause: string;
    };

/** A result with the number of its task. */
export interface Reply {
  readonly id: number;
  readonly result: Result;
}

export const Reply: v.GenericSchema<unknown, Reply> = v.object({
  id: v.number(),
  result: v.variant("kind", [
    v.object({
      kind: v.literal("loaded"),
      dimensions: v.number(),
      whyUnread: v.undefinedable(v.string()),
    }),
    v.object({
      kind: v.literal("encoded"),
      encoding: v.object({
        vector: v.instance(Float32Array),
        tokens: v.instance(Float32Array),
        weights: v.instance(Float32Array),
        spans: v.instance(Int32Array),
      }),
    }),
    v.object({
      kind: v.literal("tokenized"),
      texts: v.array(v.object({ ids: v.instance(Uint32Array), spans: v.instance(Int32Array) })),
    }),
    v.object({
      kind: v.literal("read"),
      readings: v.array(
        v.object({
          answers: v.number(),
          starts: v.instance(Float32Array),
          ends: v.instance(Float32Array),
          nowhere: v.number(),
        }),
      ),
    }),
    v.object({ kind: v.literal("unloaded") }),
    v.object({
      kind: v.literal("failed"),
      message: v.string(),
      isUserError: v.boolean(),
      cause: v.string(),
    }),
  ]),
});
