import { expect, it } from "vitest";
import { renderTable } from "../../src/terminal/table.ts";

it("renders counts as they are, other numbers with three decimals, texts as they are, in columns", () => {
  const rows = [
    { name: "first", values: { count: 12, share: 1, note: "a" } },
    { name: "second one", values: { count: 1, share: 0.25, note: "" } },
  ];
  expect(renderTable("title", rows)).toBe(
    [
      "title       count  share  note",
      "first          12  1.000     a",
      "second one      1  0.250      ",
    ].join("\n"),
  );
});
