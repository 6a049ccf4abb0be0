/** What was read for a question, as it is told beside the answer. */
import { passageOf } from "../index/generation.ts";
import type { Generation } from "../index/generation.ts";
import type { Encoder } from "../models/encoder/encoder.ts";
import type { Span } from "../report.ts";
import { bestSpan, spanInText } from "../search/reading/answerSpan.ts";
import type { WindowReading } from "../search/reading/windowReadings.ts";

/** What was read for a question. */
export interface WhatWasRead {
  /** The question as it was searched and read, where that is not as it was asked. */
  readonly as?: string;
  /** In the order in which they were read. */
  readonly windows: readonly ShownWindow[];
  /** Why nothing is read, in one sentence; undefined where there is no reason. */
  readonly whyUnread: string | undefined;
}

/** A window of a report that was read, as it is shown. */
interface ShownWindow {
  /** The report's id. */
  readonly report: string;
  /** The first and last paragraph that it shows, counted from 1, both included. */
  readonly paragraphs: readonly [from: number, to: number];
  /** How surely it answers, a logit. */
  readonly score: number;
  /** The words in it that answer best, the report's own; empty where they lie in its head, which repeats title and heading. */
  readonly words: string;
}

/** Shows windows that were read, with the reports' own words. */
export async function showWindows(
  index: Generation,
  windows: readonly WindowReading[],
): Promise<ShownWindow[]> {
  const shown = windows.flatMap((it) => {
    const [first, last] = passagesAtEnds(index, it.window);
    if (first === undefined || last === undefined) return [];
    const paragraphs = [first.block + 1, last.block + 1] as const;
    return [{ report: first.report, span: spanOf(it), paragraphs, score: it.score }];
  });
  const texts = await index.readTexts(shown);
  return shown.map(({ report, paragraphs, score }, i) => {
    const words = (texts[i] ?? "").trim();
    return { report: report.id, paragraphs, score, words };
  });
}

function passagesAtEnds(index: Generation, window: number) {
  const { from = -1, to = 0 } = index.windows[window] ?? {};
  return [passageOf(index, from), passageOf(index, to - 1)] as const;
}

/** The words that answer best, in the report's clean text; empty where they begin in the head. */
function spanOf({ reading, tokens }: WindowReading): Span {
  const best = bestSpan(reading, 0, reading.starts.length);
  return best ? spanInText(tokens, best) : { start: 0, end: 0 };
}

/** Why nothing is read, in one sentence; undefined where there is no reason. */
export function whyUnread(
  encoder: Pick<Encoder, "read" | "whyUnread">,
  readWindows: number | undefined,
): string | undefined {
  if (readWindows === 0) return "READ_WINDOWS is 0: passages are found, but not read.";
  return encoder.read === undefined ? encoder.whyUnread : undefined;
}
