import { describe, expect, it } from "vitest";
import { createCooldown } from "../../src/discord/cooldown.ts";

describe("a cooldown", () => {
  it("takes a burst at once, then one for each refill, and says when the next is due", () => {
    let now = 1_000;
    const ask = createCooldown({ burst: 3, refillMs: 100, now: () => now });
    expect([ask("a"), ask("a"), ask("a")]).toEqual([undefined, undefined, undefined]);
    expect(ask("a")).toBe(1_100);
    expect(ask("a")).toBe(1_100); // A refusal costs nothing.
    now = 1_099;
    expect(ask("a")).toBe(1_100);
    now = 1_100;
    expect(ask("a")).toBeUndefined();
    expect(ask("a")).toBe(1_200);
    now = 10_000;
    expect([ask("a"), ask("a"), ask("a"), ask("a")]).toEqual([
      undefined,
      undefined,
      undefined,
      10_100,
    ]);
  });

  it("counts each key for itself", () => {
    const ask = createCooldown({ burst: 1, refillMs: 100, now: () => 0 });
    expect([ask("a"), ask("b"), ask("a")]).toEqual([undefined, undefined, 100]);
  });
});
