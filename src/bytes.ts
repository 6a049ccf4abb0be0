/** Bytes: their hash, and the numbers that stand in them. */
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

/** SHA-256 in lower-case hexadecimal digits. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** How much of a file is read at once, in bytes. */
const CHUNK_BYTES = 1 << 20;

/** SHA-256 of a file, in lower-case hexadecimal digits. It need not fit in memory, and is read into one buffer: a stream would leave as much garbage as the file is long. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const handle = await open(file);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(chunk);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(chunk.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/** The bytes of a typed array as they stand in memory: little-endian on every platform Node runs on. */
export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** The bytes where they begin at a multiple of four, as a file that was read does; a copy that does elsewhere. */
export function aligned(data: Uint8Array): Uint8Array {
  return data.byteOffset % Uint32Array.BYTES_PER_ELEMENT === 0 ? data : data.slice();
}

/** The 32-bit numbers that {@link bytesOf} gave the bytes of. */
export function uint32(data: Uint8Array): Uint32Array {
  const { buffer, byteOffset, length } = aligned(data);
  return new Uint32Array(buffer, byteOffset, length / Uint32Array.BYTES_PER_ELEMENT);
}
