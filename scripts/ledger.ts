/** npm run ledger: a community's approvals, gaps and settings to a file and back. */
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { UserError } from "../src/errors.ts";
import { openLedger } from "../src/ledger/ledger.ts";
import type { Ledger } from "../src/ledger/ledger.ts";
import { readLedgerFile } from "../src/ledger/portable/ledgerFile.ts";
import type { Entry } from "../src/ledger/portable/ledgerFile.ts";
import { readSettings } from "./command.ts";

export const command = new Command("ledger")
  .description(
    "Writes approvals, gaps and settings to a file of JSON lines, or reads them from one.",
  )
  .addHelpText(
    "after",
    `
Examples:
  verbatim ledger export backup.jsonl
  verbatim ledger import backup.jsonl`,
  );
command
  .command("export")
  .description("write the ledger to a file that is not there yet")
  .argument("<FILE>", "the file")
  .action(exportTo);
command
  .command("import")
  .description(
    "read a file of export's into the ledger: all of it or nothing; what is there stays where it is newer",
  )
  .argument("<FILE>", "the file")
  .action(importFrom);

async function exportTo(file: string): Promise<void> {
  await withLedger(async (ledger) => {
    const lines = await ledger.exportLines();
    try {
      await writeFile(file, lines.map((line) => `${line}\n`).join(""), { flag: "wx" });
    } catch (cause) {
      throw new UserError(`${file} cannot be written: name a file that is not there yet.`, {
        cause,
      });
    }
    console.error(`${file} has ${lines.length - 1} entries.`);
  });
}

async function importFrom(file: string): Promise<void> {
  const entries = await read(file);
  await withLedger(async (ledger) => {
    const { changed, unchanged } = await ledger.importEntries(entries);
    console.error(`Imported ${changed} entries; ${unchanged} were there already, or newer.`);
  });
}

async function read(file: string): Promise<Entry[]> {
  const stream = createReadStream(file, "utf8");
  try {
    return await readLedgerFile(stream);
  } catch (cause) {
    if (cause instanceof UserError) throw new UserError(`${file}: ${cause.message}`, { cause });
    throw new UserError(`${file} cannot be read: check its name and its rights.`, { cause });
  } finally {
    stream.destroy();
  }
}

async function withLedger(work: (ledger: Ledger) => Promise<void>): Promise<void> {
  const ledger = await openLedger(readSettings({}));
  try {
    await work(ledger);
  } finally {
    await ledger.close();
  }
}
