/** npm run fit: fits what the search decides with, and writes it as data beside the code. */
import path from "node:path";
import { writeFile } from "node:fs/promises";
import * as v from "valibot";
import { Command } from "commander";
import questionBank from "../../src/ingest/questionBank.json" with { type: "json" };
import { startEncoder } from "../../src/models/encoder/encoder.ts";
import type { Encoder } from "../../src/models/encoder/encoder.ts";
import { foldHan } from "../../src/text/fold.ts";
import { readJsonLines } from "../../test/support/jsonLines.ts";
import { readSettings, runCommand } from "../command.ts";
import intentExamples from "./fit/intentExamples.json" with { type: "json" };
import { XQUAD_LANGUAGES, readXquad } from "./evaluation/corpus.ts";
import { fitDecision } from "./fit/fitDecision.ts";
import { fitIntents } from "./fit/fitIntents.ts";

const HELD_OUT = "test/quality/question-kinds.jsonl";
const HeldOut = v.object({ kind: v.string(), lang: v.string(), question: v.string() });

const command = new Command("fit")
  .description("Fits the question kinds and the decision, and writes src/search/*/*.json.")
  .requiredOption("--xquad <DIR>", "the folder of XQuAD's files")
  .option("--only <PART>", "kinds or decision")
  .action(async ({ xquad, only }: { xquad: string; only?: string }) => {
    const config = readSettings({});
    const encoder = await startEncoder(config.modelDir, { cachedQuestions: 10_000 });
    try {
      if (only !== "decision") await writeIntents(encoder, xquad);
      if (only !== "kinds") {
        await writeData("decision/decision.json", await fitDecision(config, encoder, xquad), 2);
      }
    } finally {
      await encoder.close();
    }
  });

await runCommand(command);

/** Fits on the project's examples, with ordinary questions as the rest; half of the held-out near misses are learnt too. */
async function writeIntents(encoder: Encoder, xquad: string): Promise<void> {
  const encode = async (question: string): Promise<Float32Array> =>
    (await encoder.encode(foldHan(question), "query")).vector;
  const heldOut = (await readJsonLines(HELD_OUT, HeldOut)).map(({ kind, question }) => ({
    intent: kind === "none" ? "other" : kind,
    question,
  }));
  const nearMisses = heldOut
    .filter(({ intent }) => intent === "other")
    .filter((_, i) => i % 2 === 0);
  const others: string[] = Object.values(questionBank).flat();
  for (const language of XQUAD_LANGUAGES) {
    const queries = await readXquad(xquad, language);
    others.push(...queries.filter((_, i) => i % 5 === 2).map(({ text }) => text));
  }
  const examples = [
    ...Object.entries(intentExamples).flatMap(([intent, byLanguage]) =>
      Object.values(byLanguage)
        .flat()
        .map((question) => ({ intent, question })),
    ),
    ...others.map((question) => ({ intent: "other", question })),
    ...nearMisses,
  ];
  const tested = heldOut.filter((it) => !nearMisses.includes(it));
  await writeData("intent/intents.json", await fitIntents(examples, tested, encode));
}

async function writeData(name: string, data: unknown, indent = 0): Promise<void> {
  await writeFile(path.join("src/search", name), `${JSON.stringify(data, undefined, indent)}\n`);
}
