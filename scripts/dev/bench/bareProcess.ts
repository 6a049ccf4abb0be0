/** What --start compares with: loads the model by the library's own pipeline, embeds one question, prints the vector. */
import { loadBareModel } from "./bareModel.ts";

const [modelDir = "", question = ""] = process.argv.slice(2);
const embed = await loadBareModel(modelDir);
console.log(JSON.stringify((await embed(question)).tolist()));
