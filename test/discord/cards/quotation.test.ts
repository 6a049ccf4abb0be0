import { describe, expect, it } from "vitest";
import type { Excerpt, Place } from "../../../src/ask/excerpt.ts";
import { passageMenu, passageOf } from "../../../src/discord/cards/cardParts.ts";
import { renderExcerpts } from "../../../src/discord/cards/answerCard.ts";
import { quotations } from "../../../src/discord/cards/quotation.ts";
import { TEXTS } from "../../../src/discord/locales/locale.ts";
import { flatten } from "../../support/discordLimits.ts";

const PLACE: Place = {
  report: "2021",
  title: "Safety",
  date: "2021",
  section: ["Workshops"],
  paragraph: 4,
  sentences: [1, 1],
  start: 0,
  end: 20,
};

function excerptAlsoAt(...alsoAt: readonly Place[]): Excerpt {
  const text = "No accidents happened.";
  return { ...PLACE, passage: "aaaaaaaa", text, highlight: [0, 0], alsoAt };
}

/** The lines below the quotation. */
function factsOf(excerpt: Excerpt): string[] {
  const [shown] = quotations([excerpt], { texts: TEXTS["en-US"], maxChars: 1_000 });
  return (shown?.content ?? "").split("\n").filter((it) => !it.startsWith(">"));
}

describe("an excerpt whose words stand in several places", () => {
  it("names the paragraphs of its own report, and every other report by its title and date", () => {
    const other = { ...PLACE, report: "2022", date: "2022" };
    expect(
      factsOf(
        excerptAlsoAt(
          { ...PLACE, paragraph: 9 },
          { ...other, paragraph: 4 },
          { ...PLACE, paragraph: 12 },
          { ...other, paragraph: 7 },
          { ...PLACE, report: "audit", title: "Audit", date: undefined, paragraph: 2 },
        ),
      ),
    ).toEqual([
      "-# Safety (2021) › Workshops · paragraph 4, sentence 1 · passage aaaaaaaa · also in paragraph 9, 12",
      "-# Safety (2022): also in paragraph 4, 7 · Audit: also in paragraph 2",
    ]);
  });

  it("names the one other paragraph", () => {
    expect(factsOf(excerptAlsoAt({ ...PLACE, paragraph: 9 }))).toEqual([
      "-# Safety (2021) › Workshops · paragraph 4, sentence 1 · passage aaaaaaaa · also in paragraph 9",
    ]);
  });

  it("names a few of very many, and says that there are more", () => {
    const here = Array.from({ length: 400 }, (_, i) => ({ ...PLACE, paragraph: 10 + i }));
    const there = here.map((it, i) => ({
      ...it,
      report: `r${i}`,
      title: `R${i}`,
      date: undefined,
    }));
    expect(factsOf(excerptAlsoAt(...here, ...there))).toEqual([
      "-# Safety (2021) › Workshops · paragraph 4, sentence 1 · passage aaaaaaaa · also in paragraph 10, 11, 12, 13, 14, 15, …",
      "-# R0: also in paragraph 10 · R1: also in paragraph 11 · R2: also in paragraph 12 · …",
    ]);
  });

  it("is read back as what it is, whatever the other reports are called", () => {
    const title = "x · bbbbbbbb · y";
    const { components } = renderExcerpts(
      "title",
      [excerptAlsoAt({ ...PLACE, report: "x", title })],
      { texts: TEXTS["en-US"] },
    );
    const message = { components } as unknown as Parameters<typeof passageOf>[0];
    expect(passageOf(message)).toBe("aaaaaaaa");
  });
});

it("a choice of passages is told by their words and the nearest heading, by their id where there are none", () => {
  const choiceOf = (fields: Partial<Excerpt>): unknown => {
    const action = { kind: "approval", action: "choose", id: "aaaaaaaaaaaa" } as const;
    const rows = passageMenu(action, "Choose", [{ ...excerptAlsoAt(), ...fields }]);
    const [options] = flatten(rows).flatMap(({ options: it }) => (Array.isArray(it) ? [it] : []));
    return options;
  };
  expect(choiceOf({})).toEqual([
    { value: "aaaaaaaa", label: "No accidents happened.", description: "Workshops" },
  ]);
  expect(choiceOf({ section: [] })).toMatchObject([{ description: "Safety" }]);
  expect(choiceOf({ text: " \u0007 ", section: ["\n"] })).toMatchObject([
    { label: "aaaaaaaa", description: "aaaaaaaa" },
  ]);
});
