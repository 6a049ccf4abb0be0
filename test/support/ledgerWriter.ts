/** A process whose writers work on a ledger until it is killed; each line that it prints is a promise. */
import { writeSync } from "node:fs";
import { openLedger } from "../../src/ledger/ledger.ts";
import { WORKS } from "./ledgerWork.ts";

const [round = "0", dataDir = "", databaseUrl] = process.argv.slice(2);
const WRITERS = 8;

const ledger = await openLedger({ dataDir, databaseUrl, retentionDays: 1 });
const works = Object.entries(WORKS);

await Promise.all(
  Array.from({ length: WRITERS }, async (_, writer) => {
    for (let i = writer; ; i++) {
      const [kind, work] = works[i % works.length] ?? [];
      const name = `${round}-${writer}-${i}`;
      await work?.perform(ledger, name);
      writeSync(1, `${kind ?? ""} ${name}\n`);
    }
  }),
);
