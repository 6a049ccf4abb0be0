/** Puts the passages that answer first: what the search knows of them and what the reader makes of them, added. */
import * as v from "valibot";
import { kindOf } from "../../index/generation.ts";
import type { IndexedPassage, IndexedReport, WindowTokens } from "../../index/generation.ts";
import { mapNames } from "../../names.ts";
import { isCitable } from "../../report.ts";
import type { Span } from "../../report.ts";
import type { RankedPassage } from "../ranking.ts";
import fitted from "./reranking.json" with { type: "json" };
import { answerScore, bestSpan, spanInText } from "./answerSpan.ts";
import type { WindowReading } from "./windowReadings.ts";

/** What the reader makes of one passage. */
interface PassageReading {
  /** The window that shows it best. */
  readonly window: WindowReading;
  /** How surely the passage itself answers: as {@link WindowReading.score}, but of the best span within it. */
  readonly score: number;
  /** The words that answer, in the report's clean text. */
  readonly span: Span;
}

/** A passage that was read, or ranked behind those that were. */
export interface ReadPassage extends RankedPassage {
  /** Undefined where no window that was read shows it. */
  readonly reading: PassageReading | undefined;
  /** How high it stands: the sum of its weighted features; comparable within one question. */
  readonly rank: number;
}

/** What a passage's rank is made from. */
export const RANK_FEATURES = [
  "report",
  "retrieval",
  "window",
  "span",
  "unread",
  "heading",
] as const;

/** A value for each of {@link RANK_FEATURES}. */
export type RankFeatures = Readonly<Record<(typeof RANK_FEATURES)[number], number>>;

/** How much each feature counts. */
export const RankWeights = v.object(mapNames(RANK_FEATURES, () => v.number()));

/** Fitted by scripts/dev/fit.ts as a listwise logistic model (Cao et al. 2007, "Learning to Rank", section 4); its provenance stands with it. */
const WEIGHTS = v.parse(RankWeights, fitted.weights);

/** What else decides the order. */
interface RankOptions {
  /** The folded words of the passages that are quoted, hashed. */
  readonly quoted?: ReadonlySet<string>;
  readonly weights?: RankFeatures;
  /** The passages by whose scores reports are compared with each other, best first, where they are not the ranked ones. */
  readonly reports?: readonly RankedPassage[];
}

/**
 * Orders passages by what was found in them and read in them; those that the question quotes come first. A title or heading that was
 * neither read nor quoted is left out: it resembles many questions and answers few.
 *
 * @param ranked Best first.
 * @returns Best first.
 */
export function rerank(
  ranked: readonly RankedPassage[],
  windows: readonly WindowReading[],
  { quoted = new Set(), weights = WEIGHTS, reports = ranked }: RankOptions = {},
): ReadPassage[] {
  const isQuoted = ({ passage }: RankedPassage): number => Number(quoted.has(passage.foldedHash));
  return rankFeatures(ranked, windows, reports)
    .map(({ passage, values }) => ({
      ...passage,
      rank: RANK_FEATURES.reduce((sum, name) => sum + weights[name] * values[name], 0),
    }))
    .filter((it) => it.reading ?? (isCitable(kindOf(it.passage)) || isQuoted(it)))
    .sort((a, b) => isQuoted(b) - isQuoted(a) || b.rank - a.rank);
}

/** From here down a span is as unlikely as it gets. */
const MIN_SPAN = -10;

/** A passage, and what its rank is made from. */
interface Featured {
  readonly passage: Omit<ReadPassage, "rank">;
  readonly values: RankFeatures;
}

/**
 * The features of passages: `report`, the best score in its report above the best of all, since between reports the search tells better
 * than the reader which is asked about; `retrieval`, its score above the best in its report; `window`, how much less surely the window
 * answers that shows it than the surest one; `span`, how much less likely the best span within it is than the best of that window; whether
 * it is `unread`, and whether it is a `heading` or title.
 *
 * @param reports As {@link RankOptions} has them.
 */
export function rankFeatures(
  ranked: readonly RankedPassage[],
  windows: readonly WindowReading[],
  reports: readonly RankedPassage[] = ranked,
): Featured[] {
  const bestScore = reports[0]?.score ?? 0;
  const [bestOf, bestAmongReports] = [bestScores(ranked), bestScores(reports)];
  const bestWindow = Math.max(...windows.map(({ score }) => score));
  return ranked.map((passage) => {
    const reading = readPassage(passage.passage, windows);
    const { report } = passage.passage;
    const values = {
      report: (bestAmongReports.get(report) ?? bestScore) - bestScore,
      retrieval: passage.score - (bestOf.get(report) ?? passage.score),
      window: reading ? reading.window.score - bestWindow : 0,
      span: reading ? Math.max(MIN_SPAN, reading.score - reading.window.score) : 0,
      unread: reading ? 0 : 1,
      heading: isCitable(kindOf(passage.passage)) ? 0 : 1,
    };
    return { passage: { ...passage, reading }, values };
  });
}

/** The best score in each report, of passages that stand best first. */
function bestScores(ranked: readonly RankedPassage[]): ReadonlyMap<IndexedReport, number> {
  return new Map(ranked.toReversed().map(({ passage, score }) => [passage.report, score]));
}

/** What the reader makes of a passage: in the window where it answers best; undefined where none of the windows shows it. */
export function readPassage(
  passage: IndexedPassage,
  windows: readonly WindowReading[],
): PassageReading | undefined {
  let best: PassageReading | undefined;
  for (const window of windows) {
    const reading = window.report === passage.report ? readWithin(passage.span, window) : undefined;
    if (reading && (best === undefined || reading.score > best.score)) best = reading;
  }
  return best;
}

function readWithin(passage: Span, window: WindowReading): PassageReading | undefined {
  const { reading, tokens } = window;
  const [from, to] = tokensWithin(tokens, passage);
  const best = bestSpan(reading, from, to);
  if (best === undefined) return undefined;
  return { window, span: spanInText(tokens, best), score: answerScore(reading, best) };
}

/** The tokens that lie in a stretch of the text; those of the head lie nowhere. */
function tokensWithin({ spans }: WindowTokens, { start, end }: Span): [from: number, to: number] {
  const isIn = (token: number): boolean => {
    const [from = 0, to = 0] = spans.subarray(2 * token, 2 * token + 2);
    return to > 0 && from >= start && from < end;
  };
  const count = spans.length / 2;
  let from = 0;
  while (from < count && !isIn(from)) from++;
  let to = from;
  while (to < count && isIn(to)) to++;
  return [from, to];
}
