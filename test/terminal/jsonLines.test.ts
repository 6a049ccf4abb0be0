import { describe, expect, it } from "vitest";
import { readQuestionLine } from "../../src/terminal/jsonLines.ts";

describe("readQuestionLine", () => {
  it("reads an object with an id", () => {
    expect(readQuestionLine('{"id":"a1","question":"几个？","more":1}', 7)).toEqual({
      id: "a1",
      question: "几个？",
    });
  });

  it("takes plain text as it is, and the line's number as its id", () => {
    expect(readQuestionLine("  how many? ", 7)).toEqual({ id: 7, question: "how many?" });
  });

  it("takes the line's number where an object has no id", () => {
    expect(readQuestionLine('{"question":"几个？"}', 7).id).toBe(7);
  });

  it("keeps an id of 0", () => {
    expect(readQuestionLine('{"id":0,"question":"几个？"}', 7).id).toBe(0);
  });

  it("reads over a byte order mark at the start", () => {
    expect(readQuestionLine('\uFEFF{"id":"a","question":"几个？"}', 1).id).toBe("a");
  });

  it.each(['{"id":1}', '{"question":5}', "{几个？", '{"id":1,"question":"x"'])(
    "refuses %s",
    (line) => {
      expect(() => readQuestionLine(line, 7)).toThrow("This is no JSON object with a question");
    },
  );
});
