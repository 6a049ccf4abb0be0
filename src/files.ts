/** Files that survive a crash: written whole and flushed, or not there; and known by their hash. */
import path from "node:path";
import { createHash } from "node:crypto";
import { open, rename } from "node:fs/promises";

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

/** Writes a file and flushes it to the disk before it returns. */
export async function writeFlushed(file: string, data: string | Uint8Array): Promise<void> {
  const handle = await open(file, "w");
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Flushes a folder, so that the names in it survive a crash too. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Replaces a file in one step: a reader sees the old contents or the new ones, never a part.
 *
 * @param beside Where the new contents are written first; a crash may leave it behind.
 */
export async function replaceFile(
  file: string,
  data: string | Uint8Array,
  beside: string,
): Promise<void> {
  await writeFlushed(beside, data);
  await rename(beside, file);
  await flushFolder(path.dirname(file));
}
