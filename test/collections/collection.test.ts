import { expect, it } from "vitest";
import { askWhileSwitching } from "../support/askWhileSwitching.ts";
import { SMALL_MODEL } from "../support/folders.ts";
import { isLong } from "../support/long.ts";

const SWITCHES = isLong ? 20 : 6;
const QUESTIONS = 50 * SWITCHES;

it(
  `${QUESTIONS} questions asked while ${SWITCHES} indexes are put in use are all answered, each from one index`,
  { timeout: 120_000 },
  async () => {
    const result = await askWhileSwitching(SMALL_MODEL, {
      questions: QUESTIONS,
      switches: SWITCHES,
    });
    expect(result).toMatchObject({ asked: QUESTIONS, switches: SWITCHES, failed: 0, mixed: 0 });
    expect(result.seen).toBeGreaterThan(SWITCHES / 2);
  },
);
