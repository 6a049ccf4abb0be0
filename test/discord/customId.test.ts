import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCustomId, toCustomId } from "../../src/discord/customId.ts";
import { MAX_CUSTOM_ID_CHARS } from "../../src/discord/limits.ts";
import { SEED } from "../support/seed.ts";

const passage = fc.stringMatching(/^[a-z2-7]{8}$/u);
const passages = fc.array(passage, { minLength: 1, maxLength: 10 });
const number = fc.nat(999_999);
const message = fc.bigInt({ min: 10n ** 16n, max: 10n ** 20n - 1n }).map(String);
const row = fc.stringMatching(/^[a-z2-7]{12}$/u);
const action = fc.oneof(
  fc.record({
    kind: fc.constantFrom("context" as const, "citation" as const, "pin" as const),
    passage,
  }),
  fc.record({ kind: fc.constantFrom("more" as const, "share" as const), passages }),
  fc.record({
    kind: fc.constant("mentions" as const),
    report: fc.oneof(fc.constant("all"), fc.stringMatching(/^[0-9a-f]{8}$/u)),
    offset: number,
  }),
  fc.record({ kind: fc.constant("paragraph" as const), report: number, paragraph: number }),
  fc.record({ kind: fc.constantFrom("unpin" as const, "reason" as const), message }),
  fc.record({ kind: fc.constant("approve" as const), passage }),
  fc.record({ kind: fc.constant("words" as const), passage, offset: number }),
  fc.record({ kind: fc.constantFrom("human" as const, "followUp" as const, "alone" as const) }),
  fc.record({ kind: fc.constant("approved" as const), offset: number }),
  fc.record({
    kind: fc.constant("approval" as const),
    action: fc.constantFrom(...(["edit", "choose", "note", "remove"] as const)),
    id: row,
  }),
  fc.record({
    kind: fc.constant("gap" as const),
    action: fc.constantFrom(...(["approve", "choose", "absent", "dismiss"] as const)),
    id: row,
  }),
  fc.record({
    kind: fc.constant("vote" as const),
    opinion: fc.constantFrom("up" as const, "down" as const),
  }),
);

describe("a custom_id", () => {
  it("says all that a button needs, within Discord's limit", () => {
    fc.assert(
      fc.property(action, (given) => {
        const id = toCustomId(given);
        expect(id.length).toBeLessThanOrEqual(MAX_CUSTOM_ID_CHARS);
        expect(parseCustomId(id)).toEqual(given);
      }),
      { seed: SEED },
    );
  });

  it("of anybody else's is not understood", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), fc.string({ maxLength: 20 }), (id, rest) => {
        const parsed = [parseCustomId(id), parseCustomId(`v1:${rest}`)];
        for (const it of parsed) if (it) expect(["v1:", id]).toContain(toCustomId(it));
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });
});
