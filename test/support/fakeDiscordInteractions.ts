/** How interactions are answered at the fake Discord: once, in time, and in public only where the asker may speak. */
import {
  EPHEMERAL,
  RIGHTS,
  UNKNOWN_MESSAGE,
  flagsOf,
  isRecord,
  refusal,
} from "./fakeDiscordReplies.ts";
import type { Body, Reply } from "./fakeDiscordReplies.ts";
import type { FakeRest, StoredMessage } from "./fakeDiscordRest.ts";

/** An interaction that the bot was told of. */
interface Issued {
  readonly atMs: number;
  /** The message whose button was pressed. */
  readonly source: string | undefined;
  /** Whether only the asker is shown its answers, since they may not send here themselves. */
  readonly isForcedPrivate: boolean;
  /** Undefined until it is acknowledged. */
  answer: Answer | undefined;
}

/** An answer to an interaction. */
interface Answer {
  /** The flags of the acknowledgement, which later ones cannot change. */
  readonly flags: number;
  messageId: string | undefined;
  /** Whether it still says that the bot is thinking. */
  isDeferred: boolean;
}

const TOKEN_LIFE_MS = 15 * 60_000;

const UNKNOWN_INTERACTION: Reply = [404, refusal(10_062, "Unknown interaction")];

/** The interactions that the bot was told of, by their tokens. */
export class Interactions {
  /** Whoever has not acknowledged after this cannot any more, in milliseconds. */
  patienceMs = 3_000;
  readonly #issued = new Map<string, Issued>();
  readonly #rest: FakeRest;

  constructor(rest: FakeRest) {
    this.#rest = rest;
  }

  /** Keeps an interaction as it is sent; again, it is the same one. */
  issue({ token, message, member }: Body): void {
    const key = String(token);
    if (this.#issued.has(key)) return;
    const permissions = isRecord(member) ? member["permissions"] : undefined;
    const rights = typeof permissions === "string" ? BigInt(permissions) : RIGHTS.administrator;
    this.#issued.set(key, {
      atMs: this.#rest.now(),
      source: isRecord(message) ? String(message["id"]) : undefined,
      isForcedPrivate: (rights & (RIGHTS.administrator | RIGHTS.sendMessages)) === 0n,
      answer: undefined,
    });
  }

  /** Makes a token as old as its life. */
  expire(token: string): void {
    const issued = this.#issued.get(token);
    if (issued) this.#issued.set(token, { ...issued, atMs: -Infinity });
  }

  /** Whether it was acknowledged in time. */
  isAcknowledged(token: string): boolean {
    return this.#issued.get(token)?.answer !== undefined;
  }

  /** The answer as it stands; undefined while there is none, or it is thinking. */
  answerTo(token: string): StoredMessage | undefined {
    const { messageId = "", isDeferred = true } = this.#issued.get(token)?.answer ?? {};
    return isDeferred ? undefined : this.#rest.messages.get(messageId);
  }

  /** The first answer: a message (4), a promise of one (5, 6), a change of the message whose button was pressed (7), choices or a form. */
  acknowledge(token: string, type: number, data: Body): Reply {
    const issued = this.#issued.get(token);
    if (issued === undefined || this.#ageOf(issued) > this.patienceMs) return UNKNOWN_INTERACTION;
    if (issued.answer) {
      return [400, refusal(40_060, "Interaction has already been acknowledged.")];
    }
    const flags = flagsOf(data) | (issued.isForcedPrivate ? EPHEMERAL : 0);
    if (type === 7 && issued.source !== undefined) {
      const [status, body] = this.#change(issued.source, data);
      if (status !== 200) return [status, body];
      issued.answer = { flags, messageId: issued.source, isDeferred: false };
      return [204];
    }
    const messageId =
      type === 4 ? this.#rest.put({ ...data, flags }).id : type === 6 ? issued.source : undefined;
    issued.answer = { flags, messageId, isDeferred: type === 5 || type === 6 };
    return [204];
  }

  /** Changes the first answer, or gives the one that was promised. */
  edit(token: string, body: Body): Reply {
    const found = this.#answerOf(token);
    if ("refused" in found) return found.refused;
    const { answer } = found;
    const { messageId, flags } = answer;
    const reply: Reply =
      messageId === undefined
        ? [200, this.#rest.put({ ...body, flags: flagsOf(body) | (flags & EPHEMERAL) })]
        : this.#change(messageId, body);
    const [status, message] = reply;
    if (status === 200 && isRecord(message)) {
      answer.messageId = String(message["id"]);
      answer.isDeferred = false;
    }
    return reply;
  }

  /** Sends another message; the first one after a promise is the answer. */
  followUp(token: string, body: Body): Reply {
    const found = this.#answerOf(token);
    if ("refused" in found) return found.refused;
    const { answer, isForcedPrivate } = found;
    if (answer.isDeferred) return this.edit(token, body);
    const flags = flagsOf(body) | (isForcedPrivate ? EPHEMERAL : 0);
    return [200, this.#rest.put({ ...body, flags })];
  }

  /** The message with the answer. */
  original(token: string): Reply {
    const found = this.#answerOf(token);
    if ("refused" in found) return found.refused;
    const message = this.#rest.messages.get(found.answer.messageId ?? "");
    return message ? [200, message] : UNKNOWN_MESSAGE;
  }

  /** A message whose button was pressed may be one that the fake has not seen. */
  #change(id: string, body: Body): Reply {
    if (!this.#rest.messages.has(id) && !this.#rest.wasDeleted(id)) {
      return [200, this.#rest.put({ ...body, flags: flagsOf(body) }, id)];
    }
    return this.#rest.edit(id, body);
  }

  #answerOf(token: string): (Issued & { readonly answer: Answer }) | { readonly refused: Reply } {
    const issued = this.#issued.get(token);
    if (issued?.answer === undefined) return { refused: [404, refusal(10_015, "Unknown Webhook")] };
    if (this.#ageOf(issued) > TOKEN_LIFE_MS) {
      return { refused: [401, refusal(50_027, "Invalid Webhook Token")] };
    }
    const { answer } = issued;
    return { ...issued, answer };
  }

  #ageOf({ atMs }: Issued): number {
    return this.#rest.now() - atMs;
  }
}
