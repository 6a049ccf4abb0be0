/** What moderators see: approvals, gaps, a week in figures. Pure. */
import { ComponentType } from "discord.js";
import type { APIComponentInContainer } from "discord.js";
import type { Excerpt } from "../../ask/answer.ts";
import type { Approval } from "../../ledger/approvalCache.ts";
import type { Digest } from "../../ledger/digest.ts";
import type { Gap } from "../../ledger/gaps.ts";
import type { GapState } from "../../ledger/schema.ts";
import { toCustomId } from "../customId.ts";
import type { Action } from "../customId.ts";
import { cutText } from "../escape.ts";
import type { Texts } from "../locales/texts.ts";
import { MAX_CARD_EXCERPTS } from "./answerCard.ts";
import {
  ACCENTS,
  MAX_SHOWN_QUESTION_CHARS,
  MAX_TITLE_CHARS,
  button,
  noteText,
  oneLine,
  questionText,
  renderExcerpt,
  rowOf,
  textDisplay,
  toMessage,
} from "./cardParts.ts";
import type { CardMessage } from "./cardParts.ts";

/** Discord's limits for a menu: choices, and characters of a choice. */
const MAX_CHOICES = 25;
const MAX_CHOICE_CHARS = 100;

/** Approvals on one page, and gaps: as many as Discord's forty components have room for. */
export const APPROVALS_ON_PAGE = 8;
export const GAPS_ON_PAGE = 6;

/** Other wordings of a gap that are shown. */
const MAX_WORDINGS = 2;

/** An approval and its passages as they stand now; undefined for those that are gone. */
export interface ShownApproval {
  readonly approval: Approval;
  readonly excerpts: readonly (Excerpt | undefined)[];
}

/** An approval with all that can be done with it. */
export function renderApproval(
  { approval, excerpts }: ShownApproval,
  candidates: readonly Excerpt[],
  texts: Texts,
  title = texts.approval.title,
): CardMessage {
  const { id, question, note } = approval;
  const there = excerpts.filter((it) => it !== undefined).slice(0, MAX_CARD_EXCERPTS);
  const isWhole = !excerpts.includes(undefined);
  return toMessage(
    (maxChars) => [
      textDisplay(`**${title}**`),
      questionText({ question, texts }),
      ...there.map((it) => textDisplay(renderExcerpt(it, undefined, { texts, maxChars }))),
      ...(isWhole ? [] : [textDisplay(texts.approval.gone)]),
      ...noteText(note, texts),
      ...menuOf({ kind: "approval", action: "choose", id }, texts.approval.choose, candidates),
      ...rowOf([
        button({ kind: "approval", action: "note", id }, texts.buttons.note),
        button({ kind: "approval", action: "remove", id }, texts.buttons.remove),
      ]),
    ],
    isWhole ? ACCENTS.found : ACCENTS.maybe,
    true,
  );
}

/** A page of approvals, each with a button that opens it. */
export function renderApprovals(
  shown: readonly ShownApproval[],
  { offset, total }: { readonly offset: number; readonly total: number },
  texts: Texts,
): CardMessage {
  const { approval, buttons } = texts;
  const newer = Math.max(0, offset - APPROVALS_ON_PAGE);
  const older = offset + APPROVALS_ON_PAGE;
  return toMessage(
    (maxChars) => [
      textDisplay(`**${approval.list(total)}**`),
      ...shown.map((it) => {
        const action = { kind: "approval", action: "edit", id: it.approval.id } as const;
        return section(approvalText(it, texts, maxChars), action, buttons.edit);
      }),
      ...rowOf([
        ...(offset > 0 ? [button({ kind: "approved", offset: newer }, buttons.newer)] : []),
        ...(older < total ? [button({ kind: "approved", offset: older }, buttons.older)] : []),
      ]),
    ],
    ACCENTS.found,
    true,
  );
}

/** A question, the beginning of what answers it, and the note's; longer where there is room. */
function approvalText(
  { approval: { question, note }, excerpts }: ShownApproval,
  texts: Texts,
  maxChars: number,
): string {
  const [first] = excerpts;
  const line = linesOf(maxChars);
  return [
    oneLine(question, line.question),
    first === undefined || excerpts.includes(undefined)
      ? `-# ${texts.approval.gone}`
      : `-# ${texts.passage(first.passage)} · ${oneLine(first.text, line.beside)}`,
    ...(note === undefined ? [] : [texts.note(oneLine(note, line.beside))]),
  ].join("\n");
}

/** Characters of the lines of a list, by those that an excerpt of the card may have. */
function linesOf(maxChars: number): { readonly question: number; readonly beside: number } {
  return {
    question: Math.min(MAX_SHOWN_QUESTION_CHARS, Math.floor(maxChars / 2)),
    beside: Math.min(MAX_TITLE_CHARS, Math.floor(maxChars / 4)),
  };
}

/** Gaps that ask the same, the one that was asked most first. */
export type GapCluster = readonly [Gap, ...Gap[]];

/** The gaps that were asked most, each with what moderators can do. */
export function renderGaps(clusters: readonly GapCluster[], texts: Texts): CardMessage {
  return toMessage(
    (maxChars) => [
      textDisplay(`**${texts.gap.list(clusters.length)}**`),
      ...clusters
        .slice(0, GAPS_ON_PAGE)
        .flatMap((cluster) => [
          textDisplay(gapText(cluster, texts, maxChars)),
          ...gapButtons(cluster[0], texts),
        ]),
    ],
    ACCENTS.maybe,
    true,
  );
}

