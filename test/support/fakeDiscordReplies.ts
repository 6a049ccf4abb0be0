/** What the fake Discord's API answers with, and what is needed of the bot for it. */

/** What the API answers: a status and a body. */
export type Reply = readonly [status: number, body?: unknown];

/** What a request carries. */
export type Body = Readonly<Record<string, unknown>>;

/** Rights in a channel, by Discord's names. */
export const RIGHTS = {
  administrator: 1n << 3n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  readMessageHistory: 1n << 16n,
  pinMessages: 1n << 51n,
} as const;

/** Flags of a message. */
export const EPHEMERAL = 64;
export const LOADING = 128;
export const COMPONENTS_V2 = 1 << 15;

export const UNKNOWN_MESSAGE: Reply = [404, refusal(10_008, "Unknown Message")];
export const INVALID_BODY: Reply = [400, { ...refusal(50_035, "Invalid Form Body"), errors: {} }];

/** An error of Discord's, as its API words it. */
export function refusal(code: number, message: string): Body {
  return { code, message };
}

/** The flags of a message that is to be sent. */
export function flagsOf({ flags }: Body): number {
  return typeof flags === "number" ? flags : 0;
}

/** Whether it is an object of JSON. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
