/** What a card of ours says, read back from its message: so a button needs no memory of the program's. */
import { ComponentType } from "discord.js";
import type { Message, TextDisplayComponent } from "discord.js";
import { QUESTION_COMPONENT_ID } from "./cardParts.ts";
import { restore } from "./markdown.ts";

/** The question above an answer, as far as the card shows it; empty if it shows none. */
export function questionOf(message: Pick<Message, "components">): string {
  const found = textsOf(message).find(({ id }) => id === QUESTION_COMPONENT_ID);
  return restore(found?.content.replace(/^\*\*[^*]*\*\* /u, "") ?? "");
}

/** The passage that a card shows first, by the line with its place: no report's text can stand there. */
export function passageOf(message: Pick<Message, "components">): string | undefined {
  for (const { content } of textsOf(message)) {
    const id = /^-# .* ([a-z2-7]{8})(?: ·|$)/mu.exec(content)?.[1];
    if (id !== undefined) return id;
  }
  return undefined;
}

function textsOf({ components }: Pick<Message, "components">): TextDisplayComponent[] {
  return components
    .flatMap((it) => (it.type === ComponentType.Container ? it.components : [it]))
    .filter((it) => it.type === ComponentType.TextDisplay);
}
