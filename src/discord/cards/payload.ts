/** What is shown, as Discord takes it: nobody is pinged whom the program does not mean. Pure. */
import { MessageFlags } from "discord.js";
import { cutText } from "../escape.ts";
import { MAX_CONTENT_CHARS } from "../limits.ts";
import type { CardMessage } from "./cardParts.ts";

/** A card; nobody is pinged but `pinged`, a user's id. */
export function payloadOf({ components }: CardMessage, pinged?: string) {
  return {
    components: [...components],
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: {
      parse: [],
      repliedUser: false,
      ...(pinged !== undefined && { users: [pinged] }),
    },
  } as const;
}

/** Plain text, cut where it is longer than Discord takes. */
export function plainPayloadOf(text: string) {
  return {
    content: cutText(text, MAX_CONTENT_CHARS),
    allowedMentions: { parse: [], repliedUser: false },
  } as const;
}
