/** The command `verbatim find`, as a process. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { SMALL_MODEL, folderWith, temporaryFolder } from "../support/folders.ts";
import { runScript } from "../support/process.ts";
import type { Ended } from "../support/process.ts";
import { copyOfSmallIndex } from "../support/small.ts";

const REPORTS = {
  "a.txt": "題目一則\n\n甲鎮新建公園三個。乙鎮改造小區41個，惠及居民。\n丙鎮小區3.5萬戶。\n",
  "b.txt": "另一則\n\n小區的樹。\n",
};

async function find(...words: string[]): Promise<Ended> {
  const reports = await folderWith(REPORTS);
  const index = path.join(await temporaryFolder(), "index");
  await copyOfSmallIndex(reports, index);
  return runScript("find", ["--reports", reports, "--index", index, ...words], {
    env: { MODEL_DIR: SMALL_MODEL },
  });
}

describe("find", () => {
  it("prints how many sentences hold the words, then each with its place", async () => {
    const { code, stdout, stderr } = await find("小区");
    expect(stdout).toBe(
      [
        "3 sentences hold 小区",
        "",
        "乙鎮改造小區41個，惠及居民。",
        "   題目一則 · paragraph 2, sentence 2",
        "",
        "丙鎮小區3.5萬戶。",
        "   題目一則 · paragraph 3, sentence 1",
        "",
        "小區的樹。",
        "   另一則 · paragraph 2, sentence 1",
        "",
      ].join("\n"),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("looks for several words, phrases and numbers", async () => {
    expect((await find("35,000", "小区")).stdout).toContain("1 sentence holds 35,000 小区\n\n丙鎮");
    expect((await find('"小区 三"')).stdout).toMatch(/^No sentence holds "小区 三"\./u);
  });

  it("looks in one report alone, and names them where there is none of that name", async () => {
    expect((await find("小区", "--report", "另一")).stdout).toContain("1 sentence holds");
    const { code, stderr, stdout } = await find("小区", "--report", "c");
    expect(stderr).toBe("There is no report c: name one of a, b.\n");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("prints a JSON object a sentence, and nothing for none", async () => {
    const { stdout } = await find("小区", "--json");
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({
      report: "a",
      title: "題目一則",
      section: [],
      paragraph: 3,
      sentences: [1, 1],
      text: "丙鎮小區3.5萬戶。",
      highlights: [[2, 4]],
    });
    expect(await find("大海", "--json")).toMatchObject({ code: 0, stdout: "", stderr: "" });
  });

  it.each([
    ["？！", "There is no word and no number to look for: type some.\n"],
    ["字".repeat(2_000), "The words have 2000 characters, the most is 200: look for fewer.\n"],
  ])("says in one sentence what cannot be looked for", async (words, sentence) => {
    expect(await find(words)).toMatchObject({ code: 2, stdout: "", stderr: sentence });
  });
});
