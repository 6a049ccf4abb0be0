/** The reader: a cross-encoder that reads a question together with a window of a report, and says whether and where it answers. */
import { existsSync } from "node:fs";
import path from "node:path";
import * as v from "valibot";
import runtime from "onnxruntime-node";
import { GRAPH_FILE, READER_FILE } from "./modelFolder.ts";
import { MAX_READ_QUESTION_TOKENS, MAX_READ_WINDOW_TOKENS } from "./readerLimits.ts";
import type { Tokenizer } from "./tokenizer/token.ts";
import { openWordTable } from "./wordTable.ts";
import type { WordTable } from "./wordTable.ts";

/** What the reader makes of one window of `n` tokens: logits, which mean the same for every window and question. */
export interface Reading {
  /** Whether the window answers. */
  readonly answers: number;
  /** Where an answer begins and ends, one value a token of the window. */
  readonly starts: Float32Array;
  readonly ends: Float32Array;
  /** Of start and end together, that there is no answer. */
  readonly nowhere: number;
}

/** Reads windows, each given as the ids of its tokens, with a folded question in mind: one reading each, in their order. */
export type ReadWindows = (question: string, windows: readonly Uint32Array[]) => Promise<Reading[]>;

/** The reader of a model folder, or why nothing is read, in a sentence that may be shown. */
export type Reader =
  | { readonly kind: "ready"; readonly read: ReadWindows; readonly close: () => void }
  | { readonly kind: "none"; readonly why: string };

const Logits = v.object({
  data: v.pipe(
    v.instance(Float32Array),
    v.check((values) => values.every(Number.isFinite), "values that are not finite"),
  ),
});
const Output = v.object({ answers: Logits, start: Logits, end: Logits });

/** Loads the reader of a model folder, and tries it once: without it everything else works, so nothing is thrown. */
export async function loadReader(
  modelDir: string,
  tokenizer: Tokenizer,
  dimensions: number,
): Promise<Reader> {
  const file = path.join(modelDir, READER_FILE);
  if (!existsSync(file)) {
    const why = `The model folder ${modelDir} has no reader (${READER_FILE}): passages are found, but not read.`;
    return { kind: "none", why };
  }
  let words: WordTable | undefined;
  try {
    words = openWordTable(path.join(modelDir, GRAPH_FILE), dimensions);
    const session = await runtime.InferenceSession.create(file, { enableCpuMemArena: false });
    const read = prepareReading(session, { words, tokenizer, dimensions });
    await read("", [Uint32Array.of(tokenizer.first)]);
    return { kind: "ready", read, close: words.close };
  } catch {
    words?.close();
    const why = `The model file ${file} is damaged or of another kind: restore it; until then passages are found, but not read.`;
    return { kind: "none", why };
  }
}

interface Parts {
  readonly words: WordTable;
  readonly tokenizer: Tokenizer;
  readonly dimensions: number;
}

function prepareReading(
  session: runtime.InferenceSession,
  { words, tokenizer, dimensions }: Parts,
): ReadWindows {
  const { first, last } = tokenizer;
  const read = async (question: readonly number[], window: Uint32Array): Promise<Reading> => {
    const ids = [first, ...question, last, last, ...window, last];
    const tensor = new runtime.Tensor("float32", words.read(ids), [1, ids.length, dimensions]);
    const output: unknown = await session.run({ words: tensor });
    const { answers, start, end } = v.parse(Output, output);
    assertLengths([answers.data, start.data, end.data], [1, ids.length, ids.length]);
    const from = question.length + 3;
    return {
      answers: answers.data[0] ?? 0,
      starts: start.data.slice(from, from + window.length),
      ends: end.data.slice(from, from + window.length),
      nowhere: (start.data[0] ?? 0) + (end.data[0] ?? 0),
    };
  };
  return async (question, windows) => {
    const ids = tokenizer
      .tokenize(question)
      .slice(0, MAX_READ_QUESTION_TOKENS)
      .map(({ id }) => id);
    const readings: Reading[] = [];
    for (const window of windows) {
      readings.push(await read(ids, window.subarray(0, MAX_READ_WINDOW_TOKENS)));
    }
    return readings;
  };
}

function assertLengths(logits: readonly Float32Array[], expected: readonly number[]): void {
  const lengths = logits.map(({ length }) => length);
  if (lengths.every((length, i) => length === expected[i])) return;
  throw new Error(`the reader gives ${lengths.join(", ")} logits for ${expected.join(", ")}`);
}
