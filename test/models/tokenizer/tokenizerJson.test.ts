import path from "node:path";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { fromTokenizerJson } from "../../../src/models/tokenizer/tokenizerJson.ts";
import { TOKENIZER_FILE } from "../../../src/models/modelFolder.ts";
import { encodeUnigram } from "../../../src/models/tokenizer/unigramFile.ts";
import { UserError } from "../../../src/errors.ts";
import { REAL_MODEL, SMALL_MODEL } from "../../support/folders.ts";

describe("the model folder's tokenizer file", () => {
  it("is what the script makes of tokenizer.json", async () => {
    const made = encodeUnigram(
      fromTokenizerJson(await readFile(path.join(REAL_MODEL, "tokenizer.json")), "tokenizer.json"),
    );
    const committed = await readFile(path.join(REAL_MODEL, TOKENIZER_FILE));
    expect(committed.equals(made)).toBe(true);
  });

  it("is not made of a tokenizer.json of another kind, nor of a damaged one", async () => {
    const small = await readFile(path.join(SMALL_MODEL, "tokenizer.json"), "utf8");
    const refused = (text: string): string => {
      try {
        fromTokenizerJson(Buffer.from(text), "FILE");
      } catch (error) {
        return error instanceof UserError ? error.message : String(error);
      }
      return "taken";
    };
    const replaced = (from: string, to: string): string => {
      expect(small).toContain(from);
      return refused(small.replace(from, to));
    };
    expect(refused(small)).toContain("The file FILE is damaged or of another kind: ");
    expect(refused("{")).toContain("The file FILE is damaged or of another kind: ");
    expect(refused('{"model":{"type":"WordPiece"}}')).toContain("another kind (added_tokens):");
    expect(replaced('"content":" "}]', '"content":" "},{"type":"Lowercase"}]')).toContain(
      "(normalizer.normalizers.2)",
    );
    expect(replaced('"add_prefix_space":true', '"prepend_scheme":"first"')).toContain(
      "(pre_tokenizer.prepend_scheme)",
    );
    expect(replaced('"add_prefix_space":true', '"split":false')).toContain("(pre_tokenizer.split)");
    expect(replaced('"unk_id":3', '"unk_id":99999')).toContain("(model)");
    expect(replaced('"lstrip":false', '"lstrip":true')).toContain("(added_tokens.0.lstrip)");
  });
});
