/** What stands in the fake Discord's channels, how interactions are answered, and what the bot may do. */
import { setTimeout as sleep } from "node:timers/promises";
import { BOT_USER, GUILD, IDS, MESSAGE_FIELDS } from "./discordPayloads.ts";
import { Interactions } from "./fakeDiscordInteractions.ts";
import { ROUTES } from "./fakeDiscordRoutes.ts";
import {
  COMPONENTS_V2,
  EPHEMERAL,
  INVALID_BODY,
  RIGHTS,
  UNKNOWN_MESSAGE,
  flagsOf,
  isRecord,
  refusal,
} from "./fakeDiscordReplies.ts";
import type { Body, Reply } from "./fakeDiscordReplies.ts";

/** A message as the API gives it. */
export type StoredMessage = Readonly<Record<string, unknown>> & { readonly id: string };

const POLL_MS = 5;
const MAX_PINS = 250;
const PINS_PAGE = 50;
const FIRST_MESSAGE = 500_000_000_000_000_000n;
const EMPTY_MESSAGE = { ...MESSAGE_FIELDS, author: BOT_USER };

/** The channels, and what the bot may do to them. */
export abstract class FakeRest {
  /** What stands in the channels, by id; answers to interactions are there too. */
  readonly messages = new Map<string, StoredMessage>();
  /** Ids of pinned messages, the newest first. */
  readonly pins: string[] = [];
  /** What the bot did wrong: messages that Discord would refuse. */
  readonly faults: Error[] = [];
  /** Messages by the nonce that they were sent with. */
  readonly nonces = new Map<string, StoredMessage>();
  readonly interactions = new Interactions(this);
  /** The bot's rights, by channel, where it has not all. */
  readonly rights = new Map<string, bigint>();
  /** Channels that are no more. */
  readonly deletedChannels = new Set<string>();
  /** What all of the bot's messages have. */
  readonly emptyMessage = EMPTY_MESSAGE;
  /** Whether the bot is in the server. */
  isInGuild = true;
  readonly #deleted = new Set<string>();
  #lastId = FIRST_MESSAGE;

  /** Where the gateway is. */
  abstract get gatewayUrl(): string;

  /** Milliseconds of its clock. */
  abstract now(): number;

  /** Tells the bot of an event. */
  abstract dispatch(event: string, data: unknown): void;

  /** Answers a request. */
  respond(method: string, url: string, body: Body): Reply {
    const { pathname, searchParams: query } = new URL(url, "http://127.0.0.1");
    for (const [route, answer] of Object.entries(ROUTES)) {
      const pattern = new RegExp(`^${route.replaceAll("*", "([^/]+)")}$`, "u");
      const groups = pattern.exec(`${method} ${pathname}`)?.slice(1);
      if (groups) return answer(this, groups, { body, query });
    }
    return [404, refusal(0, `404: ${method} ${url}`)];
  }

