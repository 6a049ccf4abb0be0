/** The sentences that hold some words, page by page. Pure. */
import type { APIButtonComponentWithCustomId } from "discord.js";
import type { MentionPage, ReportName } from "../../ask/mentions.ts";
import type { Texts } from "../locales/texts.ts";
import { wordsText } from "./askedQuestion.ts";
import { MAX_TITLE_CHARS, button, oneLine, rowOf, textDisplay, toMessage } from "./cardParts.ts";
import type { CardMessage } from "./cardParts.ts";
import { quotations } from "./quotation.ts";

/** Sentences on one card. */
export const MENTIONS_ON_PAGE = 8;

/** What a page is made with. */
interface MentionCardOptions {
  readonly texts: Texts;
  /** As they were typed: the buttons read them here. */
  readonly words: string;
  /** The only report that was looked in. */
  readonly report: ReportName | undefined;
}

/** A page of mentions: their number and the words, the sentences with the words in bold, each with its place, and buttons to turn pages. */
export function renderMentions(
  { total, offset, mentions }: MentionPage,
  { texts, words, report }: MentionCardOptions,
): CardMessage {
  const { page, inReport, previous, next } = texts.mentions;
  const to = (at: number, label: string): APIButtonComponentWithCustomId =>
    button({ kind: "mentions", report: report?.key ?? "all", offset: at }, label);
  const last = offset + mentions.length;
  const turns = [
    ...(offset > 0 ? [to(Math.max(0, offset - MENTIONS_ON_PAGE), previous)] : []),
    ...(last < total ? [to(last, next)] : []),
  ];
  const facts = [
    ...(report ? [inReport(oneLine(report.title, MAX_TITLE_CHARS))] : []),
    ...(turns.length > 0 ? [page(offset + 1, last, total)] : []),
  ];
  return toMessage("found", (maxChars) => [
    wordsText(texts.mentions.count(total), words),
    ...(facts.length > 0 ? [textDisplay(`-# ${facts.join(" · ")}`)] : []),
    ...quotations(mentions, { texts, maxChars }),
    ...rowOf(turns),
  ]);
}
