/** The buttons below an answer, in an order that stays whatever is missing. Pure. */
import { ButtonStyle } from "discord.js";
import type { APIButtonComponentWithCustomId, APIButtonComponentWithURL } from "discord.js";
import { MAX_EXCERPTS } from "../../ask/answer.ts";
import type { Answer, VerifiedAnswer } from "../../ask/answer.ts";
import type { Excerpt } from "../../ask/excerpt.ts";
import type { Texts } from "../locales/texts.ts";
import type { AskedQuestion } from "./askedQuestion.ts";
import { MAX_CARD_EXCERPTS, button } from "./cardParts.ts";
import { linkButtons } from "./linkButtons.ts";
import type { CardView } from "./linkButtons.ts";

/** What the card of an answer is made with. */
export interface CardOptions extends CardView, Pick<AskedQuestion, "question"> {
  /** Whether only the asker sees it: then it can be shared, but not pinned. */
  readonly isPrivate: boolean;
  /** Whether there are moderators who can be asked. */
  readonly canAskHumans?: boolean;
}

/** Reading on in the first row, what people make of the answer in the second, links in the third; what is not there leaves the others in order. */
export function buttonRows(
  answer: Answer,
  options: CardOptions,
): (APIButtonComponentWithCustomId | APIButtonComponentWithURL)[][] {
  const { verified, state } = answer;
  const excerpts = [...(verified?.excerpts ?? []), ...(state === "none" ? [] : answer.excerpts)];
  return [
    [
      button({ kind: "followUp" }, options.texts.buttons.followUp),
      ...readingButtons(excerpts, options.texts.buttons),
    ],
    opinionButtons(answer, excerpts, options),
    linkButtons(excerpts[0], options),
  ];
}

function readingButtons(
  excerpts: readonly Excerpt[],
  buttons: Texts["buttons"],
): APIButtonComponentWithCustomId[] {
  const [first] = excerpts;
  if (first === undefined) return [];
  const rest = idsOf(excerpts).slice(MAX_CARD_EXCERPTS);
  return [
    button({ kind: "context", passage: first.passage }, buttons.context, ButtonStyle.Primary),
    ...(rest.length > 0 ? [button({ kind: "more", passages: rest }, buttons.more)] : []),
    ...(first.hasWords
      ? [button({ kind: "words", passage: first.passage, offset: 0 }, buttons.words)]
      : []),
    button({ kind: "citation", passage: first.passage }, buttons.citation),
  ];
}

/** Votes, and what keeps an answer: a private one can be shared, one that all see pinned, approved or brought before somebody. */
function opinionButtons(
  { verified, state }: Answer,
  excerpts: readonly Excerpt[],
  { texts: { buttons }, isPrivate, canAskHumans }: CardOptions,
): APIButtonComponentWithCustomId[] {
  const [first] = excerpts;
  const isOpen = verified === undefined && state !== "found";
  const shown = idsOf(excerpts).slice(0, MAX_CARD_EXCERPTS);
  return [
    button({ kind: "vote", opinion: "up" }, buttons.up),
    button({ kind: "vote", opinion: "down" }, buttons.down),
    ...(first && isPrivate ? [button({ kind: "share", passages: shown }, buttons.share)] : []),
    ...(first && !isPrivate ? [button({ kind: "pin", passage: first.passage }, buttons.pin)] : []),
    ...(isPrivate ? [] : moderatorButtons(verified, first, buttons)),
    ...(isOpen && canAskHumans && !isPrivate ? [button({ kind: "human" }, buttons.human)] : []),
  ];
}

/** A custom_id has room for as many as an answer has. */
function idsOf(excerpts: readonly Excerpt[]): string[] {
  return excerpts.map(({ passage }) => passage).slice(0, MAX_EXCERPTS);
}

function moderatorButtons(
  verified: VerifiedAnswer | undefined,
  first: Excerpt | undefined,
  buttons: Texts["buttons"],
): APIButtonComponentWithCustomId[] {
  if (verified) {
    return [button({ kind: "approval", action: "edit", id: verified.id }, buttons.edit)];
  }
  return first ? [button({ kind: "approve", passage: first.passage }, buttons.approve)] : [];
}
