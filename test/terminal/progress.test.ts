import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { withProgress } from "../../src/terminal/progress.ts";

/** A stream, and what was written to it. */
function fakeStream(isTTY: boolean) {
  const written: string[] = [];
  const stream = new Writable({
    write: (data, _encoding, done) => {
      written.push(String(data));
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY, columns: 100 }), written };
}

describe("withProgress", () => {
  it("writes a line every ten seconds where there is no terminal", async () => {
    const { stream, written } = fakeStream(false);
    let now = 0;
    await withProgress({ stream, label: "Building", now: () => now }, async (onProgress) => {
      for (let done = 1; done <= 250; done++) {
        now += 100;
        onProgress("encoding", done, 1_000);
      }
      return Promise.resolve();
    });
    expect(written).toEqual([
      "Building: encoding 101/1000 · 10/s · 90 s left\n",
      "Building: encoding 201/1000 · 10/s · 80 s left\n",
    ]);
  });

  it("draws a bar at once on a terminal, and takes it away", async () => {
    const { stream, written } = fakeStream(true);
    let now = 0;
    const drawn: string[] = [];
    await withProgress({ stream, label: "Building", now: () => now }, async (onProgress) => {
      onProgress("reading", 0, 1);
      drawn.push(written.join(""));
      now = 1_000;
      onProgress("encoding", 1, 10);
      now = 3_000;
      onProgress("encoding", 5, 10);
      return Promise.resolve();
    });
    expect(drawn[0]).toContain("Building: reading");
    expect(drawn[0]).toContain("0/1");
    expect(written.join("")).toContain("5/10 · 2.0/s · 3 s left");
  });

  it("shows nothing of work that tells nothing, and hands on what comes of it", async () => {
    const { stream, written } = fakeStream(true);
    const done = await withProgress({ stream, label: "Building" }, () => Promise.resolve(7));
    expect(done).toBe(7);
    expect(written).toEqual([]);
    await expect(
      withProgress({ stream, label: "Building" }, () => Promise.reject(new Error("no"))),
    ).rejects.toThrow("no");
  });
});
