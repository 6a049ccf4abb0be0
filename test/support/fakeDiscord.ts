/**
 * A Discord on 127.0.0.1: the part of its REST API and gateway that the bot uses, with Discord's own manners where the bot depends on them.
 * It checks every message that it is sent.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { assertSendable } from "./discordLimits.ts";
import { BOT_USER, GUILD, IDS } from "./discordPayloads.ts";
import { FakeRest, isRecord } from "./fakeDiscordRest.ts";

/** What a bot logs in with here. */
export const TOKEN = "a-very.fake.token";

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

/** Which requests are meant. */
interface Pattern {
  readonly method: string;
  readonly path: RegExp;
}

/** What the next matching request gets instead of an answer. */
interface Failure extends Pattern {
  readonly status: number;
  /** Discord's code for the error. */
  readonly code: number;
  /** Whether the request counts all the same: only its answer is lost. */
  readonly isLost?: boolean;
}

/** Starts a fake Discord; whoever starts it closes it. */
export async function startFakeDiscord(): Promise<FakeDiscord> {
  const discord = new FakeDiscord();
  await discord.listen();
  return discord;
}

/** A fake Discord, made by {@link startFakeDiscord}. */
export class FakeDiscord extends FakeRest {
  /** In the order in which they came. */
  readonly requests: SentRequest[] = [];
  /** How often the bot has identified itself, and how often resumed a session. */
  readonly sessions = { identified: 0, resumed: 0 };
  /** The shards that have identified themselves, [id, total] each, in their order. */
  readonly shards: unknown[] = [];
  /** The intents of the last identification. */
  intents = 0;
  readonly #failures: Failure[] = [];
  readonly #holds: (Pattern & { readonly released: Promise<void> })[] = [];
  readonly #startedAt = performance.now();
  readonly #server = createServer((request, response) => {
    this.#handle(request, response).catch((error: unknown) => {
      this.#blame(error);
      response.writeHead(500).end();
    });
  });
  readonly #sockets = new WebSocketServer({ server: this.#server });
  /** The connection that was made last. */
  #socket: WebSocket | undefined;
  #sequence = 0;
  #refusal: number | undefined;

  async listen(): Promise<void> {
    this.#sockets.on("connection", (socket) => {
      this.#connect(socket);
    });
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  get apiUrl(): string {
    return `http://${this.#address}/api`;
  }

  override get gatewayUrl(): string {
    return `ws://${this.#address}`;
  }

  /** Milliseconds since it was started. */
  now(): number {
    return performance.now() - this.#startedAt;
  }

  /** Sends an event over the gateway, to the connection that was made last. */
  dispatch(event: string, data: unknown): void {
    this.remember(data);
    this.#send(this.#socket, 0, data, event);
  }

  /** Sends an event to every connection, as Discord does to several processes of one shard. */
  dispatchToAll(event: string, data: unknown): void {
    this.remember(data);
    for (const socket of this.#sockets.clients) this.#send(socket, 0, data, event);
  }

  /** Sends an opcode without an event: 7 asks to reconnect, 9 ends the session. */
  sendOpcode(op: 7 | 9, data: unknown): void {
    this.#send(this.#socket, op, data);
  }

  failNext(failure: Failure): void {
    this.#failures.push(failure);
  }

  /** Keeps the answer to the next matching request until it is released. */
  holdNext(method: string, path: RegExp): () => void {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    this.#holds.push({ method, path, released });
    return release;
  }

  /** Closes the gateway's last connection. */
  dropConnection(code: number): void {
    this.#socket?.close(code);
  }

  /** The bot's next identifications end with this code, until it is undefined. */
  refuseIdentify(code: number | undefined): void {
    this.#refusal = code;
  }

  async close(): Promise<void> {
    for (const client of this.#sockets.clients) client.terminate();
    this.#sockets.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get #address(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("it does not listen");
    return `127.0.0.1:${address.port}`;
  }

  #blame(error: unknown): void {
    this.faults.push(error instanceof Error ? error : new Error(String(error)));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await readRequest(request, this.now());
    const { method, path, body } = sent;
    this.requests.push(sent);
    try {
      assertSendable(method, path, body);
    } catch (error) {
      this.#blame(error);
    }
    await takeFirst(this.#holds, method, path)?.released;
    const failure = takeFirst(this.#failures, method, path);
    const refusal = { code: failure?.code, message: "refused by the test", retry_after: 0.01 };
    const [status, answer] =
      failure === undefined || failure.isLost
        ? this.respond(method, path, body)
        : [failure.status, refusal];
    if (failure?.isLost) response.destroy();
    else if (answer === undefined) response.writeHead(status).end();
    else {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    }
  }

  /** Speaks as the gateway does to a bot that has connected. */
  #connect(socket: WebSocket): void {
    this.#socket = socket;
    socket.on("close", (code: number) => {
      const request = { method: "CLOSE", path: "/gateway", body: { code }, reason: undefined };
      this.requests.push({ ...request, atMs: this.now() });
    });
    this.#send(socket, 10, { heartbeat_interval: 40_000 });
    socket.on("message", (data: Buffer) => {
      const { op, d } = JSON.parse(data.toString("utf8")) as { op: number; d: unknown };
      if (op === 1) this.#send(socket, 11, undefined);
      if (op === 2) this.#identify(socket, isRecord(d) ? d : {});
      if (op === 6) {
        this.sessions.resumed += 1;
        this.#send(socket, 0, {}, "RESUMED");
      }
    });
  }

  #identify(socket: WebSocket, { intents = 0, shard }: Readonly<Record<string, unknown>>): void {
    this.sessions.identified += 1;
    this.intents = Number(intents);
    this.shards.push(shard);
    if (this.#refusal !== undefined) {
      socket.close(this.#refusal);
      return;
    }
    const ready = {
      v: 10,
      session_id: "session",
      session_type: "normal",
      resume_gateway_url: this.gatewayUrl,
      user: BOT_USER,
      guilds: [{ id: IDS.guild, unavailable: true }],
      application: { id: IDS.application, flags: 0 },
    };
    this.#send(socket, 0, ready, "READY");
    this.#send(socket, 0, GUILD, "GUILD_CREATE");
  }

  #send(socket: WebSocket | undefined, op: number, d: unknown, t?: string): void {
    socket?.send(JSON.stringify({ op, d, t, s: t === undefined ? null : ++this.#sequence }));
  }
}

async function readRequest(request: IncomingMessage, atMs: number): Promise<SentRequest> {
  const { method = "", url = "", headers } = request;
  const path = decodeURIComponent(url.replace(/^\/api\/v10/u, ""));
  const sent: unknown = JSON.parse((await text(request)) || "{}");
  const body = isRecord(sent) ? sent : { body: sent };
  const said = headers["x-audit-log-reason"];
  const reason = typeof said === "string" ? decodeURIComponent(said) : undefined;
  return { method, path, body, reason, atMs };
}

/** Takes the first entry that means a request out of a list. */
function takeFirst<Entry extends Pattern>(
  list: Entry[],
  method: string,
  path: string,
): Entry | undefined {
  const at = list.findIndex((it) => it.method === method && it.path.test(path));
  return at < 0 ? undefined : list.splice(at, 1)[0];
}
