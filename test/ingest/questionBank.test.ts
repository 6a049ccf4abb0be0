import { describe, expect, it } from "vitest";
import { meansOf } from "../../src/ingest/questionBank.ts";
import type { BankQuestion } from "../../src/ingest/questionBank.ts";

function asked(language: string, vector: number[], tokens: number[]): BankQuestion {
  return {
    language,
    question: "?",
    encoding: {
      vector: Float32Array.from(vector),
      tokens: Float32Array.from(tokens),
      weights: new Float32Array(tokens.length / 2).fill(1),
      spans: new Int32Array(tokens.length),
    },
  };
}

describe("meansOf", () => {
  it("gives each language the mean of its questions, and of all their tokens", () => {
    const bank = [
      asked("en", [1, 0], [1, 0]),
      asked("en", [0, 1], [0, 1, 0, 1]),
      asked("zh", [0, -1], [0, -1]),
    ];
    const { en, zh } = meansOf(bank, 2);
    expect(en?.vector).toEqual([0.5, 0.5]);
    // Three tokens, not two questions.
    expect(en?.token.map((value) => Number(value.toFixed(4)))).toEqual([0.3333, 0.6667]);
    expect(zh).toEqual({ vector: [0, -1], token: [0, -1] });
  });
});
