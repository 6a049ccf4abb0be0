/** The REST API of the fake Discord: what stands in its channels, and one row for each route that the bot uses. */
import { setTimeout as sleep } from "node:timers/promises";
import { BOT_USER, IDS, MESSAGE_FIELDS } from "./discordPayloads.ts";

/** A message as the API gives it. */
export type StoredMessage = Readonly<Record<string, unknown>> & { readonly id: string };

/** What the API answers: a status and a body. */
type Reply = readonly [status: number, body?: unknown];

type Body = Readonly<Record<string, unknown>>;

/** Answers a request; `groups` are the parts of its path that a route's stars stand for. */
type Route = (
  rest: FakeRest,
  groups: readonly string[],
  request: { readonly body: Body; readonly query: URLSearchParams },
) => Reply;

/** An answer to an interaction, by the interaction's token. */
interface Answer {
  /** The flags of the acknowledgement, which later ones cannot change. */
  readonly flags: number;
  messageId: string | undefined;
  /** Whether it still says that the bot is thinking. */
  isDeferred: boolean;
}

const POLL_MS = 5;
const EPHEMERAL = 64;
const COMPONENTS_V2 = 1 << 15;
const MAX_PINS = 250;
const PINS_PAGE = 50;
const FIRST_MESSAGE = 500_000_000_000_000_000n;
const EMPTY_MESSAGE = { ...MESSAGE_FIELDS, author: BOT_USER };
const UNKNOWN_MESSAGE: Reply = [404, { code: 10008, message: "unknown message" }];

/** The channels, and what the bot may do to them. */
export abstract class FakeRest {
  /** What stands in the channels, by id; answers to interactions are there too. */
  readonly messages = new Map<string, StoredMessage>();
  /** Ids of pinned messages, the newest first. */
  readonly pins: string[] = [];
  /** What the bot did wrong: messages that Discord would refuse. */
  readonly faults: Error[] = [];
  /** The message whose button was pressed, by the interaction's token. */
  readonly sources = new Map<string, string>();
  readonly nonces = new Map<string, string>();
  readonly answers = new Map<string, Answer>();
  #lastId = FIRST_MESSAGE;

  /** Where the gateway is. */
  abstract get gatewayUrl(): string;

  /** Answers a request. */
  respond(method: string, url: string, body: Body): Reply {
    const { pathname, searchParams: query } = new URL(url, "http://127.0.0.1");
    for (const [route, answer] of Object.entries(ROUTES)) {
      const pattern = new RegExp(`^${route.replaceAll("*", "([^/]+)")}$`, "u");
      const groups = pattern.exec(`${method} ${pathname}`)?.slice(1);
      if (groups) return answer(this, groups, { body, query });
    }
    return [404, { code: 0, message: `unknown: ${method} ${url}` }];
  }

  /** Puts a new message into a channel, or changes the one of an id. */
  put(body: Body, id = String(++this.#lastId)): StoredMessage {
    const message = { ...EMPTY_MESSAGE, ...this.messages.get(id), ...withIds(body), id };
    this.messages.set(id, message);
    return message;
  }

  /** The answer to the interaction of a token; undefined while there is none, or it is thinking. */
  answerTo(token: string): StoredMessage | undefined {
    const { messageId = "", isDeferred = true } = this.answers.get(token) ?? {};
    return isDeferred ? undefined : this.messages.get(messageId);
  }

  /** Waits until each interaction is answered, for at most `timeoutMs`. */
  async waitForAnswers(tokens: readonly string[], timeoutMs: number): Promise<void> {
    const isOver = AbortSignal.timeout(timeoutMs);
    while (!isOver.aborted && tokens.some((it) => !this.answerTo(it))) await sleep(POLL_MS);
  }

  /** Keeps whose button was pressed. */
  remember(data: unknown): void {
    if (isRecord(data) && isRecord(data["message"])) {
      this.sources.set(String(data["token"]), String(data["message"]["id"]));
    }
  }

  acknowledge(token: string, type: number, data: Body): Reply {
    if (this.answers.has(token)) return [400, { code: 40060, message: "already acknowledged" }];
    const source = this.sources.get(token);
    if (type === 7 && source !== undefined) {
      const flags = this.#flagsOf(source, 0);
      const { id } = this.put({ ...data, flags }, source);
      this.answers.set(token, { flags, messageId: id, isDeferred: false });
      return [204];
    }
    const flags = typeof data["flags"] === "number" ? data["flags"] : 0;
    // 6 puts off the change of the message whose button was pressed.
    const messageId = type === 4 ? this.put(data).id : type === 6 ? source : undefined;
    this.answers.set(token, { flags, messageId, isDeferred: type === 5 || type === 6 });
    return [204];
  }

  editAnswer(token: string, body: Body): Reply {
    const answer = this.answers.get(token);
    if (answer === undefined) return [404, { code: 10015, message: "unknown webhook" }];
    answer.isDeferred = false;
    const before = this.#flagsOf(answer.messageId ?? "", answer.flags);
    if (before & COMPONENTS_V2 && (body["content"] ?? "") !== "") {
      this.faults.push(new Error("Discord would refuse this: content in a message of components"));
    }
    // A message of components stays one.
    const kept = before & (EPHEMERAL | COMPONENTS_V2);
    const flags = (Number(body["flags"] ?? 0) & COMPONENTS_V2) | kept;
    const message = this.put({ ...body, flags }, answer.messageId);
    answer.messageId = message.id;
    return [200, message];
  }

  /** Puts a message in the place of the one of its id. */
  setMessage(message: StoredMessage): void {
    this.messages.set(message.id, message);
  }

  /** Puts a pinned message of somebody into the channel. */
  addPin(message: StoredMessage): void {
    this.setMessage(message);
    this.pins.unshift(message.id);
  }

  /** The message of an earlier request with the same nonce, where there is one. */
  putOnce(body: Body): StoredMessage {
    if (body["enforce_nonce"] !== true) return this.put(body);
    const nonce = String(body["nonce"]);
    const message = this.messages.get(this.nonces.get(nonce) ?? "") ?? this.put(body);
    this.nonces.set(nonce, message.id);
    return message;
  }

  pin(id: string): Reply {
    if (!this.messages.has(id)) return UNKNOWN_MESSAGE;
    if (this.pins.length >= MAX_PINS) return [400, { code: 30003, message: "too many pins" }];
    if (!this.pins.includes(id)) this.pins.unshift(id);
    return [204];
  }

  unpin(id: string): Reply {
    if (this.pins.includes(id)) this.pins.splice(this.pins.indexOf(id), 1);
    return [204];
  }

  pinnedPage(before: string | null): unknown {
    const from = before === null ? 0 : this.pins.findIndex((id) => pinnedAt(id) < before);
    const page = from < 0 ? [] : this.pins.slice(from, from + PINS_PAGE);
    const items = page.map((id) => ({ pinned_at: pinnedAt(id), message: this.messages.get(id) }));
    return { items, has_more: from >= 0 && from + PINS_PAGE < this.pins.length };
  }

  #flagsOf(message: string, fallback: number): number {
    return Number(this.messages.get(message)?.["flags"] ?? fallback);
  }
}

