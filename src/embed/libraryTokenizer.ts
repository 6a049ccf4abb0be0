import path from "node:path";
import { AutoTokenizer, env } from "@xenova/transformers";
import * as v from "valibot";
import { alignPieces } from "./align.ts";
import { damagedModelFile } from "./modelFiles.ts";
import { tokenWeight } from "./tokenizer.ts";
import type { Tokenizer } from "./tokenizer.ts";

const Vocabulary = v.object({
  vocab: v.array(v.string()),
  scores: v.array(v.number()),
});
const TokenIds = v.array(v.pipe(v.number(), v.integer()));

/**
 * Loads a tokenizer.json by the library; nothing is looked up on a network.
 *
 * @throws {UserError} that names the file which cannot be used.
 */
export async function loadLibraryTokenizer(modelDir: string): Promise<Tokenizer> {
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(path.resolve(modelDir));
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(path.basename(path.resolve(modelDir)));
    // Copied: the library's tokenizer model is a function that has these as properties.
    const { vocab, scores } = v.parse(
      Vocabulary,
      Object.fromEntries(Object.entries(tokenizer.model)),
    );
    const encode = (text: string): number[] => v.parse(TokenIds, tokenizer.encode(text));
    const [first, ...rest] = encode("");
    const last = rest.at(-1);
    if (first === undefined || last === undefined) throw new Error("no special tokens");
    return {
      first,
      last,
      tokenize: (text) => {
        const ids = encode(text).slice(1, -1);
        const places = alignPieces(
          text,
          ids.map((id) => vocab[id] ?? ""),
        );
        return ids.map((id, i) => ({
          id,
          weight: tokenWeight(scores[id]),
          start: places[2 * i] ?? 0,
          end: places[2 * i + 1] ?? 0,
        }));
      },
    };
  } catch (error) {
    throw damagedModelFile(modelDir, "tokenizer.json", error);
  }
}
