/** The model by the library's own pipeline: what answers are compared with. */
import path from "node:path";
import { env, pipeline } from "@xenova/transformers";

/** Loads a model folder; what it gives embeds a question. */
export async function loadBareModel(modelDir: string) {
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(path.resolve(modelDir));
  const name = path.basename(modelDir);
  const extract = await pipeline("feature-extraction", name, { quantized: true });
  return (question: string) => extract(`query: ${question}`, { pooling: "mean", normalize: true });
}
