/** Files that survive a crash: written whole and flushed, or not there. */
import path from "node:path";
import { open, rename } from "node:fs/promises";

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
