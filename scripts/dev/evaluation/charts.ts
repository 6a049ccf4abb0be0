/** Draws what an evaluation measured, as SVG that reads the same in light and dark mode. */
import type { BarSeriesOption, EChartsOption } from "echarts";
import {
  INNER_WIDTH,
  LINE_COLOR,
  MARGIN,
  PALETTE,
  SHARE_AXIS,
  SLACK,
  TEXT,
  VALUE_AXIS,
  draw,
  drawEmpty,
  headOf,
  legendWidth,
  widthOf,
} from "./chartDrawing.ts";

/** Right passage first, and among the first three: shares of a language's questions, 0..1. */
interface LanguageAccuracy {
  readonly language: string;
  readonly first: number;
  readonly firstThree: number;
}

/** What one step of an ablation reaches: a share of each language's questions, 0..1. */
export interface StepAccuracy {
  readonly step: string;
  readonly byLanguage: Readonly<Record<string, number>>;
}

/** Lengths are in pixels. */
const BAR_HEIGHT = 14;
const BAR_GAP = 3;
const GROUP_GAP = 18;
/** Longer names of rows are broken. */
const ROW_NAME_WIDTH = 190;
/** Room for a value right of a bar of 100 %. */
const VALUE_WIDTH = 52;
const AXIS_HEIGHT = 40;
const NAMED_AXIS_HEIGHT = 68;
const HISTOGRAM_HEIGHT = 280;
const HISTOGRAM_GAP = 20;

/** Bins of a histogram. */
const BINS = 30;

/** Bars for the first excerpt and the first three, one group a language. */
export function accuracyByLanguageChart(rows: readonly LanguageAccuracy[], title: string): string {
  const names = { first: "right passage first", firstThree: "right passage in first three" };
  const shares = rows.map(({ language, first, firstThree }) => ({
    step: language,
    byLanguage: { first, firstThree },
  }));
  return drawBars(title, shares, names);
}

/** Bars for the languages, one group a step; a language that a step lacks has no bar there. */
export function accuracyByStepChart(rows: readonly StepAccuracy[], title: string): string {
  const languages = rows.flatMap(({ byLanguage }) => Object.keys(byLanguage));
  return drawBars(title, rows, Object.fromEntries(languages.map((it) => [it, it])));
}

/** The scores of both kinds of question as overlaid histograms, each of shares of its kind. */
export function scoreDistributionChart(
  answerable: readonly number[],
  unanswerable: readonly number[],
  { title, xLabel }: { readonly title: string; readonly xLabel: string },
): string {
  for (const [i, score] of answerable.entries()) checkFinite(score, `answerable[${i}]`);
  for (const [i, score] of unanswerable.entries()) checkFinite(score, `unanswerable[${i}]`);
  const range = rangeOf([...answerable, ...unanswerable]);
  if (range === undefined) return drawEmpty(title);
  const series = [
    outlineSeries(`answerable (${answerable.length})`, histogram(answerable, range)),
    outlineSeries(`unanswerable (${unanswerable.length})`, histogram(unanswerable, range)),
  ];
  const head = headOf(
    title,
    series.map(({ name }) => name),
  );
  const top = head.height + HISTOGRAM_GAP;
  const plot: EChartsOption = {
    grid: { left: 76, right: MARGIN + 12, top, height: HISTOGRAM_HEIGHT },
    xAxis: { ...VALUE_AXIS, name: xLabel, nameGap: 34, scale: true, splitLine: { show: false } },
    yAxis: { ...SHARE_AXIS, name: "share of the questions", nameGap: 48 },
    series,
  };
  return draw(head, plot, top + HISTOGRAM_HEIGHT + NAMED_AXIS_HEIGHT);
}

function checkFinite(score: number, row: string): void {
  if (Number.isFinite(score)) return;
  throw new RangeError(`${row}: expected a finite number, got ${score}`);
}

function checkShares(rows: readonly StepAccuracy[]): void {
  for (const { step, byLanguage } of rows) {
    for (const [name, share] of Object.entries(byLanguage)) {
      if (share >= 0 && share <= 1) continue;
      throw new RangeError(`${step}, ${name}: expected a share from 0 to 1, got ${share}`);
    }
  }
}

