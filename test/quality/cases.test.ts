/** Files as people have them, asked as people ask: what is said, what comes first, and what is marked in it. */
import { beforeAll, expect, it } from "vitest";
import { openCorpus } from "../../scripts/dev/evaluation/corpus.ts";
import { prepareAsk } from "../../src/ask/ask.ts";
import type { TimedAnswer } from "../../src/ask/ask.ts";
import { startEncoder } from "../../src/models/encoder/encoder.ts";
import type { Encoder } from "../../src/models/encoder/encoder.ts";
import { parseReports } from "../../src/parse/apart/parseFiles.ts";
import { readReportFiles } from "../../src/parse/reportFiles.ts";
import { bare, readCases } from "../support/cases.ts";
import type { Case, Expected } from "../support/cases.ts";
import { REAL_MODEL, runFolder } from "../support/folders.ts";

interface Outcome {
  readonly expected: Expected;
  readonly state: string;
  readonly faults: readonly string[];
}

let outcomes: Outcome[];

beforeAll(async () => {
  // Each building of an index encodes the question bank.
  const encoder = await startEncoder(REAL_MODEL, { questionCacheBytes: Infinity });
  outcomes = [];
  for (const kind of readCases()) outcomes.push(...(await askKind(kind, encoder)));
  await encoder.close();
}, 900_000);

it("at least .85 of the lines are right", () => {
  const wrong = outcomes.filter(({ faults }) => faults.length > 0);
  const told = wrong.map(
    ({ expected, faults }) => `${expected.question ?? ""} ${faults.join(", ")}`,
  );
  expect(wrong.length / outcomes.length, told.join("\n")).toBeLessThanOrEqual(0.15);
});

it("what is answered is found, as a rule", () => {
  const answerable = outcomes.filter(({ expected }) => expected.first !== undefined);
  const maybe = answerable.filter(({ state }) => state === "maybe");
  expect(maybe.length / answerable.length).toBeLessThanOrEqual(0.3);
});

async function askKind({ folder, expected: lines }: Case, encoder: Encoder): Promise<Outcome[]> {
  const { files } = await readReportFiles(folder);
  const { reports } = await parseReports(files);
  const index = await openCorpus(reports, REAL_MODEL, encoder, await runFolder());
  try {
    const ask = await prepareAsk(index, encoder);
    const asked: Outcome[] = [];
    for (const expected of lines) {
      if (expected.question === undefined) continue;
      const answer = await ask(expected.question, { maxExcerpts: 1 });
      asked.push({ expected, state: answer.state, faults: faultsOf(expected, answer) });
    }
    return asked;
  } finally {
    index.close();
  }
}

function faultsOf(expected: Expected, { state, excerpts: [first] }: TimedAnswer): string[] {
  const { text = "", title = "", section = [], highlight = [0, 0] } = first ?? {};
  const holds = (whole: string, part: string | undefined): boolean =>
    part === undefined || bare(whole).includes(bare(part));
  const checks: readonly (readonly [fault: string, isRight: boolean])[] = [
    [`is ${state}`, expected.state?.includes(state) ?? true],
    [`brings ${text}`, holds(text, expected.first)],
    ["brings what it must not", expected.not === undefined || !holds(text, expected.not)],
    [`has ${text.length} characters`, text.length <= (expected.maxChars ?? Infinity)],
    ["marks something else", holds(text.slice(...highlight), expected.highlight)],
    ["stands below another heading", holds([title, ...section].join(" "), expected.section)],
  ];
  return checks.flatMap(([fault, isRight]) => (isRight ? [] : [fault]));
}
