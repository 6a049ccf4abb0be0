import path from "node:path";
import runtime from "onnxruntime-node";
import * as v from "valibot";
import { damagedModelFile, GRAPH_FILE } from "./modelFiles.ts";

/** The model's last hidden state for one run of tokens. */
export interface HiddenState {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** Runs the model once over the ids of one text's tokens. */
export type Forward = (ids: readonly number[]) => Promise<HiddenState>;

const Output = v.object({
  last_hidden_state: v.object({
    dims: v.array(v.number()),
    data: v.instance(Float32Array),
  }),
});

/** What a graph may ask for, for one text without padding. */
const INPUTS = {
  input_ids: (ids: readonly number[]) => BigInt64Array.from(ids, BigInt),
  attention_mask: (ids: readonly number[]) => new BigInt64Array(ids.length).fill(1n),
  token_type_ids: (ids: readonly number[]) => new BigInt64Array(ids.length),
} as const;

const InputNames = v.array(v.picklist(["input_ids", "attention_mask", "token_type_ids"]));

/**
 * Loads the graph of a model folder.
 *
 * ONNX Runtime reads the file itself: the library would hand it a buffer of the whole file, which then is in memory twice.
 * Its arena is off, since it keeps what the longest text needed and saves no time.
 *
 * @throws {UserError} if the file cannot be used.
 */
export async function loadSession(modelDir: string): Promise<Forward> {
  try {
    const session = await runtime.InferenceSession.create(path.join(modelDir, GRAPH_FILE), {
      enableCpuMemArena: false,
    });
    const names = v.parse(InputNames, session.inputNames);
    return async (ids) => {
      const tensors = names.map((name) => {
        const tensor = new runtime.Tensor("int64", INPUTS[name](ids), [1, ids.length]);
        return [name, tensor] as const;
      });
      const output: unknown = await session.run(Object.fromEntries(tensors));
      return v.parse(Output, output).last_hidden_state;
    };
  } catch (error) {
    throw damagedModelFile(modelDir, GRAPH_FILE, error);
  }
}
