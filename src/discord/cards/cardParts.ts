/** What cards are made of: texts within Discord's limits, buttons and menus; and what a card says, read back. Pure. */
import { ButtonStyle, ComponentType } from "discord.js";
import type {
  APIButtonComponentWithCustomId,
  APIButtonComponentWithURL,
  APIComponentInContainer,
  APIContainerComponent,
  APISelectMenuOption,
  APITextDisplayComponent,
  Message,
  TextDisplayComponent,
} from "discord.js";
import type { Excerpt } from "../../ask/excerpt.ts";
import { MAX_NOTE_CHARS } from "../../ledger/approvals.ts";
import type { MessagePlace } from "../../ledger/gaps.ts";
import { PASSAGE_ID } from "../../report.ts";
import { toCustomId } from "../customId.ts";
import type { Action } from "../customId.ts";
import { cutText, escapeMarkdown } from "../escape.ts";
import { MAX_CARD_BYTES, MAX_CARD_CHARS, MAX_CHOICES, MAX_CHOICE_CHARS } from "../limits.ts";
import type { Texts } from "../locales/texts.ts";

/** What is shown of a message. */
export interface CardMessage {
  readonly components: readonly [APIContainerComponent];
}

/** Excerpts on one card of an answer; the others come with a button. */
export const MAX_CARD_EXCERPTS = 3;

/** Characters that are shown of a question, and of a title, a heading or a user's name. */
export const MAX_SHOWN_QUESTION_CHARS = 200;
export const MAX_TITLE_CHARS = 60;

/** Characters of a report that one excerpt may take, the largest that fits first. */
const EXCERPT_CHARS = [1_500, 1_000, 600, 300, 150, 80, 40, 20];

/** The colour at a card's side. */
const ACCENTS = { found: 0x2e_a0_43, maybe: 0xd2_99_22, none: 0x8b_94_9e } as const;

/**
 * A card with the largest excerpts with which all of its text fits; where even the smallest do not, the last texts of all are left out,
 * never the first two, title and question.
 */
export function toMessage(
  accent: keyof typeof ACCENTS,
  componentsFor: (maxChars: number) => APIComponentInContainer[],
): CardMessage {
  let components: APIComponentInContainer[] = [];
  for (const maxChars of EXCERPT_CHARS) {
    components = componentsFor(maxChars);
    if (fits(components)) break;
  }
  components = shortened(components);
  return {
    components: [{ type: ComponentType.Container, accent_color: ACCENTS[accent], components }],
  };
}

/** Texts that are never left out. */
const HEAD_TEXTS = 2;

function shortened(components: APIComponentInContainer[]): APIComponentInContainer[] {
  const left = [...components];
  while (!fits(left)) {
    const last = left.findLastIndex(({ type }) => type === ComponentType.TextDisplay);
    if (last < HEAD_TEXTS) break;
    left.splice(last, 1);
  }
  return left;
}

/** Whether Discord takes all the texts of these components in one message. */
function fits(components: readonly APIComponentInContainer[]): boolean {
  const text = components.flatMap(textsIn).join("");
  return text.length <= MAX_CARD_CHARS && Buffer.byteLength(text) <= MAX_CARD_BYTES;
}

function textsIn(component: APIComponentInContainer): string[] {
  if (component.type === ComponentType.TextDisplay) return [component.content];
  if (component.type !== ComponentType.Section) return [];
  return component.components.map(({ content }) => content);
}

/** A sentence in the place of a card: where a card was, Discord takes no plain text. */
export function renderNotice(text: string): CardMessage {
  return toMessage("none", () => [textDisplay(text)]);
}

/** A text of a card. */
export function textDisplay(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content };
}

/** The words at the top of a card. */
export function titleText(title: string): APITextDisplayComponent {
  return textDisplay(`**${title}**`);
}

/** A moderator's note, apart from every quotation; nothing where there is none. */
export function noteText(note: string | undefined, texts: Texts): APITextDisplayComponent[] {
  return note === undefined ? [] : [textDisplay(texts.note(oneLine(note, MAX_NOTE_CHARS)))];
}

/** Somebody's words, neutralised, in one line of at most `maxChars` before that. */
export function oneLine(text: string, maxChars: number): string {
  return escapeMarkdown(cutText(text, maxChars)).join(" ");
}

/** Characters of the lines of a list, by those that an excerpt of the card may have. */
export function lineChars(maxChars: number): {
  readonly question: number;
  readonly beside: number;
} {
  return {
    question: Math.min(MAX_SHOWN_QUESTION_CHARS, Math.floor(maxChars / 2)),
    beside: Math.min(MAX_TITLE_CHARS, Math.floor(maxChars / 4)),
  };
}

/** A message's address, as Discord writes it itself. */
export function linkOf(guild: string, { channel, message }: MessagePlace): string {
  return `https://discord.com/channels/${guild}/${channel}/${message}`;
}

/** A button of an answer. */
export function button(
  action: Action,
  label: string,
  style: ButtonStyle.Primary | ButtonStyle.Secondary = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id: toCustomId(action) };
}

/** A row of buttons; none for no buttons. */
export function rowOf(
  buttons: readonly (APIButtonComponentWithCustomId | APIButtonComponentWithURL)[],
): APIComponentInContainer[] {
  return buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: [...buttons] }];
}

/** A line with a button beside it. */
export function section(
  content: string,
  accessory: APIButtonComponentWithCustomId,
): APIComponentInContainer {
  return { type: ComponentType.Section, components: [textDisplay(content)], accessory };
}

/** A menu in a row of its own. */
export function menu(
  action: Action,
  placeholder: string,
  options: APISelectMenuOption[],
): APIComponentInContainer {
  const select = { type: ComponentType.StringSelect as const, custom_id: toCustomId(action) };
  return { type: ComponentType.ActionRow, components: [{ ...select, placeholder, options }] };
}

/** A menu of passages, or nothing where there are none; Discord shows its choices as they are, without markdown. */
export function passageMenu(
  action: Action,
  placeholder: string,
  excerpts: readonly Excerpt[],
): APIComponentInContainer[] {
  // A passage of which two excerpts are shown is one choice: Discord refuses a menu with two of one value.
  const choices = new Map(excerpts.map((it) => [it.passage, it])).values();
  const options = [...choices]
    .slice(0, MAX_CHOICES)
    .map(({ passage, text, section: path, title }) => ({
      value: passage,
      label: choiceText(text) || passage,
      description: choiceText(path.at(-1) ?? title) || passage,
    }));
  return options.length === 0 ? [] : [menu(action, placeholder, options)];
}

function choiceText(text: string): string {
  return cutText(text.replace(/[\s\p{Cc}\p{Surrogate}]+/gu, " ").trim(), MAX_CHOICE_CHARS);
}

const PASSAGE_LINE = new RegExp(`^-# .* (${PASSAGE_ID})(?: ·|$)`, "mu");

/** The passage that a card shows first, by the line with its place: no report's text can stand there. */
export function passageOf(message: Pick<Message, "components">): string | undefined {
  for (const { content } of textsOf(message)) {
    const id = PASSAGE_LINE.exec(content)?.[1];
    if (id !== undefined) return id;
  }
  return undefined;
}

/** The texts of a card, also those with a button beside them. */
export function textsOf({ components }: Pick<Message, "components">): TextDisplayComponent[] {
  return components
    .flatMap((it) => (it.type === ComponentType.Container ? it.components : [it]))
    .flatMap((it) => (it.type === ComponentType.Section ? it.components : [it]))
    .filter((it) => it.type === ComponentType.TextDisplay);
}
