import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fromTokenizerJson } from "../../scripts/tokenizer/fromTokenizerJson.ts";
import { TOKENIZER_FILE } from "../../src/embed/modelFiles.ts";
import { encodeUnigram } from "../../src/embed/unigram/file.ts";
import { UserError } from "../../src/errors.ts";
import { REAL_MODEL, SMALL_MODEL } from "../support/folders.ts";

describe("the model folder's tokenizer file", () => {
  it("is what the script makes of tokenizer.json", async () => {
    const made = encodeUnigram(
      fromTokenizerJson(await readFile(path.join(REAL_MODEL, "tokenizer.json"))),
    );
    const committed = await readFile(path.join(REAL_MODEL, TOKENIZER_FILE));
    expect(committed.equals(made)).toBe(true);
  });

  it("is not made of a tokenizer.json of another kind", async () => {
    const small = await readFile(path.join(SMALL_MODEL, "tokenizer.json"));
    expect(() => fromTokenizerJson(small)).toThrow(UserError);
    expect(() => fromTokenizerJson(Buffer.from('{"model":{"type":"WordPiece"}}'))).toThrow(
      "of another kind (added_tokens)",
    );
    expect(() => fromTokenizerJson(Buffer.from("{"))).toThrow("is no JSON");
  });
});
