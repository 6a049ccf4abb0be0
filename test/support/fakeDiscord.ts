/**
 * A Discord on 127.0.0.1: the part of its REST API and gateway that the bot uses, with Discord's own manners where the bot depends on them.
 * It checks every message that it is sent.
 */
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { assertSendable } from "./discordLimits.ts";
import { BOT_USER, GUILD, IDS, MESSAGE_FIELDS } from "./discordPayloads.ts";

/** A request of the bot; the end of its gateway connection is one too, with the method CLOSE. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The reason for the audit log. */
  readonly reason: string | undefined;
  /** Since the fake was started, in milliseconds. */
  readonly atMs: number;
}

/** What the next matching request gets instead of an answer. */
export interface Failure {
  readonly method: string;
  readonly path: RegExp;
  readonly status: number;
  /** Discord's code for the error. */
  readonly code: number;
  /** Whether the request counts all the same: only its answer is lost. */
  readonly isLost?: boolean;
}

interface Hold {
  readonly method: string;
  readonly path: RegExp;
  readonly released: Promise<void>;
}

/** A message as the API gives it. */
export type StoredMessage = Readonly<Record<string, unknown>> & { readonly id: string };

export interface FakeDiscord {
  readonly apiUrl: string;
  /** Milliseconds since it was started. */
  now(): number;
  /** In the order in which they came. */
  readonly requests: readonly SentRequest[];
  /** What stands in the channels, by id; answers to interactions are there too. */
  readonly messages: ReadonlyMap<string, StoredMessage>;
  /** The answer to the interaction of a token; undefined while there is none, or it is thinking. */
  answerTo(token: string): StoredMessage | undefined;
  /** Ids of pinned messages, the newest first. */
  readonly pins: readonly string[];
  /** How often the bot has identified itself, and how often resumed a session. */
  readonly sessions: { readonly identified: number; readonly resumed: number };
  /** The intents of the last identification. */
  readonly intents: number;
  /** What the bot did wrong: messages that Discord would refuse. */
  readonly faults: readonly Error[];
  /** Sends an event over the gateway, to the connection that was made last. */
  dispatch(event: string, data: unknown): void;
  /** Sends an event to every connection, as Discord does to several processes of one shard. */
  dispatchToAll(event: string, data: unknown): void;
  /** The shards that have identified themselves, [id, total] each, in their order. */
  readonly shards: readonly unknown[];
  /** Sends an opcode without an event: 7 asks to reconnect, 9 ends the session. */
  sendOpcode(op: 7 | 9, data: unknown): void;
  failNext(failure: Failure): void;
  /** Keeps the answer to the next matching request until it is released. */
  holdNext(method: string, path: RegExp): () => void;
  /** Closes the gateway's connection; the code of the next ones is `nextCode`, where given. */
  dropConnection(code: number): void;
  /** The bot's next identifications end with this code, until it is undefined. */
  refuseIdentify(code: number | undefined): void;
  /** Puts a message in the place of the one of its id. */
  setMessage(message: StoredMessage): void;
  /** Puts a pinned message of somebody into the channel. */
  addPin(message: StoredMessage): void;
  close(): Promise<void>;
}

/** What the API answers: a status and a body. */
type Reply = readonly [status: number, body?: unknown];
type Route = readonly [
  method: string,
  path: RegExp,
  answer: (groups: readonly string[], body: Readonly<Record<string, unknown>>) => Reply,
];

const EPHEMERAL = 64;
const COMPONENTS_V2 = 1 << 15;
const MAX_PINS = 250;
const PINS_PAGE = 50;
const FIRST_MESSAGE = 500_000_000_000_000_000n;

/** An answer to an interaction, by the interaction's token. */
interface Answer {
  /** The flags of the acknowledgement, which later ones cannot change. */
  readonly flags: number;
  messageId: string | undefined;
  /** Whether it still says that the bot is thinking. */
  isDeferred: boolean;
}

