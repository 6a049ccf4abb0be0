/** npm run ask: answers questions on the terminal, or as JSON. */
import { Command, InvalidArgumentError } from "commander";
import { DEFAULT_EXCERPTS, MAX_EXCERPTS } from "../src/ask/answer.ts";
import { UsageError } from "../src/errors.ts";
import { citedOf } from "../src/ask/citation.ts";
import type { Excerpt } from "../src/ask/excerpt.ts";
import type { Collection } from "../src/collections/collection.ts";
import {
  renderCard,
  renderCitation,
  renderExcerpts,
  supportsColors,
} from "../src/terminal/answerText.ts";
import { EXPLAINED_EXCERPTS, renderExplanation } from "../src/terminal/explain.ts";
import { toCitedLine, toContextLine, toJsonLine, toWordsLine } from "../src/terminal/jsonLines.ts";
import type { NamedQuestion } from "../src/terminal/jsonLines.ts";
import { renderWords } from "../src/terminal/wordsText.ts";
import { traced } from "../src/trace.ts";
import { EXIT_USAGE, readSettings } from "./command.ts";
import type { FolderOptions } from "./command.ts";
import { openReports } from "./openReports.ts";

interface AskOptions extends FolderOptions {
  readonly after?: string;
  readonly json?: true;
  readonly jsonl?: true;
  readonly top?: number;
  readonly explain?: true;
  readonly cite?: string;
  readonly context?: string;
  readonly words?: string;
  readonly citation?: string;
}

export const command = new Command("ask")
  .description(
    "Answers a question with the words of the reports. Without a question it opens a prompt.",
  )
  .argument("[question...]", "the question, in any language")
  .option("--after <QUESTION>", "the question before, on which this one may lean")
  .option("--json", "print one JSON object instead of text")
  .option(
    "--jsonl",
    'read questions from standard input, one {"id","question","after"} or plain text a line',
  )
  .option(
    "--top <K>",
    `most excerpts, 1 to ${MAX_EXCERPTS} (default: ${DEFAULT_EXCERPTS})`,
    parseTop,
  )
  .option("--explain", "say what the decision and the order of the passages come from")
  .option(
    "--cite <WORDS>",
    "instead of a question: a section by words of its heading, or a passage by its id",
  )
  .option("--context <PASSAGE>", "instead of a question: the paragraph around a passage, by its id")
  .option("--words <PASSAGE>", "instead of a question: a Chinese passage word by word, by its id")
  .option(
    "--citation <PASSAGE>",
    "instead of a question: how a passage is cited, by its id; with --json as CSL-JSON",
  )
  .option("--reports <DIR>", "the folder of the reports (REPORTS_DIR)")
  .option("--index <DIR>", "the folder of the index (INDEX_DIR)")
  .addHelpText(
    "after",
    `
Examples:
  verbatim ask "143个无物业小区后来怎么处理的？"
  verbatim ask --top 1 --explain "who is zhang tao"
  verbatim ask --after "改造老旧小区多少个？" "那无物业小区呢"
  verbatim ask --cite "无物业小区"
  verbatim ask --jsonl < questions.txt > answers.jsonl`,
  )
  .action(ask);

/** Answers what was typed, the lines of standard input, or whoever is at the terminal. */
export async function ask(words: readonly string[], options: AskOptions): Promise<void> {
  const question = words.join(" ");
  const { cite, context, words: passage, citation } = options;
  const isLookup = [cite, context, passage, citation].some((it) => it !== undefined);
  checkUse(words, options, isLookup);
  const collection = await openReports(options);
  const answer = (named: NamedQuestion) => answerTo(named, collection, options);
  try {
    if (isLookup) {
      await lookUp(collection, options);
      return;
    }
    if (words.length > 0) {
      console.log(await answer({ id: null, question, after: options.after }));
      return;
    }
    // Loaded when it is needed: one question needs no lines.
    const { answerLines, prompt } = await import("../src/terminal/prompt.ts");
    if (!options.jsonl) await prompt(answer, process, console);
    else if (!(await answerLines(answer, process.stdin, console))) process.exitCode = EXIT_USAGE;
  } finally {
    await collection.close();
  }
}

/** @throws {UsageError} if what was typed does not go together. */
function checkUse(words: readonly string[], options: AskOptions, isLookup: boolean): void {
  if (options.jsonl && words.length > 0) {
    throw new UsageError(
      "With --jsonl the questions come from standard input: leave the question out.",
    );
  }
  if (options.after !== undefined && words.length === 0) {
    throw new UsageError("--after is the question before one that is asked: add the question.");
  }
  if (isLookup && (words.length > 0 || options.jsonl)) {
    throw new UsageError(
      "With --cite, --context, --words or --citation nothing is asked: leave the question out.",
    );
  }
  if (words.length > 0 && words.join(" ").trim() === "") {
    throw new UsageError("The question is empty: type what you want to know.");
  }
}

/** Prints what the cards of /cite and of the buttons Context, Word by word and Copy citation show. */
async function lookUp({ lookup }: Collection, options: AskOptions): Promise<void> {
  const { cite, context, words, citation, json } = options;
  if (cite !== undefined) {
    const excerpts = await lookup.cite(cite);
    print(json ? toCitedLine(cite, excerpts) : excerpts);
  }
  if (context !== undefined) {
    const paragraph = await lookup.paragraphOf(context.trim());
    print(json ? toContextLine(context, paragraph) : paragraph ? [paragraph.excerpt] : []);
  }
  if (words !== undefined) {
    const pieces = await lookup.words(words.trim());
    if (json) print(toWordsLine(words, pieces));
    else if (pieces) print(renderWords(pieces, supportsColors(process.stdout)));
    else console.error("There is no such passage in the reports, or it is not Chinese.");
  }
  if (citation !== undefined) {
    const [excerpt] = await lookup.passages([citation.trim()]);
    const { siteUrl } = readSettings(options).site;
    print(excerpt ? renderCitation(citedOf(excerpt, siteUrl), json === true) : []);
  }
}

function print(shown: string | readonly Excerpt[]): void {
  if (typeof shown === "string") console.log(shown);
  else if (shown.length > 0) console.log(renderExcerpts(shown, supportsColors(process.stdout)));
  else console.error("There is no such passage or section in the reports.");
}

/** What is printed as the answer to a question. */
async function answerTo(
  named: NamedQuestion,
  collection: Collection,
  { json, jsonl, explain, top }: AskOptions,
): Promise<string> {
  const isExplained = explain === true;
  const maxExcerpts = top ?? (isExplained ? EXPLAINED_EXCERPTS : DEFAULT_EXCERPTS);
  const answer = await traced("answer", () =>
    collection.ask(named.question, { maxExcerpts, isExplained, after: named.after }),
  );
  if (json || jsonl) return toJsonLine(named, answer, isExplained);
  const card = renderCard(answer, supportsColors(process.stdout));
  return isExplained ? `${card}\n${renderExplanation(answer, collection.whyExact)}` : card;
}

function parseTop(value: string): number {
  const top = Number(value);
  if (Number.isInteger(top) && top >= 1 && top <= MAX_EXCERPTS) return top;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MAX_EXCERPTS}.`);
}
