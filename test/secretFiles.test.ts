import path from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../src/errors.ts";
import { readSecretFiles, withoutSecrets } from "../src/secretFiles.ts";
import { folderWith, temporaryFolder } from "./support/folders.ts";
import { runScript } from "./support/process.ts";

const FILES: Readonly<Record<string, string>> = {
  "/run/secrets/plain": "secret",
  "/run/secrets/line": " p@ss:/w%rd \n",
  "/run/secrets/windows": "secret\r\n",
  "/run/secrets/empty": "\n",
};

function readFile(file: string): string {
  const text = FILES[file];
  if (text === undefined) throw new Error("ENOENT");
  return text;
}

const NAMES = ["DISCORD_TOKEN", "DATABASE_URL", "DATABASE_PASSWORD"];

describe("withoutSecrets", () => {
  it.each(NAMES)("leaves %s out, in whichever way it is given", (name) => {
    const env = { [name]: "x", [`${name}_FILE`]: "/run/x", PATH: "/bin" };
    expect(withoutSecrets(env)).toEqual({ PATH: "/bin" });
  });
});

describe("readSecretFiles", () => {
  it.each(NAMES)("takes %s from its file", (name) => {
    const env = { [`${name}_FILE`]: "/run/secrets/plain", LOG_LEVEL: "info" };
    expect(readSecretFiles(env, readFile)).toEqual({ ...env, [name]: "secret" });
  });

  it.each([
    ["line", " p@ss:/w%rd "],
    ["windows", "secret"],
  ])("leaves out the line end behind it, and nothing else: %s", (file, secret) => {
    const env = { DATABASE_PASSWORD_FILE: `/run/secrets/${file}` };
    expect(readSecretFiles(env, readFile)["DATABASE_PASSWORD"]).toBe(secret);
  });

  it("takes a variable without a value for none", () => {
    const env = { DISCORD_TOKEN: "a.b.c", DISCORD_TOKEN_FILE: "", DATABASE_URL: "" };
    expect(readSecretFiles(env, readFile)).toEqual(env);
    const other = { DISCORD_TOKEN: "", DISCORD_TOKEN_FILE: "/run/secrets/plain" };
    expect(readSecretFiles(other, readFile)["DISCORD_TOKEN"]).toBe("secret");
  });

  it.each(NAMES)("refuses %s beside its file, and names both", (name) => {
    const read = (): unknown =>
      readSecretFiles({ [name]: "x", [`${name}_FILE`]: "/run/secrets/plain" }, readFile);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(`${name} and ${name}_FILE are both set: keep one of them.`);
  });

  it.each([
    [
      "nowhere",
      "DISCORD_TOKEN_FILE names /run/secrets/nowhere, which cannot be read: check the path and who may read it.",
    ],
    [
      "empty",
      "DISCORD_TOKEN_FILE names /run/secrets/empty, which is empty: put the secret into it.",
    ],
  ])("names the variable, the file and the remedy: %s", (file, message) => {
    const read = (): unknown =>
      readSecretFiles({ DISCORD_TOKEN_FILE: `/run/secrets/${file}` }, readFile);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(message);
  });
});

describe("a command", () => {
  it("reads the files, and says in one sentence that one cannot be read", async () => {
    const folder = await temporaryFolder();
    const { code, stderr } = await runScript("ledger", ["export", path.join(folder, "out")], {
      env: { DATABASE_URL_FILE: folder },
    });
    expect(stderr).toBe(
      `DATABASE_URL_FILE names ${folder}, which cannot be read: check the path and who may read it.\n`,
    );
    expect(code).toBe(1);
  });

  it("uses what they hold", async () => {
    const folder = await folderWith({ url: "mysql://host\n" });
    const { stderr } = await runScript("ledger", ["export", path.join(folder, "out")], {
      env: { DATABASE_URL_FILE: path.join(folder, "url") },
    });
    expect(stderr).toContain("DATABASE_URL must be an address, postgres:");
  });
});
