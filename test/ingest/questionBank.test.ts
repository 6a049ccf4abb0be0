import { expect, it } from "vitest";
import questionBank from "../../src/ingest/questionBank.json" with { type: "json" };
import { measureBank } from "../../src/ingest/questionBank.ts";
import { foldHan } from "../../src/text/fold.ts";
import { smallEncoder } from "../support/small.ts";

/** The mean of some rows of the given length, in doubles. */
function meanOf(rows: readonly Float32Array[], length: number): number[] {
  const all = rows.flatMap((row) => Array.from(row));
  const count = all.length / length;
  return Array.from({ length }, (_, k) =>
    all.reduce((sum, value, i) => (i % length === k ? sum + value / count : sum), 0),
  );
}

it("gives each language the mean of its questions, and of all their tokens", async () => {
  const encoder = await smallEncoder();
  const { dimensions } = encoder;
  const means = await measureBank(encoder);
  expect(Object.keys(means)).toEqual(Object.keys(questionBank));
  for (const [language, questions] of Object.entries(questionBank).slice(0, 2)) {
    const encodings = await Promise.all(
      questions.map((it) => encoder.encode(foldHan(it), "query")),
    );
    const expected = {
      vector: meanOf(
        encodings.map(({ vector }) => vector),
        dimensions,
      ),
      // A question of more tokens counts more.
      token: meanOf(
        encodings.map(({ tokens }) => tokens),
        dimensions,
      ),
    };
    const mean = means[language];
    for (const part of ["vector", "token"] as const) {
      expect(mean?.[part]).toHaveLength(dimensions);
      mean?.[part].forEach((value, k) => {
        expect(value).toBeCloseTo(expected[part][k] ?? NaN, 5);
      });
    }
  }
});
