/** /find: every sentence that holds some words, page by page, and what is offered while they are typed. */
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
} from "discord.js";
import type { ReportName } from "../../ask/mentions.ts";
import { UnansweredError } from "../../errors.ts";
import { inTime } from "../../promises.ts";
import { questionOf } from "../cards/askedQuestion.ts";
import { MENTIONS_ON_PAGE, renderMentions } from "../cards/mentionCard.ts";
import type { BotContext } from "../context.ts";
import type { ActionNamed } from "../customId.ts";
import { cutText, escapeMarkdown } from "../escape.ts";
import { redact } from "../errorMessages.ts";
import type { Asked } from "../feature.ts";
import { MAX_CHOICE_CHARS } from "../limits.ts";
import { textsFor } from "../locales/locale.ts";
import { offerChoices, showCard, showText } from "../respond.ts";

/** What is typed has changed by then, and Discord waits for three seconds. In milliseconds. */
const SUGGESTION_TIMEOUT_MS = 2_000;

/** Shows the first of the sentences that hold the words. */
export async function findWords(
  { interaction }: Asked<ChatInputCommandInteraction>,
  context: BotContext,
): Promise<void> {
  const words = interaction.options.getString("words", true);
  const name = interaction.options.getString("report") ?? undefined;
  const report = name === undefined ? undefined : namedReport(name, context);
  const { noSuchReport } = textsFor(interaction.locale).mentions;
  if (name !== undefined && report === undefined) await showText(interaction, noSuchReport);
  else await showPage(interaction, { words, report, offset: 0 }, context);
}

/** Shows another page in the place of the one whose button was pressed; the words stand there. */
export async function turnMentions(
  { interaction, action }: Asked<ButtonInteraction, ActionNamed<"mentions">>,
  context: BotContext,
): Promise<void> {
  const words = questionOf(interaction.message);
  const report = action.report === "all" ? undefined : namedReport(action.report, context);
  const isGone = action.report !== "all" && report === undefined;
  if (isGone) await showText(interaction, textsFor(interaction.locale).mentions.noSuchReport);
  else await showPage(interaction, { words, report, offset: action.offset }, context);
}

interface Page {
  readonly words: string;
  readonly report: ReportName | undefined;
  readonly offset: number;
}

async function showPage(
  interaction: ButtonInteraction | ChatInputCommandInteraction,
  { words, report, offset }: Page,
  { collection }: BotContext,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const find = (from: number) =>
    collection.mentions.find(words, { report: report?.id, offset: from, limit: MENTIONS_ON_PAGE });
  const page = await find(offset);
  // The report may have changed since the button was made.
  const shown = page.mentions.length === 0 && offset > 0 ? await find(0) : page;
  if (shown.total > 0) {
    await showCard(interaction, renderMentions(shown, { texts, words, report }));
  } else {
    await showText(interaction, texts.mentions.none(escapeMarkdown(words).join(" ")));
  }
}

function namedReport(name: string, { collection }: BotContext): ReportName | undefined {
  return collection.mentions.reportsNamed(name)[0];
}

/** Offers words of the reports that go on from what was typed, or the reports; nothing where that takes too long or fails. */
export async function suggestMentions(
  interaction: AutocompleteInteraction,
  context: BotContext,
): Promise<void> {
  await offerChoices(interaction, await choicesFor(interaction, context));
}

async function choicesFor(
  { options }: AutocompleteInteraction,
  context: BotContext,
): Promise<{ name: string; value: string }[]> {
  const { name, value: typed } = options.getFocused(true);
  const { mentions } = context.collection;
  if (name === "report") {
    return mentions.reportsNamed(typed).map(({ id, title, key }) => ({
      name: cutText(title.trim(), MAX_CHOICE_CHARS) || key,
      value: id.length <= MAX_CHOICE_CHARS ? id : key,
    }));
  }
  const report = options.getString("report") ?? undefined;
  const within = report === undefined ? undefined : namedReport(report, context)?.id;
  try {
    const offered = mentions.suggest(typed, within);
    const words = await inTime(
      offered,
      SUGGESTION_TIMEOUT_MS,
      () => new UnansweredError("Too late."),
    );
    return words
      .filter((it) => it.length <= MAX_CHOICE_CHARS)
      .map((it) => ({ name: it, value: it }));
  } catch (error) {
    context.log.debug({ what: "no words could be offered", error: redact(error) });
    return [];
  }
}
