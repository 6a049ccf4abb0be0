import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openVotes } from "../../src/ledger/votes.ts";
import type { Vote } from "../../src/ledger/votes.ts";
import { temporaryFolder } from "../support/folders.ts";

const UP: Vote = { message: "1", user: "7", opinion: "up" };
const DOWN: Vote = { message: "1", user: "7", opinion: "down", reason: "wrong" };

async function linesIn(folder: string): Promise<unknown[]> {
  const text = await readFile(path.join(folder, "votes.jsonl"), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
}

describe("votes", () => {
  it("are kept, one opinion of a user at a time, also after a restart", async () => {
    const folder = path.join(await temporaryFolder(), "new", "data");
    const first = await openVotes(folder);
    expect(await first.cast(UP)).toBe("cast");
    expect(await first.cast(UP)).toBe("same");
    await first.close();
    const second = await openVotes(folder);
    expect(await second.cast(UP)).toBe("same");
    expect(await second.cast(DOWN)).toBe("cast");
    expect(await second.cast({ ...UP, user: "8" })).toBe("cast");
    await second.close();
    expect(await linesIn(folder)).toMatchObject([
      { opinion: "up" },
      { opinion: "down", reason: "wrong" },
      { opinion: "up" },
    ]);
  });

  it("cast at the same time count once", async () => {
    const folder = await temporaryFolder();
    const votes = await openVotes(folder);
    const results = await Promise.all(Array.from({ length: 20 }, () => votes.cast(UP)));
    await votes.close();
    expect(results.filter((it) => it === "cast")).toHaveLength(1);
    expect(await linesIn(folder)).toHaveLength(1);
  });

  it("do not tell who voted, and hash the same user differently in another folder", async () => {
    const voters: unknown[] = [];
    for (const folder of [await temporaryFolder(), await temporaryFolder()]) {
      const votes = await openVotes(folder);
      await votes.cast({ ...UP, user: "400000000000000001" });
      await votes.close();
      voters.push(...(await linesIn(folder)));
    }
    expect(JSON.stringify(voters)).not.toContain("400000000000000001");
    expect(voters[0]).not.toEqual(voters[1]);
  });

  it("survive a crash in the middle of a line", async () => {
    const folder = await temporaryFolder();
    const first = await openVotes(folder);
    await first.cast(UP);
    await first.close();
    await appendFile(path.join(folder, "votes.jsonl"), '{"message":"2","vo');
    const second = await openVotes(folder);
    expect(await second.cast(UP)).toBe("same");
    expect(await second.cast(DOWN)).toBe("cast");
    await second.close();
    const third = await openVotes(folder);
    expect(await third.cast(DOWN)).toBe("same");
    await third.close();
    expect(await linesIn(folder)).toHaveLength(2);
  });

  it.each(["{}", "nonsense", '{"message":"1","voter":"x","opinion":"sideways"}'])(
    "that cannot be read are named by their line: %s",
    async (line) => {
      const folder = await temporaryFolder();
      await writeFile(path.join(folder, "votes.jsonl"), `\n${line}\n`);
      await expect(openVotes(folder)).rejects.toThrow(/votes\.jsonl, line 2, is not a vote/u);
    },
  );

  it("need a folder that can be written", async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, "file"), "");
    await expect(openVotes(path.join(folder, "file"))).rejects.toThrow(/check DATA_DIR/u);
  });
});
