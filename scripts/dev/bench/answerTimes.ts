import type { FakeDiscord } from "../../../test/support/fakeDiscord.ts";

/** When an interaction's requests came, in milliseconds since the fake Discord was started. */
interface AnswerTimes {
  readonly acknowledged: number[];
  readonly answered: number[];
}

/** The times of every interaction, by its token; of the requests from a number on. */
export function timesByToken(
  { requests }: FakeDiscord,
  from = 0,
): ReadonlyMap<string, AnswerTimes> {
  const times = new Map<string, AnswerTimes>();
  for (const { path, atMs } of requests.slice(from)) {
    const [, kind, , token = ""] = path.split("/");
    const known = times.get(token) ?? { acknowledged: [], answered: [] };
    if (kind === "interactions") known.acknowledged.push(atMs);
    else if (kind === "webhooks") known.answered.push(atMs);
    times.set(token, known);
  }
  return times;
}
