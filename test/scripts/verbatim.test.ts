/** The command `verbatim`, as a process. */
import path from "node:path";
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { SMALL_MODEL, temporaryFolder } from "../support/folders.ts";
import { built } from "../support/shared.ts";

const COMMAND = path.resolve("scripts/verbatim.cjs");

async function verbatim(
  words: readonly string[],
  { cwd = ".", node = new Array<string>() } = {},
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  await built();
  const env = { PATH: process.env["PATH"], MODEL_DIR: SMALL_MODEL };
  return spawnSync(process.execPath, [...node, COMMAND, ...words], { cwd, env, encoding: "utf8" });
}

describe("verbatim", () => {
  it("tells its version", async () => {
    const { status, stdout } = await verbatim(["--version"]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
    expect(status).toBe(0);
  });

  it.each([["--help"], ["help"]])("lists its commands, with examples: %s", async (word) => {
    const { status, stdout } = await verbatim([word]);
    expect(stdout).toContain("Usage: verbatim");
    expect(stdout).toContain('verbatim ask "');
    expect(status).toBe(0);
  });

  it.each(["ask", "find", "index", "site", "start", "ledger", "deploy-commands"])(
    "explains each, with examples: %s",
    async (name) => {
      const { status, stdout } = await verbatim([name, "--help"]);
      expect(stdout).toContain(`Usage: verbatim ${name}`);
      expect(stdout).toMatch(new RegExp(`Examples:\n(?:.*\n)*? .*verbatim ${name}`, "u"));
      expect(status).toBe(0);
      expect((await verbatim(["help", name])).stdout).toBe(stdout);
    },
  );

  it("says which command was meant", async () => {
    const { status, stdout, stderr } = await verbatim(["aks", "question"]);
    expect(stderr).toContain("unknown command 'aks'\n(Did you mean ask?)");
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  it("takes the reports of the folder it is called in, or else the first report", async () => {
    const cwd = await temporaryFolder();
    // A copy of .env.example names the folder that there is not.
    for (const settings of ["", "REPORTS_DIR=\n", "REPORTS_DIR=reports\n"]) {
      await writeFile(path.join(cwd, ".env"), settings);
      const first = await verbatim(["ask", "143個無物業小區"], { cwd });
      expect(first.stdout).toContain("passage xciu6tnq");
    }
    const typed = await verbatim(["ask", "--reports", "reports", "143個無物業小區"], { cwd });
    expect(typed.stderr).toMatch(/^The reports folder reports cannot be read/u);
    expect(typed.status).toBe(1);
    await mkdir(path.join(cwd, "reports"));
    await writeFile(path.join(cwd, "reports/a.txt"), "題目一則\n\n甲鎮新建公園三個。\n");
    const own = await verbatim(["ask", "甲鎮新建公園三個"], { cwd });
    expect(own.stdout).toContain("甲鎮新建公園三個。\n   題目一則");
  });

  it.each(["18.20.8", "20.18.3", "9.11.2"])("refuses Node %s in one sentence", async (version) => {
    const code = `Object.defineProperty(process, "versions", { value: { node: "${version}" } });`;
    const old = path.join(await temporaryFolder(), "old.cjs");
    await writeFile(old, code);
    const { status, stdout, stderr } = await verbatim(["ask", "x"], { node: ["--require", old] });
    expect(stderr).toBe(
      `Verbatim needs Node.js 20.19 or newer, and this is ${version}: install a newer one from https://nodejs.org.\n`,
    );
    expect(stdout).toBe("");
    expect(status).toBe(1);
  });
});
