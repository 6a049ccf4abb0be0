/** What an index would be made from now. */
import { sha256 } from "../bytes.ts";
import { INDEX_SETTINGS } from "../index/manifest.ts";
import type { Sources } from "../index/manifest.ts";
import { hashModel } from "../models/modelFolder.ts";
import type { ReportFile } from "../parse/reportFiles.ts";
import questionBank from "./questionBank.json" with { type: "json" };

/**
 * The sources as they are now: this program's settings, the model's files and the reports.
 *
 * @throws {UserError} that names a model file which cannot be read or does not fit the others.
 */
export async function currentSources(
  modelDir: string,
  reports: readonly ReportFile[],
): Promise<Sources> {
  return {
    settings: sha256(JSON.stringify([INDEX_SETTINGS, questionBank])),
    model: await hashModel(modelDir),
    reports: reports.map(({ id, hash }) => ({ id, hash })),
  };
}
