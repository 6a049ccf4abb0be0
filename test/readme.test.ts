/** README.md promises only what runs: every command in it is run here, or by .ci/run, and a command that nobody runs is a fault. */
import path from "node:path";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { text } from "node:stream/consumers";
import * as v from "valibot";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readReportFile } from "../src/parse/reportFiles.ts";
import { cleanText } from "../src/parse/clean/clean.ts";
import { decodeText } from "../src/parse/decode.ts";
import { startFakeDiscord } from "./support/fakeDiscord.ts";
import { SMALL_MODEL } from "./support/folders.ts";
import { built } from "./support/shared.ts";

const README = await readFile("README.md", "utf8");
const { scripts } = v.parse(
  v.object({ scripts: v.record(v.string(), v.string()) }),
  JSON.parse(await readFile("package.json", "utf8")),
);

const IS_COMMAND = /^(?:npm|npx|docker|\()/u;

/** The lines of code blocks and the pieces of code in the text that are commands, each once. */
function commandsOf(markdown: string): string[] {
  const blocks = Array.from(markdown.matchAll(/^```\n(.*?)^```$/gmsu), ([, block = ""]) => block);
  const prose = markdown.replace(/^```.*?^```$/gmsu, "");
  const pieces = Array.from(prose.matchAll(/`([^`\n]+)`/gu), ([, piece = ""]) => piece);
  const lines = blocks.flatMap((block) => block.split("\n"));
  return [...new Set([...lines, ...pieces].filter((it) => IS_COMMAND.test(it)))];
}

/** The block of what a command prints, as README.md has it. */
const PRINTED = /^```\n(Found\n.*?)^```$/msu.exec(README)?.[1] ?? "";

const folder = await mkdtemp(path.join(tmpdir(), "verbatim-readme-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const LEDGER_FILE = path.join(folder, "ledger.jsonl");
const QUESTIONS_FILE = path.join(folder, "questions");
const REPORT = "reports/dingzhou-2021-review.txt";

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Setting {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly input?: string;
}

/** Runs a command as a shell does. An empty line hides what the machine's own .env may say. */
async function run(command: string, { env = {}, cwd, input = "" }: Setting = {}): Promise<Ran> {
  await built();
  const child = spawn(command, {
    shell: true,
    cwd,
    env: {
      ...process.env,
      INDEX_DIR: path.join(folder, "index"),
      DATA_DIR: path.join(folder, "data"),
      DISCORD_TOKEN: "",
      DATABASE_URL: "",
      ...env,
    },
  });
  child.stdin.end(input);
  const code = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}

/** What each command must do; the words that stand for something of the reader's are filled in. */
const RUN: Readonly<Record<string, (command: string) => Promise<void>>> = {
  'npm run ask -- "143个无物业小区后来怎么处理的？"': async (command) => {
    const { code, stdout } = await run(command);
    expect(code).toBe(0);
    expect(PRINTED).toContain("passage ");
    expect(stdout).toContain(PRINTED);
    expect(stdout).toContain("Near it:");
  },
  "npm run ask": async (command) => {
    const { stdout, stderr } = await run(command, { input: "143個無物業小區\n\n" });
    expect(stderr).toContain("Ask in any language");
    expect(stdout).toContain("passage xciu6tnq");
  },
  'npm run ask -- "question"': async (command) => {
    expect((await run(command)).code).toBe(0);
  },
  'npm run --silent ask -- --json "question"': async (command) => {
    expect(JSON.parse((await run(command)).stdout)).toMatchObject({ question: "question" });
  },
  "npm run --silent ask -- --jsonl < questions": async (command) => {
    await writeFile(QUESTIONS_FILE, '{"id":"a","question":"張濤是誰？"}\n改造小區\n');
    const { stdout } = await run(command.replace("questions", `"${QUESTIONS_FILE}"`));
    const lines = stdout.trim().split("\n");
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ id: "a" }, { id: 2 }]);
  },
  "npm run find -- 无物业小区": async (command) => {
    const { code, stdout } = await run(command);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 sentence holds 无物业小区$/mu);
  },
  "npm run index": async (command) => {
    expect((await run(command)).stderr).toContain("The index is ready: 1 report");
  },
  "npm run index -- --rollback": async (command) => {
    expect((await run(command)).stderr).toContain("The index is back in use: 1 report");
  },
  "npm run index -- --explain": async (command) => {
    const env = { MODEL_DIR: SMALL_MODEL, INDEX_DIR: path.join(folder, "small") };
    const { code, stdout } = await run(command, { env });
    expect(code).toBe(0);
    expect(stdout).toContain(REPORT);
  },
  "npm run index -- --outline FILE": async (command) => {
    const { stdout } = await run(command.replace("FILE", REPORT));
    expect(stdout).toContain("title: 砥礪初心使命 凝聚奮進力量\nauthor: ");
    expect(stdout).toMatch(/^headings:\n {2}\S/mu);
  },
  "npm run --silent index -- --clean FILE": async (command) => {
    const file = await readReportFile(REPORT);
    const { stdout } = await run(command.replace("FILE", REPORT));
    expect(stdout).toBe(cleanText(decodeText(file.bytes, file.path)).text);
  },
  "npm run site -- --out DIR": async (command) => {
    const out = path.join(folder, "site");
    expect((await run(command.replace("DIR", out))).code).toBe(0);
    const page = await readFile(path.join(out, "dingzhou-2021-review.html"), "utf8");
    expect(page).toContain('id="p-xciu6tnq"');
  },
  "npm run ledger -- export FILE": async (command) => {
    const { stderr } = await run(command.replace("FILE", LEDGER_FILE));
    expect(stderr).toContain("has 0 entries");
    const back = await run(`npm run ledger -- import ${LEDGER_FILE}`);
    expect(back.stderr).toContain("Imported 0 entries");
  },
  "npm start": async (command) => {
    const { code, stderr } = await run(command, { input: "\n" });
    expect(stderr).toContain("here is the prompt");
    expect(code).toBe(0);
  },
  "npm run deploy-commands": async (command) => {
    const discord = await startFakeDiscord();
    const env = { DISCORD_TOKEN: "a-very.fake.token", DISCORD_API_URL: discord.apiUrl };
    const { stdout } = await run(command, { env });
    await discord.close();
    expect(stdout).toContain("commands are registered in all servers.");
  },
  "npx verbatim --help": async (command) => {
    const { stdout } = await run(command.replace("npx verbatim", "node scripts/verbatim.cjs"));
    for (const name of ["ask", "find", "index", "site", "start", "ledger", "deploy-commands"]) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, "mu"));
    }
  },
  "(umask 022; mkdir -m 700 secrets; cat > secrets/discord_token; head -c 24 /dev/urandom | base64 > secrets/postgres_password)":
    async (command) => {
      await run(command, { cwd: folder, input: "a-very.fake.token\n" });
      const secrets = path.join(folder, "secrets");
      expect(await readFile(path.join(secrets, "discord_token"), "utf8")).toContain("fake");
      const password = path.join(secrets, "postgres_password");
      expect((await readFile(password, "utf8")).trim()).toHaveLength(32);
      expect((await stat(password)).mode & 0o777).toBe(0o644);
    },
};

/** What .ci/run runs on a clean checkout, on every Node. */
const RUN_BY_CI = new Map([
  ["npm ci", "npm ci"],
  ["npm test", "npm test"],
  ["npm run check", "npm run check"],
  ["npm pack", "npm pack"],
  ["npm install ./verbatim-0.1.0.tgz", "npm install "],
  [
    'npx verbatim ask "143个无物业小区后来怎么处理的？"',
    'npx --no-install verbatim ask "143个无物业小区后来怎么处理的？"',
  ],
]);

/** Commands for developers: minutes each, so only that they are there and know their options. */
const FOR_DEVELOPERS =
  /^npm run (?:eval|bench|fit|draw-cards|draw-question|build-tokenizer|build|check:long)\b/u;

const IN_A_CONTAINER = /^docker compose (?:exec (?<service>\S+) (?<inside>.+)|up\b)/u;

function isRun(command: string): boolean {
  return (
    command in RUN ||
    RUN_BY_CI.has(command) ||
    [FOR_DEVELOPERS, IN_A_CONTAINER].some((it) => it.test(command))
  );
}

describe("README.md", () => {
  const commands = commandsOf(README);

  it("has no command that nobody runs, and nobody runs one that it has not", () => {
    expect(commands.filter((it) => !isRun(it))).toEqual([]);
    expect(
      [...Object.keys(RUN), ...RUN_BY_CI.keys()].filter((it) => !commands.includes(it)),
    ).toEqual([]);
  });

  it("shows two commands on its first screen", () => {
    const [first] = README.split(/^## /mu);
    expect(commandsOf(first ?? "")).toEqual([
      "npm ci",
      'npm run ask -- "143个无物业小区后来怎么处理的？"',
    ]);
  });

  it.each(Object.entries(RUN))(
    "promises what %s does",
    { timeout: 120_000 },
    async (command, check) => {
      await check(command);
    },
  );

  it.each([...RUN_BY_CI])("promises what .ci/run does: %s", async (_, words) => {
    const ci = await Promise.all([".ci/run", ".ci/short"].map((file) => readFile(file, "utf8")));
    expect(ci.join("\n")).toContain(words);
  });

  it.each(commands.filter((it) => FOR_DEVELOPERS.test(it)))(
    "names options that there are: %s",
    async (command) => {
      const [, name = "", options = ""] = /^npm run (\S+)(.*)$/u.exec(command) ?? [];
      const script = scripts[name] ?? "";
      expect(script).not.toBe("");
      const wanted = options.match(/--[a-z]+/gu) ?? [];
      if (wanted.length === 0) return;
      // Without its build: other tests run what is built.
      const { stdout } = await run(`${script.split(" && ").at(-1) ?? ""} --help`);
      for (const option of wanted) expect(stdout).toContain(option);
    },
  );

  it.each(commands.filter((it) => IN_A_CONTAINER.test(it)))(
    "knows its containers: %s",
    async (command) => {
      const { services } = v.parse(
        v.object({ services: v.record(v.string(), v.unknown()) }),
        parse(await readFile("compose.yaml", "utf8"), { merge: true }),
      );
      const { service, inside } = IN_A_CONTAINER.exec(command)?.groups ?? {};
      if (service === undefined || inside === undefined) return;
      expect(Object.keys(services)).toContain(service);
      expect((await run(`${inside} --help`)).code).toBe(0);
    },
  );
});
