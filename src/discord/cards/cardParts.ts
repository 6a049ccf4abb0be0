/** What cards are made of: texts within Discord's limits, quotations that stay quotations, rows of buttons. Pure. */
import { ButtonStyle, ComponentType, MessageFlags } from "discord.js";
import type {
  APIButtonComponentWithCustomId,
  APIComponentInContainer,
  APIContainerComponent,
  APITextDisplayComponent,
  Message,
  TextDisplayComponent,
} from "discord.js";
import type { Excerpt, Place } from "../../ask/answer.ts";
import { toCustomId } from "../customId.ts";
import type { Action } from "../customId.ts";
import { MAX_NOTE_CHARS } from "../../ledger/approvals.ts";
import { ELLIPSIS, cutText, graphemeStart, escapeMarkdown, unescapeMarkdown } from "../escape.ts";
import type { Texts } from "../locales/texts.ts";

/** A message that may be sent as it is: nobody is pinged, no link is unfolded. */
export interface CardMessage {
  readonly flags: number;
  readonly components: readonly [APIContainerComponent];
  readonly allowedMentions: { readonly parse: readonly [] };
}

/** Discord's limit for all text of a message of components, in UTF-16 code units to be safe. */
export const MAX_CARD_CHARS = 4_000;

/** The component that holds the question, by which a button's handler finds it again. */
export const QUESTION_COMPONENT_ID = 1;

/** Characters of a report that one excerpt may take, the largest that fits first. */
const EXCERPT_CHARS = [1_500, 1_000, 600, 300, 150];
export const MAX_SHOWN_QUESTION_CHARS = 200;
export const MAX_TITLE_CHARS = 60;

/** The colour at a card's side. */
export const ACCENTS = { found: 0x2e_a0_43, maybe: 0xd2_99_22, none: 0x8b_94_9e } as const;

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
  buttons: readonly APIButtonComponentWithCustomId[],
): APIComponentInContainer[] {
  return buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: [...buttons] }];
}

/** A sentence in the place of a card: where a card was, Discord takes no plain text. */
export function renderNotice(text: string): CardMessage {
  return toMessage(() => [textDisplay(text)], ACCENTS.none, true);
}

/** Takes the largest excerpts with which all of the text fits. */
export function toMessage(
  componentsFor: (maxChars: number) => APIComponentInContainer[],
  accent: number,
  isPrivate: boolean,
): CardMessage {
  const sizes = EXCERPT_CHARS.map(componentsFor);
  const components = sizes.find((it) => charsOf(it) <= MAX_CARD_CHARS) ?? sizes.at(-1) ?? [];
  return {
    flags: MessageFlags.IsComponentsV2 | (isPrivate ? MessageFlags.Ephemeral : 0),
    components: [{ type: ComponentType.Container, accent_color: accent, components }],
    allowedMentions: { parse: [] },
  };
}

function charsOf(components: readonly APIComponentInContainer[]): number {
  return components.reduce((sum, it) => {
    if (it.type === ComponentType.TextDisplay) return sum + it.content.length;
    if (it.type !== ComponentType.Section) return sum;
    return it.components.reduce((inside, { content }) => inside + content.length, sum);
  }, 0);
}

/** The question above an answer, by whose number it is found again. */
export function questionText({
  question,
  texts,
}: {
  readonly question: string;
  readonly texts: Texts;
}): APITextDisplayComponent {
  const words = oneLine(question, MAX_SHOWN_QUESTION_CHARS);
  return {
    type: ComponentType.TextDisplay,
    id: QUESTION_COMPONENT_ID,
    content: `**${texts.question}** ${words}`,
  };
}

/** Somebody's words, neutralised, in one line of at most `maxChars` before that. */
export function oneLine(text: string, maxChars: number): string {
  return escapeMarkdown(cutText(text, maxChars)).join(" ");
}

/** A moderator's note, apart from every quotation; nothing where there is none. */
export function noteText(note: string | undefined, texts: Texts): APITextDisplayComponent[] {
  return note === undefined ? [] : [textDisplay(texts.note(oneLine(note, MAX_NOTE_CHARS)))];
}

/** A text of a card. */
export function textDisplay(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content };
}

/** Every line of the excerpt is marked as a quotation; its place stands below, where no report's text can be. */
export function renderExcerpt(
  excerpt: Excerpt,
  match: string | undefined,
  { texts, maxChars }: { readonly texts: Texts; readonly maxChars: number },
): string {
  const also = excerpt.alsoAt.map(({ paragraph }) => paragraph).join(", ");
  const facts = [
    placeOf(excerpt, texts),
    texts.passage(excerpt.passage),
    ...(match === undefined ? [] : [match]),
    ...(also === "" ? [] : [texts.alsoAt(also)]),
  ];
  return [
    ...quotationOf(excerpt, maxChars).map((line) => `> ${line}`),
    `-# ${facts.join(" · ")}`,
  ].join("\n");
}

/** The lines of an excerpt, neutralised, the clause that answers in bold. */
function quotationOf(excerpt: Excerpt, maxChars: number): string[] {
  const { text: shown, highlight } = partOf(excerpt, maxChars);
  const [from, to] = highlight.map((at) => (isInsideCharacter(shown, at) ? at - 1 : at));
  // In one piece where nothing is bold: what begins in one and ends in the next would not be neutralised.
  const pieces =
    from === to ? [shown] : [shown.slice(0, from), shown.slice(from, to), shown.slice(to)];
  const lines = [""];
  pieces.forEach((piece, i) => {
    escapeMarkdown(piece).forEach((line, k) => {
      if (k > 0) lines.push("");
      lines.push((lines.pop() ?? "") + (i === 1 ? bold(line) : line));
    });
  });
  return lines;
}

/** As much of an excerpt as may be shown, with the clause that answers in it. */
function partOf(
  { text, highlight: [from, to] }: Excerpt,
  maxChars: number,
): Pick<Excerpt, "text" | "highlight"> {
  if (text.length <= maxChars || to < maxChars) {
    return { text: cutText(text, maxChars), highlight: [from, to] };
  }
  const start = graphemeStart(text, from - Math.floor(maxChars / 4));
  const shift = ELLIPSIS.length - start;
  return {
    text: ELLIPSIS + cutText(text.slice(start), maxChars - ELLIPSIS.length),
    highlight: [from + shift, to + shift],
  };
}

function isInsideCharacter(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > MAX_CODE_UNIT;
}

const MAX_CODE_UNIT = 0xff_ff;

/** Discord reads no bold where white space stands inside the marks. */
function bold(line: string): string {
  const words = line.trim();
  return words === "" ? line : line.replace(words, () => `**${words}**`);
}

function placeOf(
  { title, section, paragraph, sentences: [from, to] }: Place,
  texts: Texts,
): string {
  const path = [title, ...section].map((it) => oneLine(it, MAX_TITLE_CHARS));
  return `${path.join(" › ")} · ${texts.place(paragraph, from, to)}`;
}

/** What a card of ours says, read back from its message: so a button needs no memory of the program's. */

/** The question above an answer, as far as the card shows it; empty if it shows none. */
export function questionOf(message: Pick<Message, "components">): string {
  const found = textsOf(message).find(({ id }) => id === QUESTION_COMPONENT_ID);
  return unescapeMarkdown(found?.content.replace(/^\*\*[^*]*\*\* /u, "") ?? "");
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
