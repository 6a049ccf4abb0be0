/**
 * Loaded into a process that is measured, and so into its threads and the processes that it starts: appends to the file that its
 * address names when each step of the start began and ended and how much memory the process used at most and how much
 * time of the processor, one JSON object a line.
 */
import { tracingChannel } from "node:diagnostics_channel";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { START_CHANNEL } from "../../src/trace.ts";
import type { TracedStep } from "../../src/trace.ts";
import type { Moment, ProbeReport } from "./probeReport.ts";

const { pid } = process;
const STATUS = "/proc/self/status";
const FILE = new URL(import.meta.url).searchParams.get("file") ?? "";

tellMoment("Node", "end");
tracingChannel<string, TracedStep>(START_CHANNEL).subscribe({
  start: ({ step }) => {
    tellMoment(step, "begin");
  },
  end: () => undefined,
  asyncStart: () => undefined,
  asyncEnd: ({ step }) => {
    tellMoment(step, "end");
  },
  error: () => undefined,
});

if (isMainThread) {
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    tell({ kind: "end", pid, bytes: peakBytes(), cpuMs: (user + system) / 1e3 });
  });
}

function tellMoment(step: string, edge: Moment["edge"]): void {
  const at = performance.timeOrigin + performance.now();
  const bytes = process.memoryUsage.rss();
  tell({ kind: "moment", pid, isMainThread, step, edge, at, bytes });
}

function tell(report: ProbeReport): void {
  appendFileSync(FILE, `${JSON.stringify(report)}\n`);
}

/** On Linux a process's resource usage begins with its parent's peak: there the kernel's own record is read. */
function peakBytes(): number {
  const status = existsSync(STATUS) ? readFileSync(STATUS, "utf8") : "";
  const peak = /^VmHWM:\s*(\d+) kB$/mu.exec(status)?.[1];
  return 1_024 * (peak === undefined ? process.resourceUsage().maxRSS : Number(peak));
}
