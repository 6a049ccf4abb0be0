/** Readings on disk, so that a part of the search can be left out without reading the same windows again. */
import path from "node:path";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import * as v from "valibot";
import { bytesOf, sha256, sha256OfFile } from "../../../src/bytes.ts";
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import { READER_FILE, hashModel } from "../../../src/models/modelFolder.ts";
import type { Reading } from "../../../src/models/readWindows.ts";

const FOLDER = ".cache/readings";

const Logits = v.pipe(
  v.string(),
  v.transform((text) => {
    const bytes = Uint8Array.from(Buffer.from(text, "base64"));
    return new Float32Array(bytes.buffer);
  }),
);
const Kept = v.record(
  v.string(),
  v.object({ answers: v.number(), nowhere: v.number(), starts: Logits, ends: Logits }),
);

/** An encoder that reads each window once for each question, whichever program asks: a file a question, by the hash of the models. */
export async function keepReadings(encoder: Encoder, modelDir: string): Promise<Encoder> {
  const { read } = encoder;
  if (read === undefined) return encoder;
  const reader = await sha256OfFile(path.join(modelDir, READER_FILE));
  const folder = path.join(FOLDER, sha256((await hashModel(modelDir)) + reader).slice(0, 16));
  await mkdir(folder, { recursive: true });
  return {
    ...encoder,
    read: async (question, windows) => {
      const file = path.join(folder, `${sha256(question).slice(0, 32)}.json`);
      const known: Record<string, Reading> = existsSync(file)
        ? v.parse(Kept, JSON.parse(await readFile(file, "utf8")))
        : {};
      const keys = windows.map((ids) => sha256(bytesOf(ids)).slice(0, 16));
      const unread = keys.flatMap((key, i) => {
        const ids = windows[i];
        return ids && known[key] === undefined ? [{ key, ids }] : [];
      });
      const readings =
        unread.length > 0
          ? await read(
              question,
              unread.map(({ ids }) => ids),
            )
          : [];
      unread.forEach(({ key }, i) => {
        const reading = readings[i];
        if (reading) known[key] = reading;
      });
      if (unread.length > 0) await writeFile(file, JSON.stringify(known, toText));
      return keys.flatMap((key) => known[key] ?? []);
    },
  };
}

function toText(_: string, value: unknown): unknown {
  return value instanceof Float32Array ? Buffer.from(bytesOf(value)).toString("base64") : value;
}
