import { describe, expect, it } from "vitest";
import { prepareLookup } from "../../src/ask/lookup.ts";
import type { Excerpt } from "../../src/ask/excerpt.ts";
import type { Lookup } from "../../src/ask/lookup.ts";
import { smallIndex } from "../support/small.ts";

const REPORT =
  "# Report\n\n## Roads\n\nThe road is open. It cost 3 million.\n\nThe bridge is not.\n\n## Parks\n\nThere are three parks.\n";

async function lookup(): Promise<Lookup> {
  const files = { "a.md": REPORT, "b.md": "# Other\n\nAnother text.\n" };
  return prepareLookup((await smallIndex(files)).generation);
}

/** The excerpts of the section with this heading, the heading first. */
function sectionNamed({ headings, section }: Lookup, name: string): Promise<readonly Excerpt[]> {
  return section(headings.find(({ path }) => path.at(-1) === name)?.passage ?? "");
}

const textsOf = (excerpts: readonly Excerpt[] = []): string[] => excerpts.map(({ text }) => text);

describe("a lookup", () => {
  it("gives all headings with the way to them, in order", async () => {
    const { headings } = await lookup();
    expect(headings.map(({ path }) => path.join(" > "))).toEqual(
      expect.arrayContaining(["Roads", "Parks"]),
    );
  });

  it("gives a heading's section, from the heading to the next one", async () => {
    const found = await lookup();
    expect(textsOf(await sectionNamed(found, "Roads"))).toEqual([
      "Roads",
      "The road is open. It cost 3 million.",
      "The bridge is not.",
    ]);
    expect(await found.section("aaaaaaaa")).toEqual([]);
  });

  it("gives a passage by its id, and the paragraph around it with its neighbours", async () => {
    const found = await lookup();
    const [, open] = await sectionNamed(found, "Roads");
    if (open === undefined) throw new Error("the section is empty");
    const [sentence] = await found.passages([open.passage]);
    expect(sentence?.text).toBe("The road is open.");
    const around = await found.paragraphOf(open.passage);
    expect(around?.excerpt).toEqual({ ...open, highlight: [0, "The road is open.".length] });
    expect(around?.excerpt.sentences).toEqual([1, 2]);
    const next = await found.paragraph(0, around?.next ?? -1);
    expect(next?.excerpt.text).toBe("The bridge is not.");
    expect(next?.excerpt.highlight).toEqual([0, 0]);
    expect(next?.previous).toBe(open.paragraph);
  });

  it("has no neighbours beyond a report's ends, and nothing where there is no paragraph", async () => {
    const found = await lookup();
    const last = (await sectionNamed(found, "Parks")).at(-1);
    expect((await found.paragraphOf(last?.passage ?? ""))?.next).toBeUndefined();
    for (const number of [0, -1, 0.5, 1e9]) {
      expect(await found.paragraph(0, number)).toBeUndefined();
    }
    expect(await found.paragraph(7, 1)).toBeUndefined();
    expect(await found.passages(["aaaaaaaa"])).toEqual([]);
    expect(await found.paragraphOf("aaaaaaaa")).toBeUndefined();
  });
});
