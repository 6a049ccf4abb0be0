/** The faults that `npm run check:mutants` puts into the program, and the tests that it runs for each. */
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { drawMutants } from "../../scripts/dev/mutants/drawing.ts";
import { mutantsOf, OPERATORS, withMutant } from "../../scripts/dev/mutants/operators.ts";
import { prepareSelection } from "../../scripts/dev/mutants/selection.ts";
import { seededRandom } from "../support/seed.ts";

const SOURCE = `import { rows } from "./rows.ts";
type Size = 1 | 2;
async function take(count: number, name?: string): Promise<void> {
  if (count > 1 && name !== "x") await rows.select().where(name ?? "y").run();
  rows.isTaken = true;
}
`;

/** The source with each of an operator's faults. */
function withFaults(operator: string): string[] {
  return mutantsOf("a.ts", SOURCE)
    .filter((it) => it.operator === operator)
    .map((it) => withMutant(SOURCE, it).split("\n").slice(2, 5).join("\n"));
}

describe("an operator", () => {
  it.each([
    ["negate a condition", ['if (!(count > 1 && name !== "x")) await']],
    ["move a comparison", ["count >= 1", 'name === "x"']],
    ["swap and, or", ["count > 1 || name"]],
    ["drop a default", [".where(name).run()"]],
    ["drop a statement", ['!== "x") ;\n', "\n  ;"]],
    ["drop a link of a chain", ["await rows.select().run()"]],
    ["drop an await", ["void rows.select()"]],
    ["return early", ["Promise<void> { return;\n"]],
    ["replace a number", ["count > 2"]],
    ["replace a truth", ["isTaken = false;"]],
  ])("%s puts its fault in, and leaves types alone", (operator, expected) => {
    const faulty = withFaults(operator);
    expect(faulty).toHaveLength(expected.length);
    for (const part of expected) expect(faulty.some((it) => it.includes(part))).toBe(true);
    expect(Object.keys(OPERATORS)).toContain(operator);
  });

  it("tells where its fault stands", () => {
    const [first] = mutantsOf("a.ts", SOURCE).filter((it) => it.operator === "replace a number");
    expect(first).toMatchObject({ file: "a.ts", line: 4, original: "1", replacement: "2" });
  });
});

describe("drawing", () => {
  it("gives the same faults of a seed, others of another, each once and of several operators", () => {
    const drawn = (seed: number) =>
      Array.from(drawMutants(["src/ledger"], seededRandom(seed)), (it) =>
        [it.file, `${it.start}-${it.end}`, it.operator].join(" "),
      );
    const first = drawn(1);
    expect(drawn(1)).toEqual(first);
    expect(drawn(2)).not.toEqual(first);
    expect(new Set(first).size).toBe(first.length);
    expect([...first].sort()).toEqual(drawn(2).sort());
    const operators = first.slice(0, 40).map((it) => it.split(" ").slice(2).join(" "));
    expect(new Set(operators).size).toBeGreaterThan(5);
  });
});

describe("the tests of a file", () => {
  it("are those that import it, the nearest first, and none of the repository's form", () => {
    const batches = prepareSelection()("src/ledger/gapReopening.ts");
    expect(batches[0]).toContain("test/ledger/gaps.test.ts");
    const all = batches.flat();
    expect(all).toContain("test/discord/features/settling.test.ts");
    expect(all).toContain("test/scripts/start.test.ts");
    expect(all).not.toContain("test/layout.test.ts");
    expect(all).not.toContain("test/search/language.test.ts");
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((it) => existsSync(it))).toBe(true);
  });
});