const COMMANDS: Route = (_rest, _groups, { body }) => [200, body];

/** The first that fits counts. */
const ROUTES: Readonly<Record<string, Route>> = {
  "GET /gateway/bot": (rest) => [200, gatewayInfo(rest.gatewayUrl)],
  "GET /applications/@me": () => [200, { id: IDS.application }],
  "PUT /applications/*/commands": COMMANDS,
  "PUT /applications/*/guilds/*/commands": COMMANDS,
  "POST /interactions/*/*/callback": (rest, [, token = ""], { body: { type, data } }) =>
    rest.acknowledge(token, Number(type), isRecord(data) ? data : {}),
  // The first follow-up of an answer that is still thinking becomes that answer.
  "POST /webhooks/*/*": (rest, [, token = ""], { body }) =>
    rest.answers.get(token)?.isDeferred ? rest.editAnswer(token, body) : [200, rest.put(body)],
  "PATCH /webhooks/*/*/messages/@original": (rest, [, token = ""], { body }) =>
    rest.editAnswer(token, body),
  "POST /channels/*/messages": (rest, [channel_id], { body }) => [
    200,
    rest.putOnce({ ...body, channel_id }),
  ],
  "GET /channels/*/messages/pins": (rest, _groups, { query }) => [
    200,
    rest.pinnedPage(query.get("before")),
  ],
  "PUT /channels/*/messages/pins/*": (rest, [, id = ""]) => rest.pin(id),
  "DELETE /channels/*/messages/pins/*": (rest, [, id = ""]) => rest.unpin(id),
  "GET /channels/*/messages/*": ({ messages }, [, id = ""]) =>
    messages.has(id) ? [200, messages.get(id)] : UNKNOWN_MESSAGE,
  "PATCH /channels/*/messages/*": (rest, [, id = ""], { body }) =>
    rest.messages.has(id) ? [200, rest.put(body, id)] : UNKNOWN_MESSAGE,
  "DELETE /channels/*/messages/*": ({ messages }, [, id = ""]) => [messages.delete(id) ? 204 : 404],
};

/** Discord numbers the components of a message that have no id. */
function withIds(body: Body): Body {
  let last = 1_000;
  const number = (component: unknown): unknown => {
    if (!isRecord(component)) return component;
    const { components, accessory } = component;
    return {
      id: ++last,
      ...component,
      ...(Array.isArray(components) && { components: components.map(number) }),
      ...(isRecord(accessory) && { accessory: number(accessory) }),
    };
  };
  const { components } = body;
  return { ...body, ...(Array.isArray(components) && { components: components.map(number) }) };
}

/** A message's number tells its order, and so, here, when it was pinned. */
function pinnedAt(id: string): string {
  return new Date(Number(BigInt(id) % 1_000_000_000n) * 1_000).toISOString();
}

function gatewayInfo(url: string): unknown {
  const limit = { total: 1_000, remaining: 999, reset_after: 0, max_concurrency: 1 };
  return { url, shards: 1, session_start_limit: limit };
}

/** Whether it is an object of JSON. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
