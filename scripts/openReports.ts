import type { Collection } from "../src/collections/collection.ts";
import { openProgram } from "../src/main.ts";
import { withProgress } from "../src/terminal/progress.ts";
import { readSettings, sayBuilding } from "./command.ts";
import type { FolderOptions } from "./command.ts";

/** Opens the reports for whoever asks on the terminal, who is told if an index is built first. */
export async function openReports(options: FolderOptions): Promise<Collection> {
  const config = readSettings(options);
  const built: string[] = [];
  const onBuild = (why: string): void => {
    built.push(why);
    sayBuilding(why);
  };
  const collection = await withProgress(
    { stream: process.stderr, label: "Building the index" },
    (onProgress) => openProgram({ config, onBuild, onProgress }),
  );
  // Once: an answer from an index that was there says nothing else.
  if (built.length > 0) for (const sentence of collection.notRead) console.error(sentence);
  return collection;
}
