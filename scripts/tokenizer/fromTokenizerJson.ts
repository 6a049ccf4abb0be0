import * as v from "valibot";
import { UserError } from "../../src/errors.ts";
import { openCharsMap } from "../../src/embed/unigram/charsMap.ts";
import type { UnigramData } from "../../src/embed/unigram/file.ts";
import { sha256 } from "../../src/index/files.ts";
import { buildTrie } from "./doubleArray.ts";

const Id = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The one kind of tokenizer.json that src/embed/unigram knows: that of XLM-RoBERTa and of what was made from it. */
const TokenizerJson = v.object({
  added_tokens: v.array(
    v.object({
      id: Id,
      content: v.string(),
      single_word: v.literal(false),
      lstrip: v.literal(false),
      rstrip: v.literal(false),
      normalized: v.literal(false),
    }),
  ),
  normalizer: v.object({
    type: v.literal("Sequence"),
    normalizers: v.tuple([
      v.object({
        type: v.literal("Precompiled"),
        precompiled_charsmap: v.pipe(v.string(), v.minLength(1)),
      }),
      v.object({
        type: v.literal("Replace"),
        pattern: v.object({ Regex: v.literal(" {2,}") }),
        content: v.literal(" "),
      }),
    ]),
  }),
  pre_tokenizer: v.object({
    type: v.literal("Metaspace"),
    replacement: v.literal("▁"),
    add_prefix_space: v.literal(true),
  }),
  post_processor: v.object({
    type: v.literal("TemplateProcessing"),
    single: v.tuple([
      v.object({ SpecialToken: v.object({ id: v.string() }) }),
      v.object({ Sequence: v.object({ id: v.literal("A") }) }),
      v.object({ SpecialToken: v.object({ id: v.string() }) }),
    ]),
  }),
  model: v.object({
    type: v.literal("Unigram"),
    unk_id: Id,
    byte_fallback: v.optional(v.literal(false)),
    vocab: v.array(v.tuple([v.string(), v.number()])),
  }),
});

/**
 * Reads a tokenizer.json.
 *
 * @throws {UserError} if it is of another kind than src/embed/unigram knows.
 */
export function fromTokenizerJson(file: Uint8Array): UnigramData {
  const parsed = v.safeParse(TokenizerJson, parseJson(file));
  if (!parsed.success) throw anotherKind(v.getDotPath(parsed.issues[0]) ?? "");
  const { added_tokens: added, normalizer, post_processor, model } = parsed.output;
  const [before, , after] = post_processor.single;
  const idOf = (content: string): number => {
    const id = added.find((token) => token.content === content)?.id;
    if (id === undefined) throw anotherKind("post_processor.single");
    return id;
  };
  const charsMap = Uint8Array.from(
    Buffer.from(normalizer.normalizers[0].precompiled_charsmap, "base64"),
  );
  assertSpacesMapped(charsMap);
  return {
    source: sha256(file),
    unknown: model.unk_id,
    first: idOf(before.SpecialToken.id),
    last: idOf(after.SpecialToken.id),
    added: added.map(({ id, content }) => ({ id, content })),
    scores: Float64Array.from(model.vocab, ([, score]) => score),
    trie: buildTrie(
      model.vocab.map(([piece], value) => ({ bytes: Buffer.from(piece, "utf8"), value })),
    ),
    charsMap,
  };
}

/** normalise.ts takes every ▁ for a space, which is right only if the map makes a space of one in the text. */
function assertSpacesMapped(charsMap: Uint8Array): void {
  const mark = Buffer.from("▁", "utf8");
  const replacement = openCharsMap(charsMap).replacement(mark, 0, mark.length);
  if (replacement?.length !== 1 || replacement[0] !== 0x20) {
    throw anotherKind("normalizer.normalizers.0.precompiled_charsmap");
  }
}

function parseJson(file: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(file).toString("utf8"));
  } catch (cause) {
    throw new UserError("The tokenizer.json is no JSON: restore the model folder.", { cause });
  }
}

function anotherKind(field: string): UserError {
  return new UserError(
    `This tokenizer.json is of another kind (${field}): the library's tokenizer is used for it, no file is needed.`,
  );
}
