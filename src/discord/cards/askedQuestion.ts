/** What was asked, above an answer, and read back from its card, so that no button needs a memory. Pure. */
import { ComponentType } from "discord.js";
import type { APIComponentInContainer, APITextDisplayComponent, Message } from "discord.js";
import { joinQuestions } from "../../search/followUp/joinedQuestion.ts";
import { unescapeMarkdown } from "../escape.ts";
import type { Texts } from "../locales/texts.ts";
import { MAX_SHOWN_QUESTION_CHARS, button, oneLine, textsOf } from "./cardParts.ts";

/** A question as it was understood. */
export interface AskedQuestion {
  /** As it was asked; shown above the answer, never within a quotation. */
  readonly question: string;
  /** The question before, where this one leans on it. */
  readonly after?: string | undefined;
}

/** The components that hold the question and the one before, by which a button's handler finds them again. */
const QUESTION_COMPONENT_ID = 1;
const AFTER_COMPONENT_ID = 2;

/** The question above an answer. */
export function questionText(question: string, texts: Texts): APITextDisplayComponent {
  return wordsText(texts.question, question);
}

/** Likewise words that were looked for, behind a title without an asterisk. */
export function wordsText(title: string, words: string): APITextDisplayComponent {
  return labelled(QUESTION_COMPONENT_ID, title, words);
}

/** The question above an answer, and the one on which it leans. */
export function askedTexts(
  { question, after }: AskedQuestion,
  texts: Texts,
): APITextDisplayComponent[] {
  return [questionText(question, texts), ...(after === undefined ? [] : [afterText(after, texts)])];
}

/** The same, with a button that asks the question by itself. */
export function askedParts(
  { question, after }: AskedQuestion,
  texts: Texts,
): APIComponentInContainer[] {
  if (after === undefined) return [questionText(question, texts)];
  return [
    questionText(question, texts),
    {
      type: ComponentType.Section,
      components: [afterText(after, texts)],
      accessory: button({ kind: "alone" }, texts.buttons.alone),
    },
  ];
}

function afterText(after: string, texts: Texts): APITextDisplayComponent {
  return labelled(AFTER_COMPONENT_ID, texts.after, after);
}

/** In a form of its own: no line with a place, from which a passage is read back, begins like it. */
function labelled(id: number, label: string, question: string): APITextDisplayComponent {
  const content = `**${label}** ${oneLine(question, MAX_SHOWN_QUESTION_CHARS)}`;
  return { type: ComponentType.TextDisplay, id, content };
}

/** What was asked, as far as a card shows it; an empty question if it shows none. */
export function askedOf(message: Pick<Message, "components">): AskedQuestion {
  const texts = textsOf(message);
  const [question = "", after] = [QUESTION_COMPONENT_ID, AFTER_COMPONENT_ID].map((wanted) => {
    const content = texts.find(({ id }) => id === wanted)?.content;
    return content === undefined
      ? undefined
      : unescapeMarkdown(content.replace(/^\*\*[^*]*\*\* /u, ""));
  });
  return { question, after };
}

/** A question that can be understood by itself: behind the one on which it leans. */
export function wholeQuestion({ question, after }: AskedQuestion): string {
  return after === undefined ? question : joinQuestions(after, question);
}

/** The whole question above an answer, as far as its card shows it; empty if it shows none. */
export function questionOf(message: Pick<Message, "components">): string {
  return wholeQuestion(askedOf(message));
}
