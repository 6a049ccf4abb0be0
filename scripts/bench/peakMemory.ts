/** Loaded into a process that is measured: says on file descriptor 3 how much memory it used at most, in kilobytes. */
import { writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  process.on("exit", () => {
    writeSync(3, String(process.resourceUsage().maxRSS));
  });
}
