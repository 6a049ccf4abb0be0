/** npm run fit: fits what the search orders and decides with, and writes it as data beside the code. */
import path from "node:path";
import { writeFile } from "node:fs/promises";
import { Command, Option } from "commander";
import { startEncoder } from "../../src/models/encoder/encoder.ts";
import { readSettings, runCommand } from "../command.ts";
import { keepReadings } from "./evaluation/keptReadings.ts";
import { fitDecision } from "./fit/fitDecision.ts";
import { fitLeaning } from "./fit/fitLeaning.ts";
import { fitRanking } from "./fit/fitRanking.ts";

interface FitOptions {
  readonly suite: string;
  readonly xquad: string;
  readonly part: "ranking" | "decision" | "follow-ups";
}

const command = new Command("fit")
  .description(
    "Fits the order of passages, what is said of the first, or how follow-ups are understood, and writes src/search/*/*.json. Each is fitted to the one before.",
  )
  .requiredOption("--suite <DIR>", "a folder of written reports with questions")
  .requiredOption("--xquad <DIR>", "the folder of XQuAD's files")
  .addOption(
    new Option("--part <PART>", "what is fitted")
      .choices(["ranking", "decision", "follow-ups"])
      .makeOptionMandatory(),
  )
  .action(async ({ part, ...folders }: FitOptions) => {
    const { modelDir } = readSettings({});
    const started = await startEncoder(modelDir, { questionCacheBytes: Infinity });
    try {
      const encoder = await keepReadings(started, modelDir);
      const sources = { ...folders, modelDir, encoder, readWindows: undefined };
      if (part === "ranking") await writeData("reading/reranking", await fitRanking(sources));
      else if (part === "decision")
        await writeData("decision/decision", await fitDecision(sources));
      else await writeData("followUp/leaning", await fitLeaning(sources));
    } finally {
      await started.close();
    }
  });

await runCommand(command);

async function writeData(name: string, data: unknown): Promise<void> {
  const text = JSON.stringify(data, undefined, 2);
  await writeFile(path.join("src/search", `${name}.json`), `${text}\n`);
}
