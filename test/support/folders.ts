import path from "node:path";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { inject, onTestFinished } from "vitest";

/** The model that answers are measured with. */
export const REAL_MODEL = path.resolve("embeddings/model/multilingual-e5-small");

/** A real encoder of 32 dimensions that loads in a moment; its words are its bag of pieces. */
export const SMALL_MODEL = path.resolve("test/fixtures/small-encoder");

/** A new empty folder that goes when the run of the tests ends. */
export function runFolder(): Promise<string> {
  return mkdtemp(path.join(inject("run").folder, "test-"));
}

/** A new empty folder that goes when the test ends, at the latest with the run. */
export async function temporaryFolder(): Promise<string> {
  const folder = await runFolder();
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder with the given files, by name. */
export async function folderWith(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  return folder;
}

/** A copy of the small model that a test may damage. */
export async function copyOfSmallModel(): Promise<string> {
  const folder = path.join(await temporaryFolder(), "model");
  await cp(SMALL_MODEL, folder, { recursive: true });
  return folder;
}
