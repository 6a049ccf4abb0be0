/** The tokens of the real model's tokenizer, as Hugging Face's tokenizers gives them, and as the library does. */
import path from "node:path";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { loadLibraryTokenizer } from "../../../src/models/tokenizer/libraryTokenizer.ts";
import { loadTokenizer } from "../../../src/models/tokenizer/loadTokenizer.ts";
import type { Token } from "../../../src/models/tokenizer/token.ts";
import { REAL_MODEL } from "../../support/folders.ts";

const FIXTURES = "test/fixtures/tokenizer";
/** Laid beside the project where it is developed; not part of it. */
const XQUAD = "../shared/eval/xquad";

const OddString = v.object({ text: v.string(), ids: v.array(v.number()) });
const Digests = v.record(v.string(), v.object({ texts: v.number(), sha256: v.string() }));
const XquadLine = v.object({ text: v.string() });

/**
 * How many texts of a file the library gives other ids than the original does; of those not named here, none. It applies NFKC, which puts
 * marks in another order than SentencePiece's character map.
 */
const LIBRARY_DIFFERS: Readonly<Record<string, number>> = { "queries.ar.jsonl": 20 };

const ours = await loadTokenizer(REAL_MODEL);
const idsOf = (tokens: readonly Token[]): number[] => tokens.map(({ id }) => id);

async function linesOf(file: string): Promise<string[]> {
  return (await readFile(file, "utf8")).split("\n");
}

async function textsOf(name: string): Promise<string[]> {
  if (name === "report") return linesOf("reports/dingzhou-2021-review.txt");
  const lines = await linesOf(path.join(XQUAD, name));
  return lines
    .filter((line) => line !== "")
    .map((line) => v.parse(XquadLine, JSON.parse(line)).text);
}

const digests = v.parse(
  Digests,
  JSON.parse(await readFile(path.join(FIXTURES, "digests.json"), "utf8")),
);
const present = Object.entries(digests).filter(([name]) => name === "report" || existsSync(XQUAD));

describe("the tokenizer of the model", () => {
  it("gives 2,000 odd strings the ids of the original", async () => {
    const lines = await linesOf(path.join(FIXTURES, "odd-strings.jsonl"));
    const strings = lines
      .filter((line) => line !== "")
      .map((line) => v.parse(OddString, JSON.parse(line)));
    expect(strings).toHaveLength(2_000);
    for (const { text, ids } of strings) {
      expect(idsOf(ours.tokenize(text)), JSON.stringify(text).slice(0, 200)).toEqual(ids);
    }
  });

  it.each(present)("gives the texts of %s the ids of the original", async (name, expected) => {
    const texts = await textsOf(name);
    const hash = createHash("sha256");
    for (const text of texts) hash.update(`${JSON.stringify(idsOf(ours.tokenize(text)))}\n`);
    expect({ texts: texts.length, sha256: hash.digest("hex") }).toEqual(expected);
  });

  it("gives ids, weights and places of the library, but where that is known to differ", async () => {
    const library = await loadLibraryTokenizer(REAL_MODEL);
    expect([ours.first, ours.last]).toEqual([library.first, library.last]);
    for (const [name] of present) {
      let differing = 0;
      for (const text of await textsOf(name)) {
        const [mine, theirs] = [ours.tokenize(text), library.tokenize(text)];
        if (idsOf(mine).join() === idsOf(theirs).join()) expect(mine).toEqual(theirs);
        else differing++;
      }
      expect(differing, name).toBe(LIBRARY_DIFFERS[name] ?? 0);
    }
  });

  it("puts each token where its characters are, in UTF-16 code units", () => {
    const text = "😀  ａb\u0301 ﷺ<mask>";
    const places = ours.tokenize(text).map(({ start, end }) => text.slice(start, end));
    expect(places).toEqual(["😀", "ａb", "\u0301", "ﷺ", "ﷺ", "ﷺ", "ﷺ", "<mask>"]);
  });
});
