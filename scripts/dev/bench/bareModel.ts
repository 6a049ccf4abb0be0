/** What --start compares with: loads the model by the library's own pipeline, embeds one question, prints the vector. */
import path from "node:path";
import { env, pipeline } from "@xenova/transformers";

const [modelDir = "", question = ""] = process.argv.slice(2);
env.allowRemoteModels = false;
env.localModelPath = path.dirname(path.resolve(modelDir));
const extract = await pipeline("feature-extraction", path.basename(modelDir), { quantized: true });
const output = await extract(`query: ${question}`, { pooling: "mean", normalize: true });
console.log(JSON.stringify(output.tolist()));
