/** Bytes: their hash, and those of a typed array. */
import { createHash } from "node:crypto";

/** SHA-256 in lower-case hexadecimal digits. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** The bytes of a typed array as they stand in memory: little-endian on every platform Node runs on. */
export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
