/** Questions that come one after the other: as lines of a file, or typed at a prompt. */
import { createInterface } from "node:readline/promises";
import { UsageError } from "../errors.ts";
import { readQuestionLine, toErrorLine } from "./jsonLines.ts";
import type { NamedQuestion } from "./jsonLines.ts";

/** Gives what is printed as the answer to a question. */
type Answering = (question: NamedQuestion) => Promise<string>;

/** Where answers are printed, and what else is said. */
type Printer = Pick<Console, "log" | "error">;

/**
 * Answers every line with a line, in order, and an unusable one with what is wrong with it; empty ones are left out.
 *
 * @returns Whether all of them could be used.
 */
export async function answerLines(
  answer: Answering,
  input: NodeJS.ReadableStream,
  printer: Printer,
): Promise<boolean> {
  let number = 0;
  let areUsable = true;
  for await (const line of createInterface({ input })) {
    number += 1;
    if (line.trim() === "") continue;
    let named: NamedQuestion = { id: number, question: line };
    try {
      named = readQuestionLine(line, number);
      printer.log(await answer(named));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      areUsable = false;
      printer.error(`Line ${number}: ${error.message}`);
      printer.log(toErrorLine(named, error.message));
    }
  }
  return areUsable;
}

/** Asks for questions and answers each, which may lean on the one before, until a line is empty or the input ends. */
export async function prompt(
  answer: Answering,
  { stdin: input, stderr: output }: Pick<NodeJS.Process, "stdin" | "stderr">,
  printer: Printer,
): Promise<void> {
  const terminal = createInterface({ input, output, prompt: "? " });
  printer.error("Ask in any language; an empty line or Ctrl-D ends.");
  terminal.prompt();
  let after: string | undefined;
  for await (const question of terminal) {
    if (question.trim() === "") break;
    try {
      printer.log(await answer({ id: null, question, after }));
      after = question;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      printer.error(error.message);
    }
    terminal.prompt();
  }
  terminal.close();
}
