import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reportAddress, reportFileName } from "../../src/ask/reportAddress.ts";
import { hostileText } from "../support/hostile.ts";
import { SEED } from "../support/seed.ts";

describe("reportFileName", () => {
  it.each([
    ["dingzhou-2021-review", /^dingzhou-2021-review\.html$/u],
    ["a", /^a\.html$/u],
    ["Annual Report 2023", /^annual-report-2023_[0-9a-f]{16}\.html$/u],
    ["年報", /^report_[0-9a-f]{16}\.html$/u],
  ])("names %s so that it is still known", (id, name) => {
    expect(reportFileName(id)).toMatch(name);
  });

  it("shares no name with the list of reports, nor with a device of Windows", () => {
    for (const id of ["index", "con", "nul", "com1", "LPT9", "Index", ".", "..", ""]) {
      expect(reportFileName(id)).toMatch(/^[a-z0-9-]+_[0-9a-f]{16}\.html$/u);
    }
  });

  it("gives no two ids one name, also where a file system knows no capitals", () => {
    const ids = ["a", "A", "ä", "a\u0308", "a-", "-a", "a b", "a  b", "a/b", "a\\b", "a_b", "a.b"];
    const long = ["x".repeat(64), "x".repeat(65), "x".repeat(300), `${"x".repeat(300)}y`];
    const names = [...ids, ...long].map(reportFileName);
    expect(new Set(names).size).toBe(names.length);
  });

  it("gives any two ids safe names, each its own", () => {
    const id = fc.oneof(hostileText, fc.stringMatching(/^[a-c_-]{0,6}$/u));
    fc.assert(
      fc.property(id, id, (one, other) => {
        expect(reportFileName(one)).toMatch(/^[a-z0-9-]+(?:_[0-9a-f]{16})?\.html$/u);
        expect(reportFileName(one).length).toBeLessThanOrEqual(69);
        if (one !== other) expect(reportFileName(one)).not.toBe(reportFileName(other));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

describe("reportAddress", () => {
  it("leads to a report's page, or to one of its passages", () => {
    const site = "https://reports.example/city/";
    expect(reportAddress(site, "a")).toBe("https://reports.example/city/a.html");
    expect(reportAddress(site, "a", "xciu6tnq")).toBe(
      "https://reports.example/city/a.html#p-xciu6tnq",
    );
  });
});
