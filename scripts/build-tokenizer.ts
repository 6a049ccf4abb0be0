/** Makes tokenizer.unigram of a model folder's tokenizer.json: `npx tsx scripts/build-tokenizer.ts [FOLDER]`. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { encodeUnigram } from "../src/embed/unigram/file.ts";
import { fromTokenizerJson } from "./tokenizer/fromTokenizerJson.ts";

const [folder = "embeddings/model/multilingual-e5-small"] = process.argv.slice(2);

const bytes = encodeUnigram(fromTokenizerJson(await readFile(path.join(folder, "tokenizer.json"))));
await writeFile(path.join(folder, "tokenizer.unigram"), bytes);
console.log(`tokenizer.unigram: ${bytes.length} bytes`);
