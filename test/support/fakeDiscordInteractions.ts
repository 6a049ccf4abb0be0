/** How interactions are answered at the fake Discord: once, in time, and in public only where the asker may speak. */
import {
  EPHEMERAL,
  LOADING,
  RIGHTS,
  UNKNOWN_MESSAGE,
  flagsOf,
  isRecord,
  refusal,
} from "./fakeDiscordReplies.ts";
import { ASKER } from "./discordPayloads.ts";
import type { Body, Reply } from "./fakeDiscordReplies.ts";
import type { FakeRest, StoredMessage } from "./fakeDiscordRest.ts";

/** An interaction that the bot was told of. */
interface Issued {
  readonly id: string;
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
  /** Whether it is still awaited. */
  isDeferred: boolean;
  /** What was shown in its place, each once: more than one took the place of an answer. */
  readonly shown: Set<string>;
  /** How many messages were put beside it. */
  beside: number;
}

/** What an answer says of its interaction. */
function metadataOf(id: string): Body {
  return { id, type: 2, user: ASKER, authorizing_integration_owners: {} };
}

/** An answer that is given at once. */
function answered(flags: number, messageId: string | undefined, data: Body): Answer {
  return { flags, messageId, isDeferred: false, shown: new Set([JSON.stringify(data)]), beside: 0 };
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
  issue({ id, token, message, member }: Body): void {
    const key = String(token);
    if (this.#issued.has(key)) return;
    const permissions = isRecord(member) ? member["permissions"] : undefined;
    const rights = typeof permissions === "string" ? BigInt(permissions) : RIGHTS.administrator;
    this.#issued.set(key, {
      id: String(id),
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

  /** How an interaction that was acknowledged was answered, with all that was shown; undefined where it was not acknowledged. */
  endOf(token: string): Pick<Answer, "isDeferred" | "shown" | "beside"> | undefined {
    return this.#issued.get(token)?.answer;
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
      issued.answer = answered(flags, issued.source, data);
      return [204];
    }
    if (type === 5 || type === 6) {
      const messageId = type === 6 ? issued.source : undefined;
      issued.answer = { flags, messageId, isDeferred: true, shown: new Set(), beside: 0 };
    } else {
      const messageId = type === 4 ? this.#put(issued, { ...data, flags }).id : undefined;
      issued.answer = answered(flags, messageId, data);
    }
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
        ? [200, this.#put(found, { ...body, flags: flagsOf(body) | (flags & EPHEMERAL) })]
        : this.#change(messageId, body);
    const [status, message] = reply;
    if (status === 200 && isRecord(message)) {
      answer.messageId = String(message["id"]);
      answer.isDeferred = false;
      answer.shown.add(JSON.stringify(body));
    }
    return reply;
  }

  /** Sends another message; the first one after a promise is the answer. */
  followUp(token: string, body: Body): Reply {
    const found = this.#answerOf(token);
    if ("refused" in found) return found.refused;
    const { answer, isForcedPrivate } = found;
    if (answer.isDeferred && answer.messageId === undefined) return this.edit(token, body);
    // What was acknowledged in a card's place may also be answered beside it.
    if (answer.isDeferred) answer.shown.add(JSON.stringify(body));
    else answer.beside++;
    answer.isDeferred = false;
    const flags = flagsOf(body) | (isForcedPrivate ? EPHEMERAL : 0);
    return [200, this.#rest.put({ ...body, flags })];
  }

  /** The message with the answer. */
  original(token: string): Reply {
    const found = this.#answerOf(token);
    if ("refused" in found) return found.refused;
    const { id, answer } = found;
    if (answer.isDeferred && answer.messageId === undefined) {
      const flags = LOADING | (answer.flags & EPHEMERAL);
      return [200, { ...this.#rest.emptyMessage, id, flags, interaction_metadata: metadataOf(id) }];
    }
    const message = this.#rest.messages.get(answer.messageId ?? "");
    return message ? [200, message] : UNKNOWN_MESSAGE;
  }

  /** Puts the answer to an interaction, which it names. */
  #put({ id }: Issued, body: Body): StoredMessage {
    return this.#rest.put({ ...body, interaction_metadata: metadataOf(id) });
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
