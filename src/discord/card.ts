/** An answer as a Discord message of components (version 2). Pure. */
import { ButtonStyle, ComponentType, MessageFlags } from "discord.js";
import type {
  APIButtonComponentWithCustomId,
  APIComponentInContainer,
  APIContainerComponent,
  APITextDisplayComponent,
} from "discord.js";
import type { Answer, Excerpt, Place } from "../answer/answer.ts";
import { toCustomId } from "./customId.ts";
import type { ButtonAction } from "./customId.ts";
import { VOTE_REASONS } from "../ledger/votes.ts";
import { cutText, ELLIPSIS, graphemeStart, neutralise } from "./markdown.ts";
import type { Texts } from "./texts.ts";

/** A message that may be sent as it is: nobody is pinged, no link is unfolded. */
export interface CardMessage {
  readonly flags: number;
  readonly components: readonly [APIContainerComponent];
  readonly allowedMentions: { readonly parse: readonly [] };
}

/** Discord's limit for all text of a message of components, in UTF-16 code units to be safe. */
export const MAX_CARD_CHARS = 4_000;

/** Excerpts on one card; the others come with the button. */
export const MAX_CARD_EXCERPTS = 3;

/** The component that holds the question, by which a button's handler finds it again. */
export const QUESTION_COMPONENT_ID = 1;

/** Characters of a report that one excerpt may take, the largest that fits first. */
const EXCERPT_CHARS = [1_500, 1_000, 600, 300, 150];
const MAX_QUESTION_CHARS = 200;
const MAX_TITLE_CHARS = 60;
const MAX_HEADINGS = 3;

const ACCENTS = { found: 0x2e_a0_43, maybe: 0xd2_99_22, none: 0x8b_94_9e } as const;

/** What a card is made with. */
export interface CardOptions {
  readonly texts: Texts;
  /** As it was asked; shown above the answer, never within a quotation. */
  readonly question: string;
  /** Whether only the asker sees it: then it can be shared, but not pinned. */
  readonly isPrivate: boolean;
}

/** The card of an answer: state, excerpts as quotations, each with its place, and buttons. */
export function renderAnswer(answer: Answer, options: CardOptions): CardMessage {
  const { texts } = options;
  const { state } = answer;
  const shown = state === "none" ? [] : answer.excerpts.slice(0, MAX_CARD_EXCERPTS);
  const head = [questionText(options), textDisplay(`**${texts.state[state]}**`)];
  const body = (maxChars: number): APITextDisplayComponent[] =>
    state === "none"
      ? [textDisplay(nearestHeadings(answer, texts))]
      : shown.map((excerpt, i) => {
          const text = renderExcerpt(excerpt, matchOf(answer, i, texts), { texts, maxChars });
          return textDisplay(i === 1 && state === "found" ? `**${texts.nearIt}**\n${text}` : text);
        });
  return toMessage(
    (maxChars) => [...head, ...body(maxChars), ...rowOf(buttonsOf(answer, options))],
    ACCENTS[state],
    options.isPrivate,
  );
}

/** Excerpts alone: those of a later page, of a paragraph or of a section. */
export function renderExcerpts(
  title: string,
  excerpts: readonly Excerpt[],
  texts: Texts,
  buttons: readonly APIButtonComponentWithCustomId[] = [],
): CardMessage {
  return toMessage(
    (maxChars) => [
      textDisplay(`**${title}**`),
      ...excerpts.map((excerpt) =>
        textDisplay(renderExcerpt(excerpt, undefined, { texts, maxChars })),
      ),
      ...rowOf(buttons),
    ],
    ACCENTS.none,
    true,
  );
}

/** A clean card for the channel's pins: question, one excerpt, its place, and who pinned it. */
export function renderPinned(
  question: string,
  excerpt: Excerpt,
  user: string,
  texts: Texts,
): CardMessage {
  return toMessage(
    (maxChars) => [
      questionText({ question, texts }),
      textDisplay(renderExcerpt(excerpt, undefined, { texts, maxChars })),
      textDisplay(`-# ${texts.pinnedBy(neutralise(cutText(user, MAX_TITLE_CHARS)).join(" "))}`),
    ],
    ACCENTS.found,
    false,
  );
}

