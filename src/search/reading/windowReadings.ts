/** Which windows of the reports are read for a question, and what the reader makes of each. */
import { LRUCache } from "lru-cache";
import { passageOf } from "../../index/generation.ts";
import type { Generation, IndexedReport, WindowTokens } from "../../index/generation.ts";
import type { ReadWindows, Reading } from "../../models/readWindows.ts";
import { foldHan } from "../../text/fold.ts";
import type { RankedPassage } from "../ranking.ts";
import { answerScore, bestSpan } from "./answerSpan.ts";
import { prepareChoice } from "./windowChoice.ts";
import type { WindowIndex } from "./windowChoice.ts";

/** A window, and what the reader makes of it for one question. */
export interface WindowReading {
  /** Its number in the index. */
  readonly window: number;
  readonly report: IndexedReport | undefined;
  readonly reading: Reading;
  readonly tokens: WindowTokens;
  /** How surely it answers: the logit that it does, and half of what its best span is above there being none. */
  readonly score: number;
}

/** Reads windows of an index with a question in mind; each once, however often it is asked for. */
export interface WindowReader {
  /** Those that are worth it for these passages, best first. */
  readonly readBest: (
    question: string,
    ranked: readonly RankedPassage[],
  ) => Promise<WindowReading[]>;
  /** Those of these numbers. */
  readonly read: (question: string, windows: readonly number[]) => Promise<WindowReading[]>;
}

/** Readings that are kept, for the next asker or a button: some 64 questions of 8 windows, half a megabyte. */
const KEPT_READINGS = 512;

/**
 * Prepares the reading of an index.
 *
 * @param read Undefined where there is no reader: then nothing is read.
 * @param maxWindows Most windows of the text a question: the count decides and no clock, so that the same question gets the same answer
 *   anywhere. 0 reads nothing.
 */
export function prepareReading(
  index: ReadIndex,
  read: ReadWindows | undefined,
  maxWindows: number,
): WindowReader {
  const choose = prepareChoice(index);
  const known = new LRUCache<string, WindowReading>({ max: KEPT_READINGS });
  const readAll = async (
    question: string,
    windows: readonly number[],
  ): Promise<WindowReading[]> => {
    if (read === undefined || windows.length === 0) return [];
    const tokens = await index.readWindows(windows);
    const ids = tokens.map((it) => it.ids);
    const readings = await read(question, ids);
    return windows.flatMap((window, i) => {
      const [reading, ofWindow] = [readings[i], tokens[i]];
      return reading && ofWindow ? [toWindowReading(index, window, reading, ofWindow)] : [];
    });
  };
  const readWindows: WindowReader["read"] = async (question, windows) => {
    const asked = foldHan(question);
    const keyOf = (window: number): string => `${window} ${asked}`;
    const kept = windows.flatMap((window) => known.get(keyOf(window)) ?? []);
    const unread = windows.filter((it) => !kept.some(({ window }) => window === it));
    const fresh = await readAll(asked, unread);
    for (const it of fresh) known.set(keyOf(it.window), it);
    return [...kept, ...fresh];
  };
  return {
    read: readWindows,
    readBest: (question, ranked) => readWindows(question, choose(ranked, maxWindows)),
  };
}

/** What reading needs of an index. */
type ReadIndex = WindowIndex & Pick<Generation, "readWindows">;

function toWindowReading(
  index: ReadIndex,
  window: number,
  reading: Reading,
  tokens: WindowTokens,
): WindowReading {
  const report = passageOf(index, index.windows[window]?.from ?? -1)?.report;
  const best = bestSpan(reading, 0, reading.starts.length);
  return { window, report, reading, tokens, score: answerScore(reading, best) };
}
