import * as v from "valibot";
import { UserError } from "../../errors.ts";
import { TOKENIZER_FILE } from "../modelFolder.ts";
import { sha256 } from "../../bytes.ts";
import { openCharsMap } from "./normaliser.ts";
import type { UnigramData } from "./unigramFile.ts";
import { buildTrie } from "./trie.ts";

const Id = v.pipe(v.number(), v.integer(), v.minValue(0));

const AddedToken = v.object({
  id: Id,
  content: v.string(),
  single_word: v.literal(false),
  lstrip: v.literal(false),
  rstrip: v.literal(false),
  normalized: v.literal(false),
});
const SpecialToken = v.object({ SpecialToken: v.object({ id: v.string() }) });

/**
 * The one kind of tokenizer.json that src/embed/unigram knows: that of XLM-RoBERTa's SentencePiece model as this project's model has
 * it. Strict: a step more would make other tokens.
 */
const TokenizerJson = v.object({
  added_tokens: v.array(AddedToken),
  normalizer: v.strictObject({
    type: v.literal("Sequence"),
    normalizers: v.strictTuple([
      v.strictObject({ type: v.literal("Precompiled"), precompiled_charsmap: v.string() }),
      v.strictObject({
        type: v.literal("Replace"),
        pattern: v.strictObject({ Regex: v.literal(" {2,}") }),
        content: v.literal(" "),
      }),
    ]),
  }),
  // Written one way by older versions, the other by newer ones; these are also what they take where nothing is written.
  pre_tokenizer: v.strictObject({
    type: v.literal("Metaspace"),
    replacement: v.literal("▁"),
    add_prefix_space: v.optional(v.literal(true)),
    prepend_scheme: v.optional(v.literal("always")),
    split: v.optional(v.literal(true)),
  }),
  post_processor: v.object({
    type: v.literal("TemplateProcessing"),
    single: v.strictTuple([
      SpecialToken,
      v.object({ Sequence: v.object({ id: v.literal("A") }) }),
      SpecialToken,
    ]),
  }),
  model: v.pipe(
    v.strictObject({
      type: v.literal("Unigram"),
      unk_id: Id,
      byte_fallback: v.optional(v.literal(false)),
      vocab: v.array(v.strictTuple([v.string(), v.number()])),
    }),
    v.check(({ unk_id, vocab }) => unk_id < vocab.length),
  ),
});

/**
 * Reads a tokenizer.json.
 *
 * @param name How the file is named in a message.
 * @throws {UserError} if it is of another kind than src/embed/unigram knows, or damaged.
 */
export function fromTokenizerJson(file: Uint8Array, name: string): UnigramData {
  try {
    return convert(file);
  } catch (cause) {
    const field = v.isValiError<typeof TokenizerJson>(cause) ? v.getDotPath(cause.issues[0]) : null;
    throw new UserError(
      `The file ${name} is damaged or of another kind${field === null ? "" : ` (${field})`}: the library's tokenizer is used for a model without ${TOKENIZER_FILE}.`,
      { cause },
    );
  }
}

function convert(file: Uint8Array): UnigramData {
  const parsed = v.parse(TokenizerJson, JSON.parse(Buffer.from(file).toString("utf8")));
  const { added_tokens: added, normalizer, post_processor, model } = parsed;
  const [before, , after] = post_processor.single;
  const idOf = (content: string): number => {
    const id = added.find((token) => token.content === content)?.id;
    if (id === undefined) throw new RangeError(`${content} is no added token`);
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
    throw new RangeError("the character map keeps ▁");
  }
}
