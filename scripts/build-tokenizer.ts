/** npm run build-tokenizer: makes tokenizer.unigram of a model folder's tokenizer.json, so that the model starts sooner. */
import path from "node:path";
import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { TOKENIZER_FILE } from "../src/models/modelFolder.ts";
import { encodeUnigram } from "../src/models/tokenizer/unigramFile.ts";
import { UserError } from "../src/errors.ts";
import { replaceFile } from "../src/files.ts";
import { fromTokenizerJson } from "../src/models/tokenizer/tokenizerJson.ts";
import { readSettings, runCommand } from "./command.ts";

const command = new Command("build-tokenizer")
  .description(`Makes ${TOKENIZER_FILE} of the tokenizer.json in a model folder.`)
  .argument("[folder]", "the model folder (MODEL_DIR)")
  .action(async (folder: string = readSettings({}).modelDir) => {
    const source = path.join(folder, "tokenizer.json");
    const bytes = encodeUnigram(fromTokenizerJson(await read(source), source));
    const file = path.join(folder, TOKENIZER_FILE);
    await replaceFile(file, bytes, `${file}.new`);
    console.log(`${file}: ${bytes.length} bytes`);
  });

await runCommand(command);

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new UserError(`The model file ${file} cannot be read: name another folder.`, { cause });
  }
}
