/** What Discord's published OpenAPI document says of the bodies that a bot sends. */
import * as spec from "discord-api-spec/zod";
import * as z from "zod/mini";
import { isRecord } from "./fakeDiscordReplies.ts";

/** The schema of the body of each route that the bot uses. */
const BODIES: readonly (readonly [route: RegExp, schema: z.ZodMiniType])[] = [
  [
    /^POST \/interactions\/[^/]+\/[^/]+\/callback/u,
    z.union([
      spec.CreateMessageInteractionCallbackRequestSchema,
      spec.UpdateMessageInteractionCallbackRequestSchema,
      spec.ApplicationCommandAutocompleteCallbackRequestSchema,
      spec.ModalInteractionCallbackRequestSchema,
    ]),
  ],
  [/^POST \/webhooks\/[^/]+\/[^/]+$/u, spec.IncomingWebhookRequestPartialSchema],
  [/^PATCH \/webhooks\//u, spec.IncomingWebhookUpdateRequestPartialSchema],
  [/^POST \/channels\/\d+\/messages$/u, spec.MessageCreateRequestSchema],
  [/^PATCH \/channels\/\d+\/messages\//u, spec.MessageEditRequestPartialSchema],
  [
    /^PUT \/applications\/\d+\/(?:guilds\/\d+\/)?commands$/u,
    z.object({
      body: z.array(z.pipe(z.transform(withNumber), spec.ApplicationCommandUpdateRequestSchema)),
    }),
  ],
];

/** The document has a number where Discord's documentation has permissions as a string, and both are taken. */
function withNumber(command: unknown): unknown {
  if (!isRecord(command) || typeof command["default_member_permissions"] !== "string") {
    return command;
  }
  const permissions = Number(command["default_member_permissions"]);
  return { ...command, default_member_permissions: permissions };
}

/** @throws {Error} if a body is not what the document asks for. */
export function assertValid(method: string, path: string, body: unknown): void {
  const [route = ""] = `${method} ${path}`.split("?");
  const schema = BODIES.find(([pattern]) => pattern.test(route))?.[1];
  const result = schema?.safeParse(body);
  if (result?.success === false) {
    throw new Error(`Discord would refuse this: ${z.prettifyError(result.error)}`);
  }
}
