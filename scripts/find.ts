/** npm run find: every sentence that holds some words, on the terminal or as JSON. */
import { Command } from "commander";
import type { Mentions } from "../src/ask/mentions.ts";
import { UsageError } from "../src/errors.ts";
import { supportsColors } from "../src/terminal/answerText.ts";
import { toMentionLine } from "../src/terminal/jsonLines.ts";
import { renderCount, renderMention } from "../src/terminal/mentionText.ts";
import type { FolderOptions } from "./command.ts";
import { openReports } from "./openReports.ts";

interface FindOptions extends FolderOptions {
  readonly json?: true;
  readonly report?: string;
}

/** Sentences that are read at once. */
const PAGE_SENTENCES = 500;

export const command = new Command("find")
  .description(
    "Lists every sentence of the reports that holds all of the words, in the reports' order. Words in quotation marks stand together.",
  )
  .argument("<words...>", "the words, in either Chinese script, numbers however written")
  .option("--report <NAME>", "look in one report, by its file's name or words of its title")
  .option("--json", "print one JSON object a sentence instead of text")
  .option("--reports <DIR>", "the folder of the reports (REPORTS_DIR)")
  .option("--index <DIR>", "the folder of the index (INDEX_DIR)")
  .addHelpText(
    "after",
    `
Examples:
  verbatim find 无物业小区
  verbatim find 35000 辦證
  verbatim find '"无物业小区" 143'
  verbatim find --json 小区 | wc -l`,
  )
  .action(find);

/** Prints how many sentences hold the words, then each. */
async function find(words: readonly string[], options: FindOptions): Promise<void> {
  const collection = await openReports(options);
  try {
    const { mentions } = collection;
    const report = reportOf(mentions, options.report);
    const sought = words.join(" ");
    const page = (offset: number) =>
      mentions.find(sought, { report, offset, limit: PAGE_SENTENCES });
    const useColors = supportsColors(process.stdout);
    const first = await page(0);
    if (!options.json) console.log(renderCount(sought, first.total, useColors));
    for (let shown = first; shown.mentions.length > 0;) {
      for (const mention of shown.mentions) {
        console.log(
          options.json ? toMentionLine(mention) : `\n${renderMention(mention, useColors)}`,
        );
      }
      shown = await page(shown.offset + PAGE_SENTENCES);
    }
  } finally {
    await collection.close();
  }
}

/** @throws {UsageError} if no report is named so. */
function reportOf(mentions: Mentions, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const [named] = mentions.reportsNamed(name);
  if (named) return named.id;
  const names = mentions.reportsNamed("").map(({ id }) => id);
  throw new UsageError(`There is no report ${name}: name one of ${names.join(", ")}.`);
}
