/** The map of characters that a tokenizer brings: what is none is refused. */
import { expect, it } from "vitest";
import { openCharsMap } from "../../../src/models/tokenizer/normaliser.ts";

/** A map whose trie says that it has so many bytes. */
function blobOf(trieBytes: number, length: number): Uint8Array {
  const blob = new Uint8Array(length);
  new DataView(blob.buffer).setUint32(0, trieBytes, true);
  return blob;
}

it.each([
  ["is no multiple of four", blobOf(6, 40)],
  ["is longer than what there is", blobOf(40, 40)],
  ["is not there", new Uint8Array(3)],
])("a trie whose size %s", (_, blob) => {
  expect(() => openCharsMap(blob)).toThrow(RangeError);
});

it("one that fills the map", () => {
  expect(() => openCharsMap(blobOf(36, 40))).not.toThrow();
});
