import { describe, expect, it } from "vitest";
import type { BankQuestion } from "../../src/ingest/questionBank.ts";
import { measureBackground } from "../../src/ingest/background.ts";
import { smallIndex } from "../support/small.ts";

describe("measureBackground", () => {
  it("tells questions in the reports' language from others", async () => {
    const { generation, encoder } = await smallIndex({
      "a.txt": "甲鎮種樹三千棵。\n乙鎮改造小區。\n",
    });
    const ask = async (language: string, question: string): Promise<BankQuestion> => ({
      language,
      question,
      encoding: await encoder.encode(question, "query"),
    });
    const bank = [
      await ask("zh-Hans", "今天天气怎么样"),
      await ask("zh-Hant", "披薩怎麼做"),
      await ask("en", "how is the weather"),
    ];
    const { native, foreign } = await measureBackground(generation, bank);
    expect(native?.mean).toBeLessThan(1);
    expect(native?.deviation).toBeGreaterThan(0);
    // One question does not vary.
    expect(foreign?.deviation).toBe(0);
    const alone = await measureBackground(generation, bank.slice(0, 2));
    expect(alone).toEqual({ native });
  });
});
