/** npm run draw-question: the way of a question through the folders, as SVG. */
import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { runCommand } from "../command.ts";
import { drawQuestion } from "./pictures/drawQuestion.ts";

const command = new Command("draw-question")
  .description("Draws the way of a question from Discord to a card, folder by folder, as SVG.")
  .option("--out <FILE>", "the picture", "docs/question.svg")
  .action(async ({ out }: { out: string }) => {
    await writeFile(out, drawQuestion());
  });

await runCommand(command);
