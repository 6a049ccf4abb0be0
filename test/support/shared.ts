/** What is made once for all test files of a run. */
import { inject } from "vitest";
import { createDatabase } from "./postgres.ts";

/** Makes an empty database on the run's PostgreSQL server; its address. */
export async function newDatabase(): Promise<string> {
  return createDatabase(await ask("/postgres"));
}

/** Builds what users and developers run, once a run; the folder of the latter. */
export function built(): Promise<string> {
  return ask("/built");
}

const asked = new Map<string, Promise<string>>();

async function ask(what: string): Promise<string> {
  const known = asked.get(what);
  if (known) return known;
  const answer = fetch(inject("run").url + what).then(async (response) => {
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  });
  asked.set(what, answer);
  return answer;
}
