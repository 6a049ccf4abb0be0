import { startEncoder } from "./embed/encoder.ts";
import type { OpenOptions, Verbatim } from "./verbatim.ts";
import { traced } from "./trace.ts";

/**
 * Opens the program: the model begins to load in its thread, then the rest of the program's modules and the index load beside it.
 * Builds the index first where there is none or where it does not fit the reports, the model or this program any more.
 *
 * @throws {UserError} that names what cannot be used, and the remedy.
 */
export async function openVerbatim(options: OpenOptions): Promise<Verbatim> {
  const { config, encoderOptions } = options;
  const starting = traced("encoder", () => startEncoder(config.modelDir, encoderOptions));
  // Whoever awaits it later sees the failure; until then it must not count as unhandled.
  starting.catch(() => undefined);
  const { openBeside } = await traced("modules", () => import("./verbatim.ts"));
  return openBeside(starting, options);
}
