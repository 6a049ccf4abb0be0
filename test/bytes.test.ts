import path from "node:path";
import { describe, expect, it } from "vitest";
import { bytesOf, sha256, sha256OfFile, uint32 } from "../src/bytes.ts";
import { folderWith } from "./support/folders.ts";

describe("sha256OfFile", () => {
  it.each([0, 1, 3 << 20])("is that of the %i bytes in it", async (length) => {
    const text = "a".repeat(length);
    const folder = await folderWith({ file: text });
    expect(await sha256OfFile(path.join(folder, "file"))).toBe(sha256(text));
  });
});

describe("uint32", () => {
  it.each([0, 1, 4])("gives back the numbers from their bytes, %i bytes into others", (at) => {
    const numbers = Uint32Array.from([0, 1, 2 ** 32 - 1]);
    const others = new Uint8Array(16);
    others.set(bytesOf(numbers), at);
    expect(uint32(others.subarray(at, at + 12))).toEqual(numbers);
  });
});
