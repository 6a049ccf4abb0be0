/** What is shown of questions that were not answered well: to moderators, and to whoever waits. Pure. */
import type { APIComponentInContainer } from "discord.js";
import type { Excerpt } from "../../ask/excerpt.ts";
import type { Gap } from "../../ledger/gaps.ts";
import type { GapState } from "../../ledger/schema.ts";
import type { Texts } from "../locales/texts.ts";
import { questionText } from "./askedQuestion.ts";
import {
  MAX_CARD_EXCERPTS,
  MAX_TITLE_CHARS,
  button,
  lineChars,
  linkOf,
  oneLine,
  passageMenu,
  rowOf,
  textDisplay,
  titleText,
  toMessage,
} from "./cardParts.ts";
import type { CardMessage } from "./cardParts.ts";
import { quotations } from "./quotation.ts";

/** Gaps on one page: as many as Discord's forty components have room for. */
const GAPS_ON_PAGE = 6;

/** Other wordings of a gap that are shown. */
const MAX_WORDINGS = 2;

/** Gaps that ask the same, the one that was asked most first. */
export type GapCluster = readonly [Gap, ...Gap[]];

/** The gaps that were asked most, each with what moderators can do. */
export function renderGaps(clusters: readonly GapCluster[], texts: Texts): CardMessage {
  return toMessage("maybe", (maxChars) => [
    titleText(texts.gap.list(clusters.length)),
    ...clusters
      .slice(0, GAPS_ON_PAGE)
      .flatMap((cluster) => [
        textDisplay(gapText(cluster, texts, maxChars)),
        ...gapButtons(cluster[0], texts),
      ]),
  ]);
}

/** What moderators are asked in their channel. */
export function renderGapPost(gap: Gap, texts: Texts): CardMessage {
  return toMessage("maybe", () => [
    titleText(texts.gap.post),
    questionText(gap.question, texts),
    textDisplay(`-# ${linkOf(gap.guild, gap)}`),
    ...gapButtons(gap, texts),
  ]);
}

/** The same, once it is settled. */
export function renderSettledPost(
  gap: Gap,
  state: Exclude<GapState, "open">,
  user: string,
  texts: Texts,
): CardMessage {
  const by = texts.gap.settledBy(texts.gap.settled[state], oneLine(user, MAX_TITLE_CHARS));
  return toMessage("none", () => [
    questionText(gap.question, texts),
    textDisplay(`${by}\n-# ${linkOf(gap.guild, gap)}`),
  ]);
}

/** Offers the passages that come nearest to a gap: some of them whole, all by their beginnings. */
export function renderCandidates(
  { id, question }: Gap,
  candidates: readonly Excerpt[],
  texts: Texts,
): CardMessage {
  return toMessage("maybe", (maxChars) => [
    questionText(question, texts),
    ...quotations(candidates.slice(0, MAX_CARD_EXCERPTS), { texts, maxChars }),
    ...passageMenu({ kind: "gap", action: "choose", id }, texts.approval.choose, candidates),
    textDisplay(`-# ${texts.gap.otherPassage}`),
  ]);
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
  return toMessage(state === "approved" ? "found" : "none", (maxChars) => [
    questionText(question, texts),
    textDisplay(`${to}**${texts.gap.settled[state]}**`),
    ...quotations(excerpts.slice(0, MAX_CARD_EXCERPTS), { texts, maxChars }),
  ]);
}

function gapText([first, ...others]: GapCluster, texts: Texts, maxChars: number): string {
  const line = lineChars(maxChars);
  const count = [first, ...others].reduce((sum, gap) => sum + gap.count, 0);
  const wordings = others
    .slice(0, MAX_WORDINGS)
    .map(({ question }) => `-# ${texts.gap.also(oneLine(question, line.beside))}`);
  return [
    oneLine(first.question, line.question),
    ...wordings,
    `-# ${texts.gap.facts(count, texts.gap.reasons[first.reason])} · ${linkOf(first.guild, first)}`,
  ].join("\n");
}

function gapButtons({ id }: Gap, { buttons }: Texts): APIComponentInContainer[] {
  return rowOf([
    button({ kind: "gap", action: "approve", id }, buttons.approvePassage),
    button({ kind: "gap", action: "absent", id }, buttons.absent),
    button({ kind: "gap", action: "dismiss", id }, buttons.dismiss),
  ]);
}
