/** What is said when something goes wrong: one sentence to the asker, the rest to the log, with the same number. */
import { randomBytes } from "node:crypto";
import {
  DiscordAPIError,
  DiscordjsErrorCodes,
  DiscordjsTypeError,
  RESTJSONErrorCodes,
} from "discord.js";
import { BusyError, UnansweredError, UsageError } from "../errors.ts";
import type { Logger } from "../log.ts";
import { TO_POST, permissionNames } from "./access.ts";
import type { Texts } from "./locales/texts.ts";

/** Discord's codes that its library has no name for. */
const BLOCKED_BY_AUTOMOD = 200_000;
const BLOCKED_BY_LINK_FILTER = 240_000;

/** A command that was registered with other options. */
const OF_OTHER_VERSIONS: ReadonlySet<DiscordjsErrorCodes> = new Set([
  DiscordjsErrorCodes.CommandInteractionOptionNotFound,
  DiscordjsErrorCodes.CommandInteractionOptionType,
  DiscordjsErrorCodes.CommandInteractionOptionEmpty,
]);

/** Says to whoever asked what went wrong, with `say`; where that goes wrong too, the log has both. */
export async function explain(
  error: unknown,
  say: (sentence: string) => Promise<unknown>,
  texts: Texts,
  log: Logger,
): Promise<void> {
  const sentence = sentenceFor(error, texts, log);
  try {
    await say(sentence);
  } catch (failure) {
    sentenceFor(failure, texts, log);
  }
}

/** The sentence for an error; what the asker cannot know is logged. */
function sentenceFor(error: unknown, texts: Texts, log: Logger): string {
  const known = knownSentence(error, texts);
  if (known !== undefined) return known;
  const id = randomBytes(4).toString("hex");
  log.error({ id, error: redact(error) });
  return texts.errors.fault(id);
}

function knownSentence(error: unknown, texts: Texts): string | undefined {
  const { errors } = texts;
  if (error instanceof BusyError) return errors.busy;
  if (error instanceof UnansweredError) return errors.unanswered;
  if (error instanceof UsageError) return errors.noQuestion;
  if (error instanceof DiscordjsTypeError && OF_OTHER_VERSIONS.has(error.code)) return errors.stale;
  if (!(error instanceof DiscordAPIError)) return undefined;
  switch (error.code) {
    case RESTJSONErrorCodes.MissingPermissions:
    case RESTJSONErrorCodes.MissingAccess:
      return errors.iLack(permissionNames(TO_POST.channel, texts));
    case RESTJSONErrorCodes.UnknownMessage:
      return errors.messageGone;
    case BLOCKED_BY_AUTOMOD:
    case BLOCKED_BY_LINK_FILTER:
      return errors.refused;
    default:
      return undefined;
  }
}

const TOKEN_IN_PATH = /(\/(?:interactions|webhooks)\/\d+\/)[^/\s"]+/gu;

/** An error's text without the tokens that Discord's library puts in its address, and without what was sent. */
export function redact(error: unknown): { readonly name: string; readonly text: string } {
  const { name, stack, message } = error instanceof Error ? error : new Error(String(error));
  const where = error instanceof DiscordAPIError ? `${error.method} ${error.url}\n` : "";
  return { name, text: (where + (stack ?? message)).replace(TOKEN_IN_PATH, "$1…") };
}

/** Why Discord refused something, or cannot be reached, in one line and without a token: for the operator. */
export function reasonOf(error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return `${name}: ${message}`
    .replace(TOKEN_IN_PATH, "$1…")
    .replace(/(?<!\s)[^\S\n]*\n\s*/gu, "; ");
}
