/** What moderators see of the answers that they approved. Pure. */
import type { Excerpt } from "../../ask/excerpt.ts";
import type { Approval } from "../../ledger/approvalCache.ts";
import type { Texts } from "../locales/texts.ts";
import type { CardMessage } from "./cardParts.ts";
import { quotations } from "./quotation.ts";
import { questionText } from "./askedQuestion.ts";
import {
  MAX_CARD_EXCERPTS,
  button,
  lineChars,
  noteText,
  oneLine,
  passageMenu,
  rowOf,
  section,
  textDisplay,
  titleText,
  toMessage,
} from "./cardParts.ts";

/** Approvals on one page: as many as Discord's forty components have room for. */
export const APPROVALS_ON_PAGE = 8;

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
  title: string,
): CardMessage {
  const { id, question, note } = approval;
  const there = excerpts.filter((it) => it !== undefined).slice(0, MAX_CARD_EXCERPTS);
  const isWhole = !excerpts.includes(undefined);
  return toMessage(isWhole ? "found" : "maybe", (maxChars) => [
    titleText(title),
    questionText(question, texts),
    ...quotations(there, { texts, maxChars }),
    ...(isWhole ? [] : [textDisplay(texts.approval.gone)]),
    ...noteText(note, texts),
    ...passageMenu({ kind: "approval", action: "choose", id }, texts.approval.choose, candidates),
    ...rowOf([
      button({ kind: "approval", action: "note", id }, texts.buttons.note),
      button({ kind: "approval", action: "remove", id }, texts.buttons.remove),
    ]),
  ]);
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
  return toMessage("found", (maxChars) => [
    titleText(approval.list(total)),
    ...shown.map((it) => {
      const edit = { kind: "approval", action: "edit", id: it.approval.id } as const;
      return section(approvalText(it, texts, maxChars), button(edit, buttons.edit));
    }),
    ...rowOf([
      ...(offset > 0 ? [button({ kind: "approved", offset: newer }, buttons.newer)] : []),
      ...(older < total ? [button({ kind: "approved", offset: older }, buttons.older)] : []),
    ]),
  ]);
}

/** A question, the beginning of what answers it, and the note's; longer where there is room. */
function approvalText(
  { approval: { question, note }, excerpts }: ShownApproval,
  texts: Texts,
  maxChars: number,
): string {
  const [first] = excerpts;
  const line = lineChars(maxChars);
  return [
    oneLine(question, line.question),
    first === undefined || excerpts.includes(undefined)
      ? `-# ${texts.approval.gone}`
      : `-# ${texts.passage(first.passage)} · ${oneLine(first.text, line.beside)}`,
    ...(note === undefined ? [] : [texts.note(oneLine(note, line.beside))]),
  ].join("\n");
}
