/** Which windows of the reports are read for a question. */
import { kindOf, passageOf, windowsOf } from "../../index/generation.ts";
import type { Generation, IndexedReport } from "../../index/generation.ts";
import { isCitable } from "../../report.ts";
import type { BlockKind } from "../../report.ts";
import type { RankedPassage } from "../ranking.ts";

/** What choosing windows needs of an index. */
export type WindowIndex = Pick<Generation, "windows" | "sentences" | "passages">;

/** Headings that are read besides: they are short. */
const MAX_HEADINGS = 3;

/** What a report says of itself, and of these the most windows that are read: hardly a question resembles them. */
const FRONT: ReadonlySet<BlockKind> = new Set(["title", "subtitle", "byline"]);
const MAX_FRONT = 3;

/** Chooses windows: `ranked` are the passages, best first, `maxText` the most windows of the text; none for 0. */
type ChooseWindows = (ranked: readonly RankedPassage[], maxText: number) => number[];

/**
 * Prepares the choice: the windows that show the best passages of the text, those of the best headings, and those with title, subtitle
 * and byline of the report that the best passage stands in.
 */
export function prepareChoice(index: WindowIndex): ChooseWindows {
  const fronts = frontWindows(index);
  return (ranked, maxText) => {
    if (maxText === 0) return [];
    const isText = ({ passage }: RankedPassage): boolean => isCitable(kindOf(passage));
    const report = ranked.find(isText)?.passage.report;
    return [
      ...new Set([
        ...firstWindows(index, ranked.filter(isText), maxText),
        ...firstWindows(
          index,
          ranked.filter((it) => !isText(it)),
          MAX_HEADINGS,
        ),
        ...((report && fronts.get(report)) ?? []),
      ]),
    ];
  };
}

/** The windows of passages, in the order of these. */
function firstWindows(
  index: WindowIndex,
  ranked: readonly RankedPassage[],
  maxWindows: number,
): number[] {
  const windows = new Set<number>();
  for (const { match } of ranked) {
    if (windows.size >= maxWindows) break;
    for (const window of windowsOf(index, match.sentence)) windows.add(window);
  }
  return [...windows].slice(0, maxWindows);
}

function frontWindows(index: WindowIndex): ReadonlyMap<IndexedReport, readonly number[]> {
  const fronts = new Map<IndexedReport, number[]>();
  for (const [sentence, { kind }] of index.sentences.entries()) {
    const report = FRONT.has(kind) ? passageOf(index, sentence)?.report : undefined;
    if (report === undefined) continue;
    const windows = new Set([...(fronts.get(report) ?? []), ...windowsOf(index, sentence)]);
    fronts.set(report, [...windows].slice(0, MAX_FRONT));
  }
  return fronts;
}
