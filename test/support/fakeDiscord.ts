/**
 * A Discord on 127.0.0.1: the part of its REST API and gateway that the bot uses, with Discord's own manners where the bot depends on them.
 * It refuses every message that Discord would refuse, and fails as the test says.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { assertSendable } from "./discordLimits.ts";
import { assertValid } from "./discordSchema.ts";
import { FakeGateway, TOKEN } from "./fakeDiscordGateway.ts";
import { INVALID_BODY, isRecord, refusal } from "./fakeDiscordReplies.ts";
import type { Reply } from "./fakeDiscordReplies.ts";
import { Trouble, faceOf } from "./fakeDiscordTrouble.ts";
import type { Failure } from "./fakeDiscordTrouble.ts";

export { TOKEN };

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

/** Starts a fake Discord; whoever starts it closes it. */
export async function startFakeDiscord(): Promise<FakeDiscord> {
  const discord = new FakeDiscord();
  await discord.listen();
  return discord;
}

/** A fake Discord, made by {@link startFakeDiscord}. */
export class FakeDiscord extends FakeGateway {
  /** In the order in which they came. */
  readonly requests: SentRequest[] = [];
  protected override readonly trouble = new Trouble();
  readonly #startedAt = performance.now();
  readonly #server = createServer((request, response) => {
    this.#handle(request, response).catch((error: unknown) => {
      this.#blame(error);
      response.writeHead(500).end();
    });
  });

  async listen(): Promise<void> {
    this.#server.on("upgrade", (request: IncomingMessage, socket, head: Buffer) => {
      this.upgrade(request, socket, head).catch((error: unknown) => {
        this.#blame(error);
        socket.destroy();
      });
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
  override now(): number {
    return performance.now() - this.#startedAt;
  }

  /** Fails the next matching request. */
  failNext(failure: Failure): void {
    this.trouble.failNext(failure);
  }

  /** Fails every matching request until the function is called that it gives. */
  failWhile(failure: Failure): () => void {
    return this.trouble.failWhile(failure);
  }

  /** Keeps the answer to the next matching request until it is released. */
  holdNext(method: string, path: RegExp): () => void {
    return this.trouble.holdNext(method, path);
  }

  async close(): Promise<void> {
    this.closeSockets();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  protected override onClosed(code: number): void {
    const request = { method: "CLOSE", path: "/gateway", body: { code }, reason: undefined };
    this.requests.push({ ...request, atMs: this.now() });
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
    this.requests.push(sent);
    const failure = await this.trouble.of(sent.method, sent.path);
    const isTaken = failure === undefined || failure.isLost;
    const [status, answer] = isTaken ? this.#answer(sent, request.headers.authorization) : [0];
    if (failure?.status === 0) response.destroy();
    else if (failure) {
      const { headers, body } = faceOf(failure);
      response.writeHead(failure.status, headers).end(body);
    } else if (answer === undefined) response.writeHead(status).end();
    else {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    }
  }

  /** What Discord answers by itself. */
  #answer({ method, path, body }: SentRequest, authorization: string | undefined): Reply {
    const isByToken = /^\/(?:interactions|webhooks)\//u.test(path);
    if (!isByToken && authorization !== `Bot ${this.token}`) {
      return [401, refusal(0, "401: Unauthorized")];
    }
    try {
      assertValid(method, path, body);
      assertSendable(method, path, body);
    } catch (error) {
      this.#blame(error);
      return INVALID_BODY;
    }
    return this.respond(method, path, body);
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