/** A private answer that its asker shows to all. */
export function renderShared(
  question: string,
  excerpts: readonly Excerpt[],
  user: string,
  texts: Texts,
): CardMessage {
  const [first] = excerpts;
  const pin = first && button({ kind: "pin", passage: first.passage }, texts.buttons.pin);
  return toMessage(
    (maxChars) => [
      questionText({ question, texts }),
      ...excerpts.map((it) => textDisplay(renderExcerpt(it, undefined, { texts, maxChars }))),
      textDisplay(`-# ${texts.sharedBy(neutralise(cutText(user, MAX_TITLE_CHARS)).join(" "))}`),
      ...rowOf(pin ? [pin] : []),
    ],
    ACCENTS.found,
    false,
  );
}

/** A line, and a button for it. */
export interface ListRow {
  readonly line: string;
  readonly button: APIButtonComponentWithCustomId;
}

/** A private list, each line with a button of its own. The lines begin with a link of Discord's own. */
export function renderList(title: string, rows: readonly ListRow[]): CardMessage {
  return toMessage(
    () => [
      textDisplay(`**${title}**`),
      ...rows.map(({ line, button: accessory }) => ({
        type: ComponentType.Section as const,
        components: [textDisplay(line)],
        accessory,
      })),
    ],
    ACCENTS.none,
    true,
  );
}

/** A button of an answer. */
export function button(
  action: ButtonAction,
  label: string,
  style: ButtonStyle.Primary | ButtonStyle.Secondary = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id: toCustomId(action) };
}

/** Asks why an answer is found bad. */
export function renderReasons(message: string, texts: Texts): CardMessage {
  const menu = {
    type: ComponentType.StringSelect as const,
    custom_id: toCustomId({ kind: "reason", message }),
    placeholder: texts.reasonFor,
    options: VOTE_REASONS.map((value) => ({ value, label: texts.reasons[value] })),
  };
  return toMessage(
    () => [textDisplay(texts.thanks), { type: ComponentType.ActionRow, components: [menu] }],
    ACCENTS.none,
    true,
  );
}

function rowOf(buttons: readonly APIButtonComponentWithCustomId[]): APIComponentInContainer[] {
  return buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: [...buttons] }];
}

/** Takes the largest excerpts with which all of the text fits. */
function toMessage(
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
  return components.reduce(
    (sum, it) => sum + (it.type === ComponentType.TextDisplay ? it.content.length : 0),
    0,
  );
}

function questionText({
  question,
  texts,
}: Pick<CardOptions, "question" | "texts">): APITextDisplayComponent {
  const words = neutralise(cutText(question, MAX_QUESTION_CHARS)).join(" ");
  return {
    type: ComponentType.TextDisplay,
    id: QUESTION_COMPONENT_ID,
    content: `**${texts.question}** ${words}`,
  };
}

function textDisplay(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content };
}

/** Every line of the excerpt is marked as a quotation; its place stands below, where no report's text can be. */
function renderExcerpt(
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
    neutralise(piece).forEach((line, k) => {
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
  const path = [title, ...section].map((it) => neutralise(cutText(it, MAX_TITLE_CHARS)).join(" "));
  return `${path.join(" › ")} · ${texts.place(paragraph, from, to)}`;
}

function matchOf({ state }: Answer, i: number, texts: Texts): string {
  if (i > 0) return texts.match.weak;
  return state === "found" ? texts.match.strong : texts.match.fair;
}

function nearestHeadings({ headings }: Answer, texts: Texts): string {
  const lines = headings
    .slice(0, MAX_HEADINGS)
    .map((heading) => `> ${neutralise(cutText(heading, MAX_TITLE_CHARS)).join(" ")}`);
  const nearest = lines.length > 0 ? [`${texts.nearestHeadings}:`, ...lines] : [];
  return [...nearest, texts.askAHuman].join("\n");
}

function buttonsOf(
  answer: Answer,
  { texts, isPrivate }: CardOptions,
): APIButtonComponentWithCustomId[] {
  const { buttons } = texts;
  const votes = [
    button({ kind: "vote", opinion: "up" }, buttons.up),
    button({ kind: "vote", opinion: "down" }, buttons.down),
  ];
  const [first] = answer.excerpts;
  if (first === undefined || answer.state === "none") return votes;
  const ids = answer.excerpts.map(({ passage }) => passage);
  const shown = ids.slice(0, MAX_CARD_EXCERPTS);
  const rest = ids.slice(MAX_CARD_EXCERPTS);
  return [
    button({ kind: "context", passage: first.passage }, buttons.context, ButtonStyle.Primary),
    ...(rest.length > 0 ? [button({ kind: "more", passages: rest }, buttons.more)] : []),
    isPrivate
      ? button({ kind: "share", passages: shown }, buttons.share)
      : button({ kind: "pin", passage: first.passage }, buttons.pin),
    ...votes,
  ];
}
