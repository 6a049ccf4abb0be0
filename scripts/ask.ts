/** npm run ask: answers questions on the terminal, or as JSON. */
import { createInterface } from "node:readline/promises";
import { Command, InvalidArgumentError } from "commander";
import { DEFAULT_EXCERPTS, MAX_EXCERPTS } from "../src/ask/answer.ts";
import { UsageError } from "../src/errors.ts";
import { openProgram } from "../src/main.ts";
import type { Collection } from "../src/collections/collection.ts";
import { renderCard, supportsColors } from "../src/terminal/answerText.ts";
import { EXPLAINED_EXCERPTS, renderExplanation } from "../src/terminal/explain.ts";
import { readQuestionLine, toErrorLine, toJsonLine } from "../src/terminal/jsonLines.ts";
import { createProgress } from "../src/terminal/progress.ts";
import { traced } from "../src/trace.ts";
import { readSettings } from "./command.ts";
import type { FolderOptions } from "./command.ts";

interface AskOptions extends FolderOptions {
  readonly json?: true;
  readonly jsonl?: true;
  readonly top?: number;
  readonly explain?: true;
}

export const command = new Command("ask")
  .description(
    "Answers a question with the words of the reports. Without a question it opens a prompt.",
  )
  .argument("[question...]", "the question, in any language")
  .option("--json", "print one JSON object instead of text")
  .option(
    "--jsonl",
    'read questions from standard input, one {"id","question"} or plain text a line',
  )
  .option(
    "--top <K>",
    `most excerpts, 1 to ${MAX_EXCERPTS} (default: ${DEFAULT_EXCERPTS})`,
    parseTop,
  )
  .option("--explain", "say what the decision and the order of the passages come from")
  .option("--reports <DIR>", "the folder of the reports (REPORTS_DIR)")
  .option("--index <DIR>", "the folder of the index (INDEX_DIR)")
  .addHelpText(
    "after",
    `
Examples:
  verbatim ask "143个无物业小区后来怎么处理的？"
  verbatim ask --top 1 --explain "who is zhang tao"
  verbatim ask --jsonl < questions.txt > answers.jsonl`,
  )
  .action(async (words: string[], options: AskOptions) => {
    const question = words.join(" ");
    if (options.jsonl && words.length > 0) {
      throw new UsageError(
        "With --jsonl the questions come from standard input: leave the question out.",
      );
    }
    if (words.length > 0 && question.trim() === "") {
      throw new UsageError("The question is empty: type what you want to know.");
    }
    const verbatim = await open(options);
    try {
      if (options.jsonl) await answerLines(verbatim, options);
      else if (words.length > 0) await answerOne(verbatim, question, options);
      else await prompt(verbatim, options);
    } finally {
      await verbatim.close();
    }
  });

function parseTop(value: string): number {
  const top = Number(value);
  if (Number.isInteger(top) && top >= 1 && top <= MAX_EXCERPTS) return top;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MAX_EXCERPTS}.`);
}

async function open(options: AskOptions): Promise<Collection> {
  const progress = createProgress(process.stderr, "Building the index");
  try {
    return await openProgram({
      config: readSettings(options),
      onBuild: (why) => {
        console.error(`Building the index: ${why}.`);
      },
      onProgress: (done, total) => {
        progress.update(done, total);
      },
    });
  } finally {
    progress.stop();
  }
}

async function answerOne(
  verbatim: Collection,
  question: string,
  options: AskOptions,
): Promise<void> {
  const answer = await traced("answer", () =>
    verbatim.ask(question, { maxExcerpts: maxExcerpts(options) }),
  );
  const isExplained = options.explain === true;
  if (options.json) {
    console.log(toJsonLine({ id: null, question }, answer, isExplained));
    return;
  }
  console.log(renderCard(answer, supportsColors(process.stdout)));
  if (isExplained) console.log(renderExplanation(answer, verbatim.whyExact));
}

function maxExcerpts({ top, explain }: AskOptions): number {
  return top ?? (explain ? EXPLAINED_EXCERPTS : DEFAULT_EXCERPTS);
}

/** Every line gets its line, in order; a question that cannot be used gets an error and exit code 2 at the end. */
async function answerLines(verbatim: Collection, options: AskOptions): Promise<void> {
  let number = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    number += 1;
    if (line.trim() === "") continue;
    console.log(await answerLine(verbatim, line, number, options));
  }
}

async function answerLine(
  verbatim: Collection,
  line: string,
  number: number,
  options: AskOptions,
): Promise<string> {
  let named = { id: number as string | number | null, question: line };
  try {
    named = readQuestionLine(line, number);
    const answer = await verbatim.ask(named.question, { maxExcerpts: maxExcerpts(options) });
    return toJsonLine(named, answer, options.explain === true);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.exitCode = 2;
    console.error(`Line ${number}: ${error.message}`);
    return toErrorLine(named, error.message);
  }
}

async function prompt(verbatim: Collection, options: AskOptions): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr, prompt: "? " });
  console.error("Ask in any language; an empty line or Ctrl-D ends.");
  terminal.prompt();
  for await (const line of terminal) {
    if (line.trim() === "") break;
    await answerOne(verbatim, line, options).catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      console.error(error.message);
    });
    terminal.prompt();
  }
  terminal.close();
}
