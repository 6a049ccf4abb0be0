/** Where what goes wrong in an event ends: it is told, and the process goes on. */
import type { Logger } from "../../log.ts";
import { redact } from "../errorMessages.ts";

/** Does work, and reports what it throws, now or later; undefined then. */
export function bounded(work: () => unknown, report: (error: unknown) => void): unknown {
  try {
    const result = work();
    return result instanceof Promise ? result.catch(report) : result;
  } catch (error) {
    report(error);
    return undefined;
  }
}

/** Puts work around a method of an object of discord.js's, be it private: there is no other place for a boundary. */
export function wrapMethod(
  target: object,
  name: string,
  around: (call: () => unknown) => unknown,
): void {
  const method: unknown = Reflect.get(target, name);
  if (typeof method !== "function") throw new Error(`discord.js has no method ${name} any more`);
  const wrapped = (...values: unknown[]): unknown =>
    around(() => Reflect.apply(method, target, values));
  Reflect.set(target, name, wrapped);
}

/** Logs what an event led to. */
export function logFault(log: Logger, what: string): (error: unknown) => void {
  return (error) => {
    log.error({ what, error: redact(error) });
  };
}
