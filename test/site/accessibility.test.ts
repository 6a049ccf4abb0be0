import axe from "axe-core";
import { JSDOM } from "jsdom";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { renderIndex } from "../../src/site/indexPage.ts";
import { SCHEMES } from "../../src/site/pageStyle.ts";
import { renderWordsPage } from "../../src/site/wordsPage.ts";
import { pageOf, piecesIn, reportIn, reportOf } from "../support/sitePage.ts";

const Results = v.object({
  passes: v.array(v.object({ id: v.string() })),
  violations: v.array(v.object({ id: v.string(), nodes: v.array(v.object({ html: v.string() })) })),
});

/** What axe-core finds in a page by all its rules but that on contrast, which needs a browser that draws. */
async function violationsIn(html: string): Promise<v.InferOutput<typeof Results>> {
  const { window } = new JSDOM(html, { runScripts: "outside-only", pretendToBeVisual: true });
  window.eval(axe.source);
  const options = '{ rules: { "color-contrast": { enabled: false } } }';
  const results = v.parse(Results, await window.eval(`axe.run(document, ${options})`));
  window.close();
  return results;
}

const GIVEN = await reportIn("reports/dingzhou-2021-review.txt");
const GIVEN_PIECES = await piecesIn(GIVEN);
const ALL_KINDS = await reportOf(
  "# The town\n\nBy Ann Lee\n\n## Roads\n\nIt mended its roads. “We did,” she said.\n\n#### Bridges\n\n- one\n- two\n\n> Quoted.\n\n```\ncode\n```\n\n|a|b|\n|-|-|\n|c||\n\nA note[^1].\n\n[^1]: It says so.\n",
  "markdown",
);
const ARABIC = await reportOf("بنت البلدة هذا العام ثلاث حدائق جديدة للسكان.\n");
const UNKNOWN = await reportOf("12345 67890 + 3.\n");
const MIXED = await reportOf("The town says what it did this year.\n\n甲鎮新建公園三個。\n");
const MIXED_PIECES = await piecesIn(MIXED);
const PAGED = { ...ALL_KINDS, pages: [1, 2, 3].map((number) => ({ start: number * 30, number })) };

describe("axe-core finds nothing", () => {
  it.each([
    ["in the page of the given report", pageOf(GIVEN, GIVEN_PIECES)],
    ["in a page with blocks of all kinds", pageOf(ALL_KINDS)],
    ["in a page with pages", pageOf(PAGED)],
    ["in a page from right to left", pageOf(ARABIC)],
    ["in a page of no language", pageOf(UNKNOWN)],
    ["in the page of its words", renderWordsPage(GIVEN, GIVEN_PIECES, false) ?? ""],
    ["in the words of an English report", renderWordsPage(MIXED, MIXED_PIECES, false) ?? ""],
    ["in the list of the reports", renderIndex([GIVEN, ALL_KINDS, ARABIC, UNKNOWN], false)],
  ])("%s", async (_, html) => {
    const { violations, passes } = await violationsIn(html);
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map((it) => it.html)])).toEqual([]);
    expect(passes.length).toBeGreaterThan(10);
  });

  it("where there is something it is found", async () => {
    const bad = pageOf(ALL_KINDS).replaceAll(/ lang="[^"]*"/gu, "");
    expect((await violationsIn(bad)).violations.map(({ id }) => id)).toContain("html-has-lang");
  });
});

/** The relative luminance of a colour, #rrggbb (WCAG 2.2). */
function luminanceOf(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe("what is written can be read", () => {
  it.each(Object.entries(SCHEMES))("in the %s scheme", (_, scheme) => {
    const { paper, ink, faint, link, mark, marked, stroke } = scheme;
    for (const color of [ink, faint, link]) {
      expect(contrastOf(color, paper)).toBeGreaterThanOrEqual(4.5);
    }
    for (const color of [marked, ink]) {
      expect(contrastOf(color, mark)).toBeGreaterThanOrEqual(4.5);
    }
    // What marks a passage besides its colour (1.4.11).
    for (const behind of [paper, mark]) {
      expect(contrastOf(stroke, behind)).toBeGreaterThanOrEqual(3);
    }
  });
});
