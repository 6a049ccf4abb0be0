/** What is kept: shown to moderators, and removed for whoever asks. */
import type { ChatInputCommandInteraction } from "discord.js";
import type { Desk } from "./desk.ts";
import { missingPermissions, TO_PIN } from "./permissions.ts";
import { acknowledge, answerPlainly, replyPrivately } from "./reply.ts";
import { textsFor } from "./texts.ts";

/** Entries that one answer has room for. */
const MAX_ENTRIES = 15;

const MS_PER_SECOND = 1_000;

/** Lists what moderators of a server did, for one of them. */
export async function handleAudit(
  interaction: ChatInputCommandInteraction,
  { ledger }: Desk,
): Promise<void> {
  const texts = textsFor(interaction.locale);
  const { guildId } = interaction;
  if (guildId === null) {
    await replyPrivately(interaction, texts.errors.onlyInServers);
    return;
  }
  const missing = missingPermissions(interaction.memberPermissions, TO_PIN);
  if (missing.length > 0) {
    const names = missing.map((name) => texts.permissions[name]).join(", ");
    await replyPrivately(interaction, texts.errors.youLack(names));
    return;
  }
  if ((await acknowledge(interaction, true)) === "gone") return;
  const entries = await ledger.audit.latest(guildId, MAX_ENTRIES);
  const lines = entries.map(
    ({ at, actor, action, target }) =>
      `<t:${Math.floor(at / MS_PER_SECOND)}:s> <@${actor}> ${texts.did[action]} ${target}`,
  );
  const text = lines.length === 0 ? texts.noAudit : [`**${texts.audit}**`, ...lines].join("\n");
  await answerPlainly(interaction, text);
}

/** Removes what a user left. */
export async function handleForgetMe(
  interaction: ChatInputCommandInteraction,
  { ledger }: Desk,
): Promise<void> {
  if ((await acknowledge(interaction, true)) === "gone") return;
  await ledger.forgetPerson(interaction.user.id);
  await answerPlainly(interaction, textsFor(interaction.locale).forgotten);
}
