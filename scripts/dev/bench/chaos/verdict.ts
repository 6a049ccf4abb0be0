/** What became of all that was asked in a run of chaos: read from what Discord was sent and from the ledger. */
import type { FakeDiscord } from "../../../../test/support/fakeDiscord.ts";
import type { Interaction } from "../../../../test/support/discordPayloads.ts";
import { measured, noneOf, percentile, share } from "../../measurements.ts";
import type { Measurement } from "../../measurements.ts";
import { timesByToken } from "../answerTimes.ts";

/** An interaction that the bot was told of. */
export interface Sent {
  readonly interaction: Interaction;
  /** What was asked for: a command, or the kind of a button. */
  readonly kind: string;
  readonly atMs: number;
}

/** Whoever shares an answer gets a word, and a card beside it. */
const SAYS_TWO_THINGS = "share";

/** At least this share of the questions is answered with a card, whatever happens: otherwise little is known of answers. */
const LEAST_ANSWERED = 0.5;

/**
 * The rows of what was asked.
 *
 * @param claimed The names of all claims in the ledger: who was killed before it claimed could not know what was asked.
 */
export function judge(
  discord: FakeDiscord,
  sent: readonly Sent[],
  claimed: ReadonlySet<string>,
): Measurement[] {
  const { interactions } = discord;
  const acknowledged = sent.filter(({ interaction }) =>
    interactions.isAcknowledged(interaction.token),
  );
  const open = acknowledged.filter(
    ({ interaction }) => interactions.endOf(interaction.token)?.isDeferred === true,
  );
  const unclaimed = open.filter(({ interaction }) => !claimed.has(`interaction:${interaction.id}`));
  const questions = acknowledged.filter(({ kind }) => kind === "ask");
  const isCard = ({ interaction }: Sent): boolean =>
    [...(interactions.endOf(interaction.token)?.shown ?? [])].some(showsQuestion);
  const waits = acknowledgementTimes(discord, acknowledged);
  return [
    measured("interactions", sent.length),
    measured("  acknowledged in time", acknowledged.length),
    measured("  questions answered with a card", share(questions, isCard), "", {
      atLeast: LEAST_ANSWERED,
    }),
    measured("  without an end: killed between acknowledgement and claim", unclaimed.length),
    ...noneOf("  without an end", { "all others": open.length - unclaimed.length }),
    ...noneOf("  answered twice", {
      interactions: acknowledged.filter((it) => isDoubled(discord, it)).length,
      mentions: doubledReplies(discord),
    }),
    measured("  acknowledgement, p99", percentile(waits, 0.99), "ms"),
    measured("  acknowledgement, slowest", Math.max(...waits), "ms"),
    ...pinRows(discord),
    ...noneOf("messages", {
      "that ping": discord.faults.filter(isPing).length,
      "that Discord would refuse": discord.faults.filter((it) => !isPing(it)).length,
    }),
  ];
}

/** Where nothing was pinned, nothing is known of doubled pins. */
function pinRows({ pins, messages }: FakeDiscord): Measurement[] {
  const texts = pins.map((id) => textOf(messages.get(id)));
  return [
    measured("pins", pins.length, "", { atLeast: 1 }),
    ...noneOf("  of these", { "made twice": texts.length - new Set(texts).size }),
  ];
}

/** Times from the event to the first acknowledgement that came, in milliseconds. */
function acknowledgementTimes(discord: FakeDiscord, acknowledged: readonly Sent[]): number[] {
  const times = timesByToken(discord);
  return acknowledged.map(
    ({ interaction, atMs }) => (times.get(interaction.token)?.acknowledged[0] ?? NaN) - atMs,
  );
}

/** Whether something took the place of an answer, or a second one stands beside it. */
function isDoubled({ interactions }: FakeDiscord, { interaction, kind }: Sent): boolean {
  const end = interactions.endOf(interaction.token);
  if (end === undefined) return false;
  return end.shown.size > 1 || end.beside > (kind === SAYS_TWO_THINGS ? 1 : 0);
}

/** Messages that more than one message of the bot replies to. */
function doubledReplies({ messages }: FakeDiscord): number {
  const replied = [...messages.values()].flatMap(({ message_reference: to }) =>
    to === undefined ? [] : [JSON.stringify(to)],
  );
  return replied.length - new Set(replied).size;
}

/** The component of a card that holds the question has the number 1. */
function showsQuestion(body: string): boolean {
  return body.includes('"id":1,') || body.includes('"id":1}');
}

function isPing({ message }: Error): boolean {
  return message.includes("allowed_mentions");
}

/** What a message shows, without the numbers that Discord gives to its parts. */
function textOf(message: unknown): string {
  return [...JSON.stringify(message ?? {}).matchAll(/"content":"((?:[^"\\]|\\.)*)"/gu)]
    .map(([, content]) => content)
    .join("\n");
}
