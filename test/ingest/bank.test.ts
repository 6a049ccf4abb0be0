import { describe, expect, it } from "vitest";
import questionBank from "../../src/ingest/questionBank.json" with { type: "json" };

const languages = Object.entries(questionBank);

describe("question bank", () => {
  it("has at least twelve languages", () => {
    expect(languages.length).toBeGreaterThanOrEqual(12);
  });

  it.each(languages)("has at least forty questions in %s, none of them blank", (_, questions) => {
    expect(questions.length).toBeGreaterThanOrEqual(40);
    expect(questions.filter((question) => question.trim() === "")).toEqual([]);
  });

  it("has no question twice", () => {
    const folded = languages.flatMap(([, questions]) =>
      questions.map((question) => question.normalize("NFKC").toLowerCase().trim()),
    );
    const repeated = folded.filter((question, place) => folded.indexOf(question) !== place);
    expect(repeated).toEqual([]);
  });
});