  /** Puts a new message into a channel, or changes the one of an id. */
  put(body: Body, id = String(++this.#lastId)): StoredMessage {
    const message = { ...EMPTY_MESSAGE, ...this.messages.get(id), ...withIds(body), id };
    this.messages.set(id, message);
    return message;
  }

  /** Changes a message: one of components stays one, and what is private stays so. */
  edit(id: string, body: Body): Reply {
    const before = this.messages.get(id);
    if (before === undefined) return UNKNOWN_MESSAGE;
    const kept = flagsOf(before) & (EPHEMERAL | COMPONENTS_V2);
    if (kept & COMPONENTS_V2 && (body["content"] ?? "") !== "") {
      this.faults.push(new Error("Discord would refuse this: content in a message of components"));
      return INVALID_BODY;
    }
    const flags = (flagsOf(body) & COMPONENTS_V2) | kept;
    return [200, this.put({ ...body, flags }, id)];
  }

  /** The answer to the interaction of a token; undefined while there is none, or it is thinking. */
  answerTo(token: string): StoredMessage | undefined {
    return this.interactions.answerTo(token);
  }

  /** Waits until each interaction is answered, for at most `timeoutMs`. */
  async waitForAnswers(tokens: readonly string[], timeoutMs: number): Promise<void> {
    const isOver = AbortSignal.timeout(timeoutMs);
    while (!isOver.aborted && tokens.some((it) => !this.answerTo(it))) await sleep(POLL_MS);
  }

  /** Keeps what is told of an interaction: when, and whose button was pressed. */
  remember(data: unknown): void {
    if (isRecord(data) && typeof data["token"] === "string") this.interactions.issue(data);
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

  /** Deletes a message, as somebody does by hand. */
  deleteMessage(id: string): void {
    this.messages.delete(id);
    this.#deleted.add(id);
    this.unpin(id);
  }

  wasDeleted(id: string): boolean {
    return this.#deleted.has(id);
  }

  /** Deletes a channel, as somebody does by hand. */
  deleteChannel(id: string): void {
    this.deletedChannels.add(id);
    for (const { id: message, channel_id: channel } of this.messages.values()) {
      if (channel === id) this.deleteMessage(message);
    }
    this.dispatch("CHANNEL_DELETE", { id, guild_id: IDS.guild, type: 0, name: "gone" });
  }

  /** Throws the bot out of the server. */
  kick(): void {
    this.isInGuild = false;
    this.dispatch("GUILD_DELETE", { id: IDS.guild });
  }

  /** The server has an outage of its own, until it is there again. */
  setGuildAvailable(isAvailable: boolean): void {
    if (isAvailable) this.dispatch("GUILD_CREATE", GUILD);
    else this.dispatch("GUILD_DELETE", { id: IDS.guild, unavailable: true });
  }

  /** Why the bot may not do something in a channel; undefined if it may. */
  refusalIn(channel: string, needed = 0n): Reply | undefined {
    if (this.deletedChannels.has(channel)) return [404, refusal(10_003, "Unknown Channel")];
    const rights = this.isInGuild ? (this.rights.get(channel) ?? ~0n) : 0n;
    if ((rights & RIGHTS.viewChannel) === 0n) return [403, refusal(50_001, "Missing Access")];
    const lacks = (rights & needed) !== needed;
    return lacks ? [403, refusal(50_013, "Missing Permissions")] : undefined;
  }

  /** Posts a message; an earlier one of the same nonce is given back, even where it has been deleted meanwhile. */
  post(channel: string, body: Body): Reply {
    const canReply = ((this.rights.get(channel) ?? ~0n) & RIGHTS.readMessageHistory) !== 0n;
    if (body["message_reference"] !== undefined && !canReply) {
      return [400, refusal(160_002, "You cannot reply without permission to read message history")];
    }
    const nonce = String(body["nonce"]);
    const earlier = body["enforce_nonce"] === true ? this.nonces.get(nonce) : undefined;
    const message = earlier ?? this.put({ ...body, channel_id: channel });
    if (body["enforce_nonce"] === true) this.nonces.set(nonce, message);
    return [200, this.messages.get(message.id) ?? message];
  }

  pin(id: string): Reply {
    if (!this.messages.has(id)) return UNKNOWN_MESSAGE;
    if (this.pins.length >= MAX_PINS) {
      return [400, refusal(30_003, "Maximum number of pins reached for the channel (250)")];
    }
    if (!this.pins.includes(id)) this.pins.unshift(id);
    return [204];
  }

  unpin(id: string): Reply {
    if (this.pins.includes(id)) this.pins.splice(this.pins.indexOf(id), 1);
    return this.messages.has(id) ? [204] : UNKNOWN_MESSAGE;
  }

  pinnedPage(channel: string, before: string | null): unknown {
    const canRead = ((this.rights.get(channel) ?? ~0n) & RIGHTS.readMessageHistory) !== 0n;
    if (!canRead) return { items: [], has_more: false };
    const from = before === null ? 0 : this.pins.findIndex((id) => pinnedAt(id) < before);
    const page = from < 0 ? [] : this.pins.slice(from, from + PINS_PAGE);
    const items = page.map((id) => ({ pinned_at: pinnedAt(id), message: this.messages.get(id) }));
    return { items, has_more: from >= 0 && from + PINS_PAGE < this.pins.length };
  }
}

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
