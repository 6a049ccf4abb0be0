/**
 * Loaded into a process: kills it, as a power cut would, right before its CRASH_AT-th change to a file.
 * Where WATCH names a folder it copies what COPIED holds right before each change, which is what a crash there would leave, to
 * WATCH/1 and so on, and appends the change's kind to WATCH/changes.
 */
import fs from "node:fs/promises";
import path from "node:path";
import { appendFileSync, cpSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  const { CRASH_AT, WATCH, COPIED } = process.env;
  let done = 0;
  const counted = (name, change) =>
    function (...words) {
      done += 1;
      if (WATCH) {
        cpSync(COPIED, path.join(WATCH, String(done)), { recursive: true });
        appendFileSync(path.join(WATCH, "changes"), `${name}\n`);
      }
      if (done === Number(CRASH_AT)) process.kill(process.pid, "SIGKILL");
      return change.apply(this, words);
    };
  for (const name of ["mkdir", "rename", "rm"]) fs[name] = counted(name, fs[name]);
  const open = fs.open;
  fs.open = async (...words) => {
    const handle = await open(...words);
    for (const name of ["writeFile", "sync"]) handle[name] = counted(name, handle[name]);
    return handle;
  };
  syncBuiltinESMExports();
}