/** Lying bars, so that names of rows need no turning; the first row is on top. */
function drawBars(
  title: string,
  rows: readonly StepAccuracy[],
  names: Readonly<Record<string, string>>,
): string {
  checkShares(rows);
  const groups = Object.entries(names);
  if (rows.length === 0 || groups.length === 0) return drawEmpty(title);
  const rowNames = rows.map(({ step }) => step);
  const legend = Object.values(names);
  // Where colours recur or the legend has no room, the bars bear their names.
  const isNamed = groups.length > PALETTE.length || legendWidth(legend) > INNER_WIDTH;
  const head = headOf(title, isNamed ? [] : legend);
  const labelWidth =
    VALUE_WIDTH + (isNamed ? Math.max(...legend.map((it) => widthOf(it))) * SLACK : 0);
  const nameWidth = Math.max(...rowNames.map((name) => widthOf(name)));
  const nameHeight = Math.ceil(nameWidth / (ROW_NAME_WIDTH * 0.8)) * TEXT.fontSize * 1.2;
  const rowHeight =
    GROUP_GAP + Math.max(groups.length * (BAR_HEIGHT + BAR_GAP), nameHeight - GROUP_GAP / 2);
  const left = MARGIN + 10 + Math.min(ROW_NAME_WIDTH, nameWidth) * SLACK;
  const height = Math.ceil(rowNames.length * rowHeight);
  const plot: EChartsOption = {
    grid: { left, right: MARGIN + labelWidth, top: head.height, height },
    xAxis: { ...SHARE_AXIS, min: 0, max: 1 },
    yAxis: {
      type: "category",
      inverse: true,
      data: [...rowNames],
      axisLabel: { ...TEXT, interval: 0, width: ROW_NAME_WIDTH, overflow: "break" },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: LINE_COLOR } },
    },
    series: groups.map(([key, name]) => {
      const shares = rows.map(({ byLanguage }) => byLanguage[key]);
      return barSeries(name, shares, isNamed);
    }),
  };
  return draw(head, plot, head.height + height + AXIS_HEIGHT);
}

function barSeries(
  name: string,
  shares: readonly (number | undefined)[],
  isNamed: boolean,
): BarSeriesOption {
  return {
    type: "bar",
    name,
    data: shares.map((share) => share ?? { value: "-", label: { show: false } }),
    barWidth: BAR_HEIGHT,
    barGap: `${(BAR_GAP / BAR_HEIGHT) * 100}%`,
    label: {
      ...TEXT,
      fontSize: 12,
      show: true,
      position: "right",
      formatter: ({ value }) => `${(Number(value) * 100).toFixed(1)}%${isNamed ? ` ${name}` : ""}`,
    },
  };
}

/** Where scores lie. */
interface ScoreRange {
  readonly low: number;
  readonly high: number;
}

function rangeOf(scores: readonly number[]): ScoreRange | undefined {
  if (scores.length === 0) return undefined;
  let [low, high] = [Infinity, -Infinity];
  for (const score of scores) [low, high] = [Math.min(low, score), Math.max(high, score)];
  // Equal scores have bins too: they are in the middle of a range around them.
  const half = Math.max(Math.abs(low), 1) / 20;
  return low < high ? { low, high } : { low: low - half, high: low + half };
}

/** The outline of a histogram: at each edge the share of the bin that begins there, from 0 and back to it. */
function histogram(scores: readonly number[], { low, high }: ScoreRange): [number, number][] {
  const counts = new Array<number>(BINS).fill(0);
  for (const score of scores) {
    const bin = Math.min(BINS - 1, Math.floor(((score - low) / (high - low)) * BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const shares = counts.map((count) => count / Math.max(1, scores.length));
  const edge = (bin: number): number => low + ((high - low) * bin) / BINS;
  const steps = shares.map((share, bin): [number, number] => [edge(bin), share]);
  return [[low, 0], ...steps, [high, shares.at(-1) ?? 0], [high, 0]];
}

function outlineSeries(name: string, data: [number, number][]) {
  const style = { step: "end", symbol: "none", lineStyle: { width: 2 } } as const;
  return { type: "line", name, data, ...style, areaStyle: { opacity: 0.25 } } as const;
}