/** Starts a fake Discord; whoever starts it closes it. */
export async function startFakeDiscord(): Promise<FakeDiscord> {
  const requests: SentRequest[] = [];
  const faults: Error[] = [];
  const messages = new Map<string, StoredMessage>();
  const nonces = new Map<string, string>();
  /** The message whose button was pressed, by the interaction's token. */
  const sources = new Map<string, string>();
  const pins: string[] = [];
  const answers = new Map<string, Answer>();
  const failures: Failure[] = [];
  const holds: Hold[] = [];
  const sessions = { identified: 0, resumed: 0 };
  const started = performance.now();
  let lastId = FIRST_MESSAGE;
  let intents = 0;
  let refusal: number | undefined;

  const put = (body: Readonly<Record<string, unknown>>, id = String(++lastId)): StoredMessage => {
    const message = { ...EMPTY_MESSAGE, ...messages.get(id), ...withIds(body), id };
    messages.set(id, message);
    return message;
  };
  const acknowledge = (token: string, type: number, data: Record<string, unknown>): Reply => {
    if (answers.has(token)) return [400, { code: 40060, message: "already acknowledged" }];
    const source = sources.get(token);
    if (type === 7 && source !== undefined) {
      const before = Number(messages.get(source)?.["flags"] ?? 0);
      const message = put({ ...data, flags: before }, source);
      answers.set(token, { flags: before, messageId: message.id, isDeferred: false });
      return [204];
    }
    const flags = typeof data["flags"] === "number" ? data["flags"] : 0;
    // 6 puts off the change of the message whose button was pressed.
    const messageId = type === 6 ? source : undefined;
    const answer: Answer = { flags, messageId, isDeferred: type === 5 || type === 6 };
    answers.set(token, answer);
    if (type === 4) answer.messageId = put(data).id;
    return [204];
  };
  const editAnswer = (token: string, body: Readonly<Record<string, unknown>>): Reply => {
    const answer = answers.get(token);
    if (answer === undefined) return [404, { code: 10015, message: "unknown webhook" }];
    answer.isDeferred = false;
    const before = Number(messages.get(answer.messageId ?? "")?.["flags"] ?? answer.flags);
    if (before & COMPONENTS_V2 && (body["content"] ?? "") !== "") {
      faults.push(new Error("Discord would refuse this: content in a message of components"));
    }
    // A message of components stays one.
    const kept = before & (EPHEMERAL | COMPONENTS_V2);
    const flags = (Number(body["flags"] ?? 0) & COMPONENTS_V2) | kept;
    const message = put({ ...body, flags }, answer.messageId);
    answer.messageId = message.id;
    return [200, message];
  };
  const pinnedPage = (before: string | null): unknown => {
    const from = before === null ? 0 : pins.findIndex((id) => pinnedAt(id) < before);
    const page = from < 0 ? [] : pins.slice(from, from + PINS_PAGE);
    const items = page.map((id) => ({ pinned_at: pinnedAt(id), message: messages.get(id) }));
    return { items, has_more: from >= 0 && from + PINS_PAGE < pins.length };
  };
  const routes: readonly Route[] = [
    ["GET", /^\/gateway\/bot$/u, () => [200, gatewayInfo(port())]],
    ["GET", /^\/applications\/@me$/u, () => [200, { id: IDS.application }]],
    ["PUT", /^\/applications\/\d+\/(?:guilds\/\d+\/)?commands$/u, (_, body) => [200, body]],
    [
      "POST",
      /^\/interactions\/\d+\/([^/]+)\/callback/u,
      ([token = ""], body) =>
        acknowledge(token, Number(body["type"]), isRecord(body["data"]) ? body["data"] : {}),
    ],
    [
      "POST",
      /^\/webhooks\/\d+\/([^/?]+)/u,
      ([token = ""], body) =>
        // The first follow-up of an answer that is still thinking becomes that answer.
        answers.get(token)?.isDeferred ? editAnswer(token, body) : [200, put(body)],
    ],
    [
      "PATCH",
      /^\/webhooks\/\d+\/([^/]+)\/messages\/@original/u,
      ([token = ""], body) => editAnswer(token, body),
    ],
    [
      "POST",
      /^\/channels\/(\d+)\/messages$/u,
      ([channel_id], body) => {
        const nonce = body["enforce_nonce"] === true ? String(body["nonce"]) : undefined;
        const earlier = nonce === undefined ? undefined : nonces.get(nonce);
        if (earlier !== undefined) return [200, messages.get(earlier)];
        const message = put({ ...body, channel_id });
        if (nonce !== undefined) nonces.set(nonce, message.id);
        return [200, message];
      },
    ],
    [
      "GET",
      /^\/channels\/\d+\/messages\/pins(?:\?(.*))?$/u,
      ([query = ""]) => [200, pinnedPage(new URLSearchParams(query).get("before"))],
    ],
    [
      "PUT",
      /^\/channels\/\d+\/messages\/pins\/(\d+)/u,
      ([id = ""]) => {
        if (!messages.has(id)) return [404, { code: 10008, message: "unknown message" }];
        if (pins.length >= MAX_PINS) return [400, { code: 30003, message: "too many pins" }];
        if (!pins.includes(id)) pins.unshift(id);
        return [204];
      },
    ],
    [
      "DELETE",
      /^\/channels\/\d+\/messages\/pins\/(\d+)/u,
      ([id = ""]) => {
        if (pins.includes(id)) pins.splice(pins.indexOf(id), 1);
        return [204];
      },
    ],
    [
      "GET",
      /^\/channels\/\d+\/messages\/(\d+)$/u,
      ([id = ""]) => {
        const message = messages.get(id);
        return message ? [200, message] : [404, { code: 10008, message: "unknown message" }];
      },
    ],
    [
      "PATCH",
      /^\/channels\/\d+\/messages\/(\d+)$/u,
      ([id = ""], body) =>
        messages.has(id)
          ? [200, put(body, id)]
          : [404, { code: 10008, message: "unknown message" }],
    ],
    [
      "DELETE",
      /^\/channels\/\d+\/messages\/(\d+)$/u,
      ([id = ""]) => [messages.delete(id) ? 204 : 404],
    ],
  ];

  const respond = (method: string, path: string, body: SentRequest["body"]): Reply => {
    for (const [verb, pattern, answer] of routes) {
      const match = verb === method ? pattern.exec(path) : null;
      if (match) return answer(match.slice(1), body);
    }
    return [404, { code: 0, message: `unknown: ${method} ${path}` }];
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", url = "" } = request;
    const atMs = performance.now() - started;
    const path = decodeURIComponent(url.replace(/^\/api\/v10/u, ""));
    const body = await readBody(request);
    const reason = request.headers["x-audit-log-reason"];
    requests.push({
      method,
      path,
      body,
      reason: typeof reason === "string" ? decodeURIComponent(reason) : undefined,
      atMs,
    });
    try {
      assertSendable(method, path, body);
    } catch (error) {
      faults.push(error instanceof Error ? error : new Error(String(error)));
    }
    const held = holds.findIndex((it) => it.method === method && it.path.test(path));
    if (held >= 0) await Promise.all(holds.splice(held, 1).map(({ released }) => released));
    const at = failures.findIndex((it) => it.method === method && it.path.test(path));
    const [failure] = at < 0 ? [] : failures.splice(at, 1);
    if (failure?.isLost) {
      respond(method, path, body);
      response.destroy();
      return;
    }
    const [status, answer] = failure
      ? [failure.status, { code: failure.code, message: "refused by the test", retry_after: 0.01 }]
      : respond(method, path, body);
    if (answer === undefined) response.writeHead(status).end();
    else {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    }
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      faults.push(error instanceof Error ? error : new Error(String(error)));
      response.writeHead(500).end();
    });
  });
  const sockets = new WebSocketServer({ server });
  let socket: WebSocket | undefined;
  let sequence = 0;
  const shards: unknown[] = [];
  const sendTo = (connection: WebSocket | undefined, op: number, d: unknown, t?: string): void => {
    connection?.send(JSON.stringify({ op, d, t, s: t === undefined ? null : ++sequence }));
  };
  const send = (op: number, d: unknown, t?: string): void => {
    sendTo(socket, op, d, t);
  };
  const remember = (data: unknown): void => {
    if (isRecord(data) && isRecord(data["message"])) {
      sources.set(String(data["token"]), String(data["message"]["id"]));
    }
  };
  sockets.on("connection", (connection) => {
    socket = connection;
    const reply = (op: number, d: unknown, t?: string): void => {
      sendTo(connection, op, d, t);
    };
    connection.on("close", (code: number) => {
      const atMs = performance.now() - started;
      requests.push({ method: "CLOSE", path: "/gateway", body: { code }, reason: undefined, atMs });
    });
    reply(10, { heartbeat_interval: 40_000 });
    connection.on("message", (data: Buffer) => {
      const { op, d } = JSON.parse(data.toString("utf8")) as { op: number; d: unknown };
      if (op === 1) reply(11, undefined);
      if (op === 2) {
        sessions.identified += 1;
        intents = isRecord(d) ? Number(d["intents"]) : 0;
        shards.push(isRecord(d) ? d["shard"] : undefined);
        if (refusal !== undefined) {
          connection.close(refusal);
          return;
        }
        reply(0, readyPayload(port()), "READY");
        reply(0, GUILD, "GUILD_CREATE");
      }
      if (op === 6) {
        sessions.resumed += 1;
        reply(0, {}, "RESUMED");
      }
    });
  });
  await listen(server);
  const port = (): number => addressOf(server).port;

  return {
    apiUrl: `http://127.0.0.1:${port()}/api`,
    requests,
    messages,
    pins,
    sessions,
    faults,
    now: () => performance.now() - started,
    answerTo: (token) => {
      const { messageId = "", isDeferred = true } = answers.get(token) ?? {};
      return isDeferred ? undefined : messages.get(messageId);
    },
    get intents() {
      return intents;
    },
    shards,
    dispatch: (event, data) => {
      remember(data);
      send(0, data, event);
    },
    dispatchToAll: (event, data) => {
      remember(data);
      for (const connection of sockets.clients) sendTo(connection, 0, data, event);
    },
    sendOpcode: send,
    failNext: (failure) => {
      failures.push(failure);
    },
    holdNext: (method, path) => {
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      holds.push({ method, path, released });
      return release;
    },
    dropConnection: (code) => {
      socket?.close(code);
    },
    refuseIdentify: (code) => {
      refusal = code;
    },
    setMessage: (message) => {
      messages.set(message.id, message);
    },
    addPin: (message) => {
      messages.set(message.id, message);
      pins.unshift(message.id);
    },
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const EMPTY_MESSAGE = { ...MESSAGE_FIELDS, author: BOT_USER };

/** Discord numbers the components of a message that have no id. */
function withIds(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
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

function readyPayload(port: number): unknown {
  return {
    v: 10,
    session_id: "session",
    session_type: "normal",
    resume_gateway_url: `ws://127.0.0.1:${port}`,
    user: BOT_USER,
    guilds: [{ id: IDS.guild, unavailable: true }],
    application: { id: IDS.application, flags: 0 },
  };
}

function gatewayInfo(port: number): unknown {
  const limit = { total: 1_000, remaining: 999, reset_after: 0, max_concurrency: 1 };
  return { url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit: limit };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  request.setEncoding("utf8");
  for await (const chunk of request) text += String(chunk);
  const body: unknown = text === "" ? {} : JSON.parse(text);
  return isRecord(body) ? body : { body };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the fake does not listen");
  return address;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
