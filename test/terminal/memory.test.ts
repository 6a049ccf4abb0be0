/** The memory that `npm run ask` needs, with the real model and the report; what is measured is what `npm run build` made. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import * as v from "valibot";
import { expect, it } from "vitest";
import { ProbeReport } from "../../scripts/bench/probeReport.ts";
import { temporaryFolder } from "../support/folders.ts";

/** What `npm run bench -- --start` measures is 240 MB; the library's own pipeline needs 600 MB for the model alone. */
const CEILING_MB = 380;

const QUESTION = "143个无物业小区后来怎么处理的？";
const ANSWER = "143個無物業小區納入統一管理";

async function peakOfAsk(env: NodeJS.ProcessEnv): Promise<number> {
  const words = ["--import", "./dist/scripts/bench/probe.js", "dist/scripts/ask.js", "--json"];
  const child = spawn(process.execPath, [...words, QUESTION], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "ignore", "pipe"],
  });
  const probe = child.stdio[3];
  if (!child.stdout || !probe || !("read" in probe)) throw new Error("the process has no pipes");
  const [answer, lines] = await Promise.all([
    text(child.stdout),
    text(probe),
    once(child, "close"),
  ]);
  expect(answer).toContain(ANSWER);
  const reports = lines
    .trim()
    .split("\n")
    .map((line) => v.parse(ProbeReport, JSON.parse(line)));
  return reports.reduce((peak, it) => (it.kind === "peak" ? it.bytes / 1e6 : peak), NaN);
}

it(`answers in less than ${CEILING_MB} MB`, async () => {
  const env = { INDEX_DIR: await temporaryFolder() };
  // The first run builds the index, the second one opens it.
  const peaks = [await peakOfAsk(env), await peakOfAsk(env)];
  expect(Math.max(...peaks)).toBeLessThan(CEILING_MB);
  expect(Math.min(...peaks)).toBeGreaterThan(100);
});
