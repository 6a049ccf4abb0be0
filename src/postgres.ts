/** PostgreSQL's one home: connections to it, whatever is kept there. */
import pg from "pg";
import { parseIntoClientConfig } from "pg-connection-string";

/** An interaction is taken before it is acknowledged, which it must be within three seconds: without PostgreSQL too. */
const CONNECTION_TIMEOUT_MS = 1_500;
const QUERY_TIMEOUT_MS = 10_000;

/**
 * Makes a pool, which connects when it is first asked something.
 *
 * @param password In the place of the address's own, where it is given; any characters.
 */
export function openPool(url: string, password?: string): pg.Pool {
  const types = new pg.TypeOverrides();
  // Their values come as text, since they may be beyond 2⁵³: times are not.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    // Not connectionString, beside which a password of its own counts for nothing.
    ...parseIntoClientConfig(url),
    ...(password !== undefined && { password }),
    types,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
  });
  // A connection that breaks while nobody uses it: the next query makes another one, or says what is wrong.
  pool.on("error", () => undefined);
  return pool;
}
