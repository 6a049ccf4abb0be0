/** Loaded into a process: kills it, as a power cut would, right before its CRASH_AT-th change to a file. */
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  let left = Number(process.env.CRASH_AT);
  const counted = (change) =>
    function (...words) {
      left -= 1;
      if (left === 0) process.kill(process.pid, "SIGKILL");
      return change.apply(this, words);
    };
  for (const name of ["mkdir", "rename", "rm"]) fs[name] = counted(fs[name]);
  const open = fs.open;
  fs.open = async (...words) => {
    const handle = await open(...words);
    for (const name of ["writeFile", "sync"]) handle[name] = counted(handle[name]);
    return handle;
  };
  syncBuiltinESMExports();
}
