import { startEncoder } from "./models/encoder/encoder.ts";
import type { OpenOptions, Collection } from "./collections/collection.ts";
import { inBackground, unlessAborted } from "./promises.ts";
import { traced } from "./trace.ts";

/**
 * Opens the program: the model begins to load in its worker, and beside it the modules that this file does not name, and the index.
 * Builds the index first where there is none or where it does not fit the reports, the model or this program any more.
 *
 * @throws {UserError} that names what cannot be used, and the remedy; the signal's reason where that comes first: an index that is being
 *   built is left as if it had not been begun.
 */
export async function openProgram(options: OpenOptions): Promise<Collection> {
  const { config, encoderOptions, signal } = options;
  signal?.throwIfAborted();
  // Aborted with the signal, but only while the program opens: what is asked later is finished.
  const opening = new AbortController();
  const breakOff = (): void => {
    opening.abort(signal?.reason);
  };
  signal?.addEventListener("abort", breakOff);
  const starting = inBackground(
    traced("encoder", () =>
      startEncoder(config.modelDir, { ...encoderOptions, signal: opening.signal }),
    ),
  );
  try {
    const loading = traced("modules", () => import("./collections/collection.ts"));
    const { openCollection } = await unlessAborted(loading, signal);
    return await openCollection(starting, options);
  } catch (error) {
    // A worker that is held would keep the process alive.
    const closing = starting.then(
      (encoder) => encoder.close(),
      () => undefined,
    );
    // Whoever breaks it off does not wait for a model to be loaded.
    if (!signal?.aborted) await closing;
    throw error;
  } finally {
    signal?.removeEventListener("abort", breakOff);
  }
}
