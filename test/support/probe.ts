/**
 * Loaded into a process that is measured, and so into its threads: says on file descriptor 3 when each step of the start began and
 * ended and how much memory the process used at most, one JSON object a line; over IPC, how much it uses now.
 */
import { tracingChannel } from "node:diagnostics_channel";
import { existsSync, readFileSync, writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { START_CHANNEL } from "../../src/trace.ts";
import type { TracedStep } from "../../src/trace.ts";
import type { MemoryReply, Moment, ProbeReport } from "./probeReport.ts";

const STATUS = "/proc/self/status";

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
    tell({ kind: "peak", bytes: peakBytes() });
  });
  process.on("message", () => {
    process.send?.({ bytes: process.memoryUsage.rss() } satisfies MemoryReply);
  });
  // Being asked must not keep the process alive.
  process.channel?.unref();
}

function tellMoment(step: string, edge: Moment["edge"]): void {
  tell({
    kind: "moment",
    step,
    edge,
    thread: isMainThread ? "main" : "model",
    at: performance.timeOrigin + performance.now(),
    bytes: process.memoryUsage.rss(),
  });
}

function tell(report: ProbeReport): void {
  writeSync(3, `${JSON.stringify(report)}\n`);
}

/** On Linux a process's resource usage begins with its parent's peak: there the kernel's own record is read. */
function peakBytes(): number {
  const status = existsSync(STATUS) ? readFileSync(STATUS, "utf8") : "";
  const peak = /^VmHWM:\s*(\d+) kB$/mu.exec(status)?.[1];
  return 1_024 * (peak === undefined ? process.resourceUsage().maxRSS : Number(peak));
}
