/** Loaded into a process that is measured: says on file descriptor 3 how much memory it used at most, in kilobytes. */
import { existsSync, readFileSync, writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const STATUS = "/proc/self/status";

if (isMainThread) {
  process.on("exit", () => {
    writeSync(3, String(peakKilobytes()));
  });
}

/** On Linux a process's resource usage begins with its parent's peak: there the kernel's own record is read. */
function peakKilobytes(): number {
  const status = existsSync(STATUS) ? readFileSync(STATUS, "utf8") : "";
  const peak = /^VmHWM:\s*(\d+) kB$/mu.exec(status)?.[1];
  return peak === undefined ? process.resourceUsage().maxRSS : Number(peak);
}
