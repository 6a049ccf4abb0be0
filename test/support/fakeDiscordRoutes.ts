/** One row for each route of Discord's API that the bot uses. */
import { GUILD, IDS } from "./discordPayloads.ts";
import { RIGHTS, UNKNOWN_MESSAGE, isRecord, refusal } from "./fakeDiscordReplies.ts";
import type { Body, Reply } from "./fakeDiscordReplies.ts";
import type { FakeRest } from "./fakeDiscordRest.ts";

/** Answers a request; `groups` are the parts of its path that a route's stars stand for. */
type Route = (
  rest: FakeRest,
  groups: readonly string[],
  request: { readonly body: Body; readonly query: URLSearchParams },
) => Reply;

const COMMANDS: Route = (_rest, _groups, { body }) => [200, body];

/** What is done in a channel, for whoever has the rights for it. */
function inChannel(needed: bigint, answer: Route): Route {
  return (rest, groups, request) =>
    rest.refusalIn(groups[0] ?? "", needed) ?? answer(rest, groups, request);
}

/** The first that fits counts. */
export const ROUTES: Readonly<Record<string, Route>> = {
  "GET /gateway/bot": (rest) => [200, gatewayInfo(rest.gatewayUrl)],
  "GET /applications/@me": () => [200, { id: IDS.application }],
  "PUT /applications/*/commands": COMMANDS,
  "PUT /applications/*/guilds/*/commands": COMMANDS,
  "POST /interactions/*/*/callback": (rest, [, token = ""], { body: { type, data } }) =>
    rest.interactions.acknowledge(token, Number(type), isRecord(data) ? data : {}),
  "POST /webhooks/*/*": (rest, [, token = ""], { body }) => rest.interactions.followUp(token, body),
  "GET /webhooks/*/*/messages/@original": (rest, [, token = ""]) =>
    rest.interactions.original(token),
  "PATCH /webhooks/*/*/messages/@original": (rest, [, token = ""], { body }) =>
    rest.interactions.edit(token, body),
  "GET /channels/*": inChannel(0n, (_rest, [id]) => {
    const channel = GUILD.channels.find((it) => it.id === id);
    return channel ? [200, { ...channel, guild_id: IDS.guild }] : [404, refusal(10_003, "Unknown")];
  }),
  "POST /channels/*/messages": inChannel(RIGHTS.sendMessages, (rest, [channel = ""], { body }) =>
    rest.post(channel, body),
  ),
  "GET /channels/*/messages/pins": inChannel(0n, (rest, [channel = ""], { query }) => [
    200,
    rest.pinnedPage(channel, query.get("before")),
  ]),
  "PUT /channels/*/messages/pins/*": inChannel(RIGHTS.pinMessages, (rest, [, id = ""]) =>
    rest.pin(id),
  ),
  "DELETE /channels/*/messages/pins/*": inChannel(RIGHTS.pinMessages, (rest, [, id = ""]) =>
    rest.unpin(id),
  ),
  "GET /channels/*/messages/*": inChannel(RIGHTS.readMessageHistory, ({ messages }, [, id = ""]) =>
    messages.has(id) ? [200, messages.get(id)] : UNKNOWN_MESSAGE,
  ),
  "PATCH /channels/*/messages/*": inChannel(0n, (rest, [, id = ""], { body }) =>
    rest.edit(id, body),
  ),
  "DELETE /channels/*/messages/*": inChannel(0n, (rest, [, id = ""]) => {
    if (!rest.messages.has(id)) return UNKNOWN_MESSAGE;
    rest.deleteMessage(id);
    return [204];
  }),
};

function gatewayInfo(url: string): unknown {
  const limit = { total: 1_000, remaining: 999, reset_after: 0, max_concurrency: 1 };
  return { url, shards: 1, session_start_limit: limit };
}
