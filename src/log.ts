import { destination, pino } from "pino";
import type { Logger } from "pino";

export type { Logger } from "pino";

/** A log of JSON lines on standard error. It holds no question's text above debug level, and never a token. */
export function createLog(level: string): Logger {
  return pino({ level }, destination({ dest: 2, sync: true }));
}
