import { startEncoder } from "./models/encoder/encoder.ts";
import type { OpenOptions, Collection } from "./collections/collection.ts";
import { inBackground } from "./promises.ts";
import { traced } from "./trace.ts";

/**
 * Opens the program: the model begins to load in its worker, and beside it the modules that this file does not name, and the index.
 * Builds the index first where there is none or where it does not fit the reports, the model or this program any more.
 *
 * @throws {UserError} that names what cannot be used, and the remedy.
 */
export async function openProgram(options: OpenOptions): Promise<Collection> {
  const { config, encoderOptions } = options;
  const starting = inBackground(
    traced("encoder", () => startEncoder(config.modelDir, encoderOptions)),
  );
  try {
    const { openCollection } = await traced("modules", () => import("./collections/collection.ts"));
    return await openCollection(starting, options);
  } catch (error) {
    // A worker that is held would keep the process alive.
    const encoder = await starting.catch(() => undefined);
    await encoder?.close();
    throw error;
  }
}
