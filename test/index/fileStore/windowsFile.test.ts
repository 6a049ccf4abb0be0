import path from "node:path";
import { writeFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { uint32 } from "../../../src/bytes.ts";
import {
  encodeWindowTable,
  encodeWindowTokens,
  openWindows,
} from "../../../src/index/fileStore/windowsFile.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { SEED } from "../../support/seed.ts";

const number = fc.nat(2 ** 32 - 1);
const tokens = fc.array(fc.tuple(number, number, number), { maxLength: 5 }).map((records) => ({
  ids: Uint32Array.from(records, ([id]) => id),
  spans: Uint32Array.from(records.flatMap(([, start, end]) => [start, end])),
}));
const windows = fc.array(fc.record({ from: number, to: number, tokens }), { maxLength: 5 });

it("windows are read as they were written, in any order", async () => {
  const file = path.join(await temporaryFolder(), "windows");
  await fc.assert(
    fc.asyncProperty(windows, async (written) => {
      await writeFile(file, encodeWindowTokens(written));
      const opened = openWindows(file, uint32(encodeWindowTable(written)));
      expect(opened.places).toEqual(written.map(({ from, to }) => ({ from, to })));
      for (const [i, it] of Array.from(written.entries()).reverse()) {
        expect(opened.read(i)).toEqual(it.tokens);
      }
      expect(() => opened.read(written.length)).toThrow(RangeError);
      opened.close();
    }),
    { seed: SEED },
  );
});