/** What moderators are asked in their channel. */
export function renderGapPost(gap: Gap, texts: Texts): CardMessage {
  return toMessage(
    () => [
      textDisplay(`**${texts.gap.post}**`),
      questionText({ question: gap.question, texts }),
      textDisplay(`-# ${linkOf(gap)}`),
      ...gapButtons(gap, texts),
    ],
    ACCENTS.maybe,
    false,
  );
}

/** The same, once it is settled. */
export function renderSettledPost(
  gap: Gap,
  state: Exclude<GapState, "open">,
  user: string,
  texts: Texts,
): CardMessage {
  const by = texts.gap.settledBy(texts.gap.settled[state], oneLine(user, MAX_TITLE_CHARS));
  return toMessage(
    () => [
      questionText({ question: gap.question, texts }),
      textDisplay(`${by}\n-# ${linkOf(gap)}`),
    ],
    ACCENTS.none,
    false,
  );
}

/** Offers the passages that come nearest to a gap: some of them whole, all by their beginnings. */
export function renderCandidates(
  gap: Gap,
  candidates: readonly Excerpt[],
  texts: Texts,
): CardMessage {
  return toMessage(
    (maxChars) => [
      questionText({ question: gap.question, texts }),
      ...candidates
        .slice(0, MAX_CARD_EXCERPTS)
        .map((it) => textDisplay(renderExcerpt(it, undefined, { texts, maxChars }))),
      ...menuOf({ kind: "gap", action: "choose", id: gap.id }, texts.approval.choose, candidates),
      textDisplay(`-# ${texts.gap.otherPassage}`),
    ],
    ACCENTS.maybe,
    true,
  );
}

/** What whoever waits is told: the passage that was approved, or what became of the question. */
export function renderNews(
  question: string,
  news: {
    readonly state: Exclude<GapState, "open">;
    readonly excerpts: readonly Excerpt[];
    readonly asker: string | undefined;
  },
  texts: Texts,
): CardMessage {
  const { state, excerpts, asker } = news;
  const to = asker === undefined ? "" : `<@${asker}> `;
  return toMessage(
    (maxChars) => [
      questionText({ question, texts }),
      textDisplay(`${to}**${texts.gap.settled[state]}**`),
      ...excerpts
        .slice(0, MAX_CARD_EXCERPTS)
        .map((it) => textDisplay(renderExcerpt(it, undefined, { texts, maxChars }))),
    ],
    state === "approved" ? ACCENTS.found : ACCENTS.none,
    false,
  );
}

/** A time in figures. */
export function renderDigest(
  digest: Digest,
  sections: readonly { readonly section: string; readonly count: number }[],
  guild: string,
  texts: Texts,
): CardMessage {
  const { digest: words } = texts;
  const list = (title: string, lines: readonly string[]): APIComponentInContainer[] =>
    lines.length === 0 ? [] : [textDisplay([`**${title}**`, ...lines].join("\n"))];
  return toMessage(
    () => [
      textDisplay(`**${words.title}**\n${words.figures(digest)}`),
      ...list(
        words.sections,
        sections.map(({ section: it, count }) => `- ${count} × ${oneLine(it, MAX_TITLE_CHARS)}`),
      ),
      ...list(
        words.worst,
        digest.worst.map(
          ({ channel, message, question, downs }) =>
            `- ${downs} 👎 ${linkOf({ guild, channel, message })} ${oneLine(question ?? "", MAX_TITLE_CHARS)}`,
        ),
      ),
      ...list(
        words.approvals,
        digest.approvals.map(
          ({ question, count }) => `- ${count} × ${oneLine(question, MAX_TITLE_CHARS)}`,
        ),
      ),
    ],
    ACCENTS.none,
    true,
  );
}

function gapText([first, ...others]: GapCluster, texts: Texts, maxChars: number): string {
  const line = linesOf(maxChars);
  const count = [first, ...others].reduce((sum, gap) => sum + gap.count, 0);
  const wordings = others
    .slice(0, MAX_WORDINGS)
    .map(({ question }) => `-# ${texts.gap.also(oneLine(question, line.beside))}`);
  return [
    oneLine(first.question, line.question),
    ...wordings,
    `-# ${texts.gap.facts(count, texts.gap.reasons[first.reason])} · ${linkOf(first)}`,
  ].join("\n");
}

function gapButtons({ id }: Gap, { buttons }: Texts): APIComponentInContainer[] {
  return rowOf([
    button({ kind: "gap", action: "approve", id }, buttons.approvePassage),
    button({ kind: "gap", action: "absent", id }, buttons.absent),
    button({ kind: "gap", action: "dismiss", id }, buttons.dismiss),
  ]);
}

/** A message's address, as Discord writes it itself. */
function linkOf({
  guild,
  channel,
  message,
}: {
  readonly guild: string;
  readonly channel: string;
  readonly message: string;
}): string {
  return `https://discord.com/channels/${guild}/${channel}/${message}`;
}

function section(content: string, action: Action, label: string): APIComponentInContainer {
  return {
    type: ComponentType.Section,
    components: [{ type: ComponentType.TextDisplay, content }],
    accessory: button(action, label),
  };
}

/** A menu of passages; Discord shows its choices as they are, without markdown. */
function menuOf(
  action: Action,
  placeholder: string,
  excerpts: readonly Excerpt[],
): APIComponentInContainer[] {
  const options = excerpts.slice(0, MAX_CHOICES).map(({ passage, text, section: path, title }) => ({
    value: passage,
    label: choiceText(text) || passage,
    description: choiceText(path.at(-1) ?? title) || passage,
  }));
  if (options.length === 0) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        { type: ComponentType.StringSelect, custom_id: toCustomId(action), placeholder, options },
      ],
    },
  ];
}

function choiceText(text: string): string {
  return cutText(text.replace(/[\s\p{Cc}\p{Surrogate}]+/gu, " ").trim(), MAX_CHOICE_CHARS);
}
