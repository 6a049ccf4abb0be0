/** The gateway of the fake Discord: sessions that outlive their sockets, and what goes wrong with them. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { BOT_USER, GUILD, IDS } from "./discordPayloads.ts";
import { isRecord } from "./fakeDiscordReplies.ts";
import { FakeRest } from "./fakeDiscordRest.ts";
import type { Trouble } from "./fakeDiscordTrouble.ts";

/** What a bot logs in with here. */
export const TOKEN = "a-very.fake.token";

/** Events of a session that can be sent again when it is resumed. */
const MAX_REPLAYED = 1_000;

/** Closes after which Discord forgets the session: the bot's own, and those that say so. */
const FORGETTING_CODES = new Set([1_000, 1_001, 4_004, 4_007, 4_010, 4_011, 4_013, 4_014]);

/** A bot's session: its shard, what it was told, and the socket that it is told by. */
interface Session {
  readonly id: string;
  /** `[id, total]` in JSON. */
  readonly shard: string;
  readonly events: { readonly sequence: number; readonly frame: string }[];
  sequence: number;
  socket: WebSocket | undefined;
}

/** The gateway, and the API behind it. */
export abstract class FakeGateway extends FakeRest {
  /** How often the bot has identified itself, and how often resumed a session. */
  readonly sessions = { identified: 0, resumed: 0 };
  /** The shards that have identified themselves, [id, total] each, in their order. */
  readonly shards: unknown[] = [];
  /** The intents of the last identification. */
  intents = 0;
  /** The only token that is taken; another one is what an operator has reset. */
  token = TOKEN;
  /** Whether a new connection is greeted. */
  saysHello = true;
  /** Whether heartbeats are acknowledged. */
  acknowledgesHeartbeats = true;
  /** How often the bot is to say that it lives, in milliseconds. */
  heartbeatMs = 40_000;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #sessions = new Map<string, Session>();
  /** The connection that was made last. */
  #socket: WebSocket | undefined;
  #refusal: number | undefined;
  #lastSession = 0;

  /** What goes wrong at the test's wish. */
  protected abstract readonly trouble: Trouble;

  /** Told that the bot's connection has ended. */
  protected abstract onClosed(code: number): void;

