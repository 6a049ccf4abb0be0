import { describe, expect, it } from "vitest";
import { partNameAt, partNamesIn, partTerms } from "../../src/terms/partNames.ts";

describe("the parts that a text names by their number", () => {
  it.each([
    ["第十二条是什么？", "§article 12"],
    ["第8條講什麼", "§article 8"],
    ["第２６条の２とは", "§article 26-2"],
    ["제5조는 무엇입니까", "§article 5"],
    ["What does article five say?", "§article 5"],
    ["Artikel 12a", "§article 12a"],
    ["Chapter IV, please", "§chapter 4"],
    ["第三章讲的是什么", "§chapter 3"],
    ["§ 4", "§section 4, §article 4"],
    ["статья 7", "§article 7"],
    ["the party of 5, 12条船, 42 articles", ""],
  ])("%s", (text, terms) => {
    expect(partNamesIn(text).parts.flatMap(partTerms).join(", ")).toBe(terms);
  });

  it.each([
    ["第五条　自行车每辆收费三元。", "5"],
    ["第五条 自行车", "5"],
    ["Article 5. Bicycles are three dollars.", "5"],
    ["§ 4 Fahrräder", "4"],
    ["（第三款）", "3"],
    ["第五条规定的自行车", undefined],
    ["Articles 5 and 6 apply.", undefined],
    ["依照第五条办理", undefined],
  ])("begin %s: %s", (text, number) => {
    expect(partNameAt(text)?.part.number).toBe(number);
  });

  it("may stand alone", () => {
    expect(partNameAt("Article 5.")?.isAlone).toBe(true);
    expect(partNameAt("Article 5. Bicycles")?.isAlone).toBe(false);
  });
});
