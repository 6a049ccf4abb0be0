/** A time in figures. Pure. */
import type { APIComponentInContainer } from "discord.js";
import type { Digest } from "../../ledger/digest.ts";
import type { Texts } from "../locales/texts.ts";
import { MAX_TITLE_CHARS, linkOf, oneLine, textDisplay, toMessage } from "./cardParts.ts";
import type { CardMessage } from "./cardParts.ts";

/** A server's digest: its figures, the sections that answered most, the worst answers, the approvals that were used. */
export function renderDigest(
  digest: Digest,
  sections: readonly { readonly section: string; readonly count: number }[],
  guild: string,
  { digest: words }: Texts,
): CardMessage {
  const counted = (text: string, count: number) => `- ${count} × ${oneLine(text, MAX_TITLE_CHARS)}`;
  const worst = digest.worst.map(
    (it) => `- ${it.downs} 👎 ${linkOf(guild, it)} ${oneLine(it.question ?? "", MAX_TITLE_CHARS)}`,
  );
  return toMessage("none", () => [
    textDisplay(`**${words.title}**\n${words.figures(digest)}`),
    ...list(
      words.sections,
      sections.map(({ section, count }) => counted(section, count)),
    ),
    ...list(words.worst, worst),
    ...list(
      words.approvals,
      digest.approvals.map(({ question, count }) => counted(question, count)),
    ),
  ]);
}

/** Lines below their title; nothing where there are none. */
function list(title: string, lines: readonly string[]): APIComponentInContainer[] {
  return lines.length === 0 ? [] : [textDisplay([`**${title}**`, ...lines].join("\n"))];
}