  /** Sends an event over the gateway, to the session that was made last, and once more if it is resumed without having had it. */
  dispatch(event: string, data: unknown): void {
    this.remember(data);
    const session = [...this.#sessions.values()].at(-1);
    if (session) send(session, event, data);
  }

  /** Sends an event to every session, as Discord does to several processes of one shard. */
  dispatchToAll(event: string, data: unknown): void {
    this.remember(data);
    for (const session of this.#sessions.values()) send(session, event, data);
  }

  /** Sends an opcode without an event: 7 asks to reconnect, 9 ends the session unless its data say that it can be resumed. */
  sendOpcode(op: 7 | 9, data: unknown): void {
    if (op === 9 && data !== true) this.#forget(this.#socket);
    say(this.#socket, op, data);
  }

  /** Sends anything to the connection that was made last: a text as it stands, all else as JSON. */
  sendFrame(frame: unknown): void {
    this.#socket?.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** Closes the gateway's last connection: a number that is no code of a close cuts it. */
  dropConnection(code: number): void {
    if (code === 0) this.#socket?.terminate();
    else this.#socket?.close(code);
    if (FORGETTING_CODES.has(code)) this.#forget(this.#socket);
  }

  /** The bot's next identifications end with this code, until it is undefined. */
  refuseIdentify(code: number | undefined): void {
    this.#refusal = code;
  }

  /** Connections that are open and identified, by their shard, `[id, total]` in JSON. */
  openSessions(): Map<string, number> {
    const count = new Map<string, number>();
    for (const { shard, socket } of this.#sessions.values()) {
      if (socket) count.set(shard, (count.get(shard) ?? 0) + 1);
    }
    return count;
  }

  /** All connections, identified or not. */
  get connections(): number {
    return this.#sockets.clients.size;
  }

  protected closeSockets(): void {
    for (const client of this.#sockets.clients) client.terminate();
    this.#sockets.close();
  }

  /** Answers the wish for a socket, if nothing is in its way. */
  protected async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const failure = await this.trouble.of("UPGRADE", request.url ?? "");
    if (failure === undefined) {
      this.#sockets.handleUpgrade(request, socket, head, (it) => {
        this.#connect(it);
      });
    } else if (failure.status === 0) socket.destroy();
    else socket.end(`HTTP/1.1 ${failure.status} refused\r\ncontent-length: 0\r\n\r\n`);
  }

  /** Speaks as the gateway does to a bot that has connected. */
  #connect(socket: WebSocket): void {
    this.#socket = socket;
    socket.on("error", () => undefined);
    socket.on("close", (code: number) => {
      this.onClosed(code);
      if (FORGETTING_CODES.has(code)) this.#forget(socket);
      const session = this.#sessionOf(socket);
      if (session) session.socket = undefined;
    });
    if (this.saysHello) say(socket, 10, { heartbeat_interval: this.heartbeatMs });
    socket.on("message", (data: Buffer) => {
      const { op, d } = JSON.parse(data.toString("utf8")) as { op: number; d: unknown };
      if (op === 1 && this.acknowledgesHeartbeats) say(socket, 11, undefined);
      if (op === 2) this.#identify(socket, isRecord(d) ? d : {});
      if (op === 6) this.#resume(socket, isRecord(d) ? d : {});
    });
  }

  #identify(
    socket: WebSocket,
    { intents = 0, shard, token }: Readonly<Record<string, unknown>>,
  ): void {
    this.sessions.identified += 1;
    this.intents = Number(intents);
    this.shards.push(shard);
    const isAgain = this.#sessionOf(socket) !== undefined;
    const refusal = isAgain ? 4_005 : token === this.token ? this.#refusal : 4_004;
    if (isAgain) this.#forget(socket);
    if (refusal !== undefined) {
      socket.close(refusal);
      return;
    }
    const id = `session-${++this.#lastSession}`;
    const session: Session = { id, shard: JSON.stringify(shard), events: [], sequence: 0, socket };
    this.#sessions.set(id, session);
    send(session, "READY", {
      v: 10,
      session_id: id,
      session_type: "normal",
      resume_gateway_url: this.gatewayUrl,
      user: BOT_USER,
      guilds: [{ id: IDS.guild, unavailable: true }],
      application: { id: IDS.application, flags: 0 },
    });
    if (this.isInGuild) send(session, "GUILD_CREATE", GUILD);
  }

  /** Sends again what was missed; a session that is not known cannot be resumed. */
  #resume(
    socket: WebSocket,
    { session_id: id, seq, token }: Readonly<Record<string, unknown>>,
  ): void {
    const session = this.#sessions.get(String(id));
    if (token !== this.token) socket.close(4_004);
    else if (session === undefined) say(socket, 9, false);
    else {
      this.sessions.resumed += 1;
      session.socket = socket;
      for (const { sequence, frame } of session.events) {
        if (sequence > Number(seq)) socket.send(frame);
      }
      send(session, "RESUMED", {});
    }
  }

  #sessionOf(socket: WebSocket | undefined): Session | undefined {
    return [...this.#sessions.values()].find((it) => it.socket === socket);
  }

  #forget(socket: WebSocket | undefined): void {
    const session = this.#sessionOf(socket);
    if (session) this.#sessions.delete(session.id);
  }
}

/** Tells a session of an event, now or when it is resumed. */
function send(session: Session, t: string, d: unknown): void {
  const sequence = ++session.sequence;
  const frame = JSON.stringify({ op: 0, d, t, s: sequence });
  session.events.push({ sequence, frame });
  if (session.events.length > MAX_REPLAYED) session.events.shift();
  session.socket?.send(frame);
}

function say(socket: WebSocket | undefined, op: number, d: unknown): void {
  socket?.send(JSON.stringify({ op, d, t: undefined, s: null }));
}
