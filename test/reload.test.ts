import { expect, it } from "vitest";
import { askWhileSwitching } from "../scripts/bench/ledger/switches.ts";
import { SMALL_MODEL } from "./support/folders.ts";

it(
  "1,000 questions asked while 20 indexes are put in use are all answered, each from one index",
  { timeout: 120_000 },
  async () => {
    const result = await askWhileSwitching(SMALL_MODEL, { questions: 1_000, switches: 20 });
    expect(result).toMatchObject({ asked: 1_000, switches: 20, failed: 0, mixed: 0 });
    expect(result.seen).toBeGreaterThan(10);
  },
);
