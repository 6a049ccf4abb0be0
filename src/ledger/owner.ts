/** The processes that share a ledger: which one this is, and whether another has ended. */
import { hostname } from "node:os";
import { isCode } from "../errors.ts";
import { newId } from "./database.ts";

/** Names this process among all that there ever were: its machine, its number there, and this run. */
export const OWNER = `${hostname()}/${process.pid}/${newId()}`;

/** Whether a process has ended, as far as it can be told from this one: of another machine nothing can. */
export function hasEnded(owner: string): boolean {
  const [machine, pid] = owner.split("/");
  if (owner === OWNER || machine !== hostname()) return false;
  // Another run had this process's number.
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return isCode(error, "ESRCH");
  }
}
