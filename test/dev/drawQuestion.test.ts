import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { STEPS, drawQuestion } from "../../scripts/dev/pictures/drawQuestion.ts";

it.each(STEPS)("%s, which %s, stands in the file that is named: %s", async (name, _says, file) => {
  expect(await readFile(`src/${file}`, "utf8")).toMatch(new RegExp(`\\b${name}\\b`, "u"));
});

it("draws every step once, within the picture", () => {
  const svg = drawQuestion();
  const [, width, height] = /width="(\d+)" height="(\d+)"/u.exec(svg)?.map(Number) ?? [];
  const places = Array.from(svg.matchAll(/<(?:text|rect) x="([\d.]+)" y="([\d.]+)"/gu), (it) =>
    it.slice(1).map(Number),
  );
  for (const [x = NaN, y = NaN] of places) {
    expect(x).toBeLessThan(width ?? 0);
    expect(y).toBeLessThan(height ?? 0);
  }
  expect(svg.match(/monospace"/gu)).toHaveLength(STEPS.length);
  for (const [name, , file] of STEPS) {
    expect(svg).toContain(`>${name}</text>`);
    expect(svg).toContain(`>${file}</text>`);
  }
});

it("stands in docs as it is drawn now: npm run draw-question", async () => {
  expect(await readFile("docs/question.svg", "utf8")).toBe(drawQuestion());
});
