/** The memory of a program, and the processor's time that it takes, are those of all its processes. */
import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { folderWith } from "../support/folders.ts";
import { runMeasured } from "../support/measuredProcess.ts";
import { residentBytes } from "../support/processMemory.ts";
import { built } from "../support/shared.ts";

const MB = 1_000_000;
const HELD_MB = 150;
const BUSY_MS = 300;
const HOLD = `const held = Buffer.alloc(${HELD_MB * MB}, 1);
  while (process.cpuUsage().user < ${1_000 * BUSY_MS}) held[1] += 1;`;

/** Starts a process that holds so much memory, and ends with it. */
const PARENT = `
  import { fork } from "node:child_process";
  const child = fork(new URL("child.mjs", import.meta.url), { execArgv: [] });
  child.once("message", () => process.send ? process.send("ready") : child.kill(process.argv[2]));
  child.once("exit", () => console.log("done"));
  process.once("disconnect", () => child.kill());
`;
const CHILD = `
  ${HOLD}
  process.once("SIGTERM", () => process.exit(held[0] - 1));
  process.send("held");
  setInterval(() => undefined, 1000);
`;

async function parent(): Promise<string> {
  return path.join(await folderWith({ "parent.mjs": PARENT, "child.mjs": CHILD }), "parent.mjs");
}

it("adds up the highest memory and the processor's time of all processes of a run", async () => {
  await built();
  const { peakMb, cpuMs, output, moments } = await runMeasured(pathToFileURL(await parent()), [
    "SIGTERM",
  ]);
  expect(output).toBe("done\n");
  expect(new Set(moments.map(({ pid }) => pid)).size).toBe(2);
  expect(peakMb).toBeGreaterThan(HELD_MB + 40);
  expect(peakMb).toBeLessThan(HELD_MB + 200);
  expect(cpuMs).toBeGreaterThan(BUSY_MS);
});

it("says so where one of them was killed, whose memory nobody can tell", async () => {
  await built();
  const run = runMeasured(pathToFileURL(await parent()), ["SIGKILL"]);
  await expect(run).rejects.toThrow("a process was killed");
});

it("tells the memory that they use now, and leaves out a process that does not count", async () => {
  const child = fork(await parent());
  await once(child, "message");
  const all = residentBytes(child.pid ?? NaN);
  expect(all).toBeGreaterThan((HELD_MB + 40) * MB);
  expect(residentBytes(process.pid)).toBeGreaterThan(all);
  expect(residentBytes(process.pid, child.pid)).toBeLessThan(residentBytes(process.pid) - all / 2);
  const ended = once(child, "exit");
  child.disconnect();
  await ended;
});
