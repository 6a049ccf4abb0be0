import { vi } from "vitest";

/** Long enough for the busiest machine: what holds sooner is not waited for. In milliseconds. */
const WAIT = { timeout: 60_000, interval: 5 };

/** What a check gives once it no longer throws. */
export function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, WAIT);
}
