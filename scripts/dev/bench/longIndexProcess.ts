/** Builds and opens an index of a text with made-up vectors, without a model; its arguments are the text's file and the index's folder. */
import { readFile } from "node:fs/promises";
import { sha256 } from "../../../src/bytes.ts";
import { fileStore } from "../../../src/index/fileStore/fileStore.ts";
import { buildGeneration } from "../../../src/ingest/ingest.ts";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { readPlainText } from "../../../src/parse/formats/plainText.ts";
import { readReport } from "../../../src/parse/parseReport.ts";
import { normaliseRows } from "../../../src/vectors.ts";
import { seededRandom } from "../../../test/support/seed.ts";

const DIMENSIONS = 384;

/** As much text as a token stands for, in UTF-16 code units. */
const TOKEN_CHARS = 4;

const [file = "", indexDir = ""] = process.argv.slice(2);
const random = seededRandom(3);

function madeUpRows(count: number): Float32Array {
  const rows = Float32Array.from({ length: count * DIMENSIONS }, () => random() - 0.5);
  return normaliseRows(rows, DIMENSIONS);
}

function spansOf(text: string): Int32Array {
  const count = Math.ceil(text.length / TOKEN_CHARS);
  return Int32Array.from({ length: 2 * count }, (_, i) =>
    Math.min(text.length, TOKEN_CHARS * Math.ceil(i / 2)),
  );
}

const encoder: Encoder = {
  dimensions: DIMENSIONS,
  encode: (text) => {
    const spans = spansOf(text);
    const count = spans.length / 2;
    const weights = new Float32Array(count).fill(1);
    return Promise.resolve({ vector: madeUpRows(1), tokens: madeUpRows(count), weights, spans });
  },
  tokenize: (texts) =>
    Promise.resolve(
      texts.map((text) => {
        const spans = spansOf(text);
        return { ids: new Uint32Array(spans.length / 2), spans };
      }),
    ),
  read: undefined,
  close: () => Promise.resolve(),
};

const report = readReport("long", readPlainText(await readFile(file, "utf8")));
const sources = { settings: sha256(""), model: sha256(""), reports: [] };
await buildGeneration({ reports: [report], refused: [], sources }, fileStore(indexDir), encoder);
