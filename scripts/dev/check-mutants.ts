/** npm run check:mutants: puts small faults into the program and tells which of them no test finds. */
import { Command } from "commander";
import { seededRandom } from "../../test/support/seed.ts";
import { inTemporaryFolder } from "../../test/support/temporaryFolder.ts";
import { EXIT_FAULT, runCommand } from "../command.ts";
import { drawMutants, prepareCompiler } from "./mutants/drawing.ts";
import { OPERATORS } from "./mutants/operators.ts";
import type { Mutant } from "./mutants/operators.ts";
import { prepareSelection } from "./mutants/selection.ts";
import { prepareWorkspace } from "./mutants/workspace.ts";
import type { Ending, Workspace } from "./mutants/workspace.ts";
import { collect, wholeNumber } from "./options.ts";

const FOLDERS = ["src/discord", "src/ledger", "src/index", "src/models"];

/** Share of the faults that tests must find. */
const LEAST_FOUND = 0.9;

interface MutantOptions {
  readonly seed: string;
  readonly count: string;
  readonly in: readonly string[];
}

const command = new Command("check:mutants")
  .description(
    `Tries faults that are drawn by a seed, each by one of these: ${Object.keys(OPERATORS).join("; ")}. The tests that see the changed file run in a copy of the project, the nearest first, until one is red.`,
  )
  .requiredOption("--seed <N>", "the same seed draws the same faults")
  .option("--count <N>", "how many", "60")
  .option("--in <PREFIX>", "only files whose paths begin so; may be repeated", collect, [])
  .action(async (options: MutantOptions) => {
    const count = wholeNumber("--count", options.count);
    const random = seededRandom(wholeNumber("--seed", options.seed));
    const found = await inTemporaryFolder((folder) =>
      tryMutants(prepareWorkspace(folder), draw(random, count, options.in)),
    );
    process.exitCode = found >= LEAST_FOUND ? 0 : EXIT_FAULT;
  });

await runCommand(command);

/** So many faults that the compiler lets pass. */
function* draw(
  random: () => number,
  count: number,
  prefixes: readonly string[],
): Generator<Mutant, void> {
  const passes = prepareCompiler();
  let left = count;
  for (const mutant of drawMutants(FOLDERS, random)) {
    if (left === 0) return;
    const isMeant = prefixes.length === 0 || prefixes.some((it) => mutant.file.startsWith(it));
    if (!isMeant || !passes(mutant)) continue;
    left--;
    yield mutant;
  }
}

/** Tries each; the share that tests find. */
async function tryMutants(workspace: Workspace, mutants: Iterable<Mutant>): Promise<number> {
  const testsOf = prepareSelection();
  const isSound = prepareSoundness(workspace);
  const counts = { killed: 0, survived: 0 };
  for (const mutant of mutants) {
    const batches = testsOf(mutant.file);
    const ending = await workspace.withFault(mutant, () => runUntilRed(workspace, batches));
    const isKilled = ending.kind !== "green" && (await isSound(ending));
    counts[isKilled ? "killed" : "survived"]++;
    console.log(lineOf(mutant, isKilled, ending));
  }
  const all = counts.killed + counts.survived;
  const share = all === 0 ? 1 : counts.killed / all;
  console.log(`\n${counts.killed} killed, ${counts.survived} survived: ${share.toFixed(2)}`);
  return share;
}

/** Prepares to tell whether a test is red because of the fault: one that is red without it finds nothing. */
function prepareSoundness(workspace: Workspace): (ending: Ending) => Promise<boolean> {
  const isGreen = new Map<string, boolean>();
  return async (ending) => {
    if (ending.kind !== "red" || ending.file === undefined) return true;
    const { file } = ending;
    const known = isGreen.get(file) ?? (await workspace.run([file])).kind === "green";
    isGreen.set(file, known);
    return known;
  };
}

async function runUntilRed(
  workspace: Workspace,
  batches: readonly (readonly string[])[],
): Promise<Ending> {
  for (const tests of batches) {
    const ending = await workspace.run(tests);
    if (ending.kind !== "green") return ending;
  }
  return { kind: "green" };
}

function lineOf(mutant: Mutant, isKilled: boolean, ending: Ending): string {
  const { file, line, operator, original, replacement } = mutant;
  const by = ending.kind === "red" ? ` by ${ending.file ?? ""}: ${ending.test}` : "";
  const how = ending.kind === "endless" ? " (never ends)" : by;
  const change = `${shorten(original)} → ${shorten(replacement.replace(/\s+/gu, " "))}`;
  return `${isKilled ? "killed  " : "SURVIVED"} ${file}:${line} ${operator}: ${change}${how}`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
