/** Draws what an evaluation measured, as SVG that reads the same in light and dark mode. */
import * as echarts from "echarts";

/** Right passage first, and among the first three: shares of a language's questions, 0..1. */
export interface LanguageAccuracy {
  readonly language: string;
  readonly first: number;
  readonly firstThree: number;
}

/** What one step of an ablation reaches: a share of each language's questions, 0..1. */
export interface StepAccuracy {
  readonly step: string;
  readonly byLanguage: Readonly<Record<string, number>>;
}

/** A threshold, on the scale of the scores. */
export interface Mark {
  readonly name: string;
  readonly value: number;
}

/** Texts and thresholds of a distribution. */
export interface DistributionOptions {
  readonly title: string;
  /** What the scores are. */
  readonly xLabel: string;
  readonly marks?: readonly Mark[];
}

/** Lengths are in pixels. */
const WIDTH = 800;
const MARGIN = 24;
const INNER_WIDTH = WIDTH - 2 * MARGIN;
const TITLE_LINE_HEIGHT = 24;
const LEGEND_HEIGHT = 32;
const LEGEND_ICON_WIDTH = 14;
const LEGEND_GAP = 30;
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
const MARK_ROW_HEIGHT = 20;

/** Bins of a histogram. */
const BINS = 30;
const FONT = "sans-serif";
const TEXT = { color: "#24292f", fontFamily: FONT, fontSize: 13 } as const;
/** Texts are measured without their font; the widest usual one (DejaVu Sans) takes this much more, bold and not. */
const SLACK = 1.2;
const BOLD_SLACK = 1.4;
const LINE_COLOR = "#d0d7de";
/** Okabe and Ito (2008), without black, the palest last: told apart with any colour vision. */
const PALETTE = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442"];

const VALUE_AXIS = {
  type: "value",
  nameLocation: "middle",
  nameTextStyle: TEXT,
  axisLabel: TEXT,
  axisLine: { show: true, lineStyle: { color: LINE_COLOR } },
  splitLine: { lineStyle: { color: LINE_COLOR } },
} as const;
const SHARE_AXIS = {
  ...VALUE_AXIS,
  axisLabel: { ...TEXT, formatter: (share: number) => `${Number((share * 100).toFixed(1))}%` },
};

/** Bars for the first excerpt and the first three, one group a language. */
export function accuracyByLanguageChart(rows: readonly LanguageAccuracy[], title: string): string {
  for (const { language, first, firstThree } of rows) {
    checkShare(first, `${language}, first`);
    checkShare(firstThree, `${language}, firstThree`);
  }
  const names = rows.map(({ language }) => language);
  return drawBars(title, names, [
    { name: "right passage first", shares: rows.map(({ first }) => first) },
    { name: "right passage in first three", shares: rows.map(({ firstThree }) => firstThree) },
  ]);
}

/** Bars for the languages, one group a step; a language that a step lacks has no bar there. */
export function accuracyByStepChart(rows: readonly StepAccuracy[], title: string): string {
  for (const { step, byLanguage } of rows) {
    for (const [language, share] of Object.entries(byLanguage)) {
      checkShare(share, `${step}, ${language}`);
    }
  }
  const names = rows.map(({ step }) => step);
  const languages = new Set(rows.flatMap(({ byLanguage }) => Object.keys(byLanguage)));
  const groups = [...languages].map((language) => ({
    name: language,
    shares: rows.map(({ byLanguage }) => byLanguage[language]),
  }));
  return drawBars(title, names, groups);
}

/** The scores of both kinds of question as overlaid histograms, each of shares of its kind. */
export function scoreDistributionChart(
  answerable: readonly number[],
  unanswerable: readonly number[],
  { title, xLabel, marks = [] }: DistributionOptions,
): string {
  for (const [i, score] of answerable.entries()) checkFinite(score, `answerable[${i}]`);
  for (const [i, score] of unanswerable.entries()) checkFinite(score, `unanswerable[${i}]`);
  for (const { name, value } of marks) checkFinite(value, `mark ${name}`);
  const range = rangeOf([...answerable, ...unanswerable]);
  if (range === undefined) return drawEmpty(title);
  const kinds = [
    { name: `answerable (${answerable.length})`, scores: answerable },
    { name: `unanswerable (${unanswerable.length})`, scores: unanswerable },
  ];
  const names = kinds.map(({ name }) => name);
  const head = headOf(title, names);
  const top = head.height + (marks.length + 1) * MARK_ROW_HEIGHT;
  const plot: echarts.EChartsOption = {
    grid: { left: 76, right: MARGIN + 12, top, height: HISTOGRAM_HEIGHT },
    xAxis: {
      ...VALUE_AXIS,
      name: xLabel,
      nameGap: 34,
      scale: true,
      splitLine: { show: false },
    },
    yAxis: { ...SHARE_AXIS, name: "share of the questions", nameGap: 48 },
    series: [
      ...kinds.map(({ name, scores }) => outlineSeries(name, histogram(scores, range))),
      markSeries(marks, (range.low + range.high) / 2, head.height),
    ],
  };
  return draw(head, plot, top + HISTOGRAM_HEIGHT + NAMED_AXIS_HEIGHT);
}

function checkShare(share: number, row: string): void {
  if (share >= 0 && share <= 1) return;
  throw new RangeError(`${row}: expected a share from 0 to 1, got ${share}`);
}

function checkFinite(score: number, row: string): void {
  if (Number.isFinite(score)) return;
  throw new RangeError(`${row}: expected a finite number, got ${score}`);
}

/** The bars of one colour: a share for each row, undefined where there is none. */
interface Bars {
  readonly name: string;
  readonly shares: readonly (number | undefined)[];
}

/** Lying bars, so that names of rows need no turning; the first row is on top. */
function drawBars(title: string, rowNames: readonly string[], groups: readonly Bars[]): string {
  if (rowNames.length === 0 || groups.length === 0) return drawEmpty(title);
  const legend = groups.map(({ name }) => name);
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
  const plot: echarts.EChartsOption = {
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
    series: groups.map(({ name, shares }) => ({
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
        formatter: ({ value }) =>
          `${(Number(value) * 100).toFixed(1)}%${isNamed ? ` ${name}` : ""}`,
      },
    })),
  };
  return draw(head, plot, head.height + height + AXIS_HEIGHT);
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

function outlineSeries(name: string, data: [number, number][]): echarts.LineSeriesOption {
  const areaStyle = { opacity: 0.25 };
  return {
    type: "line",
    name,
    data,
    step: "end",
    symbol: "none",
    lineStyle: { width: 2 },
    areaStyle,
  };
}

/** Dashed lines up to their names, each on a row of its own below `top`, towards the `middle` of the scores. */
function markSeries(marks: readonly Mark[], middle: number, top: number): echarts.LineSeriesOption {
  const lineStyle = { color: TEXT.color, type: "dashed", width: 1.5 } as const;
  return {
    type: "line",
    // Not seen; the axis reaches as far as its data.
    data: marks.map(({ value }) => [value, 0]),
    symbol: "none",
    lineStyle: { width: 0 },
    markLine: {
      symbol: "none",
      lineStyle,
      data: marks.map(({ name, value }, row) => {
        const text = `${name}: ${Number(value.toPrecision(4))}`;
        const align = value > middle ? "right" : "left";
        const y = top + (row + 1) * MARK_ROW_HEIGHT;
        return [
          { coord: [value, 0] },
          { coord: [value, 0], y, label: { ...TEXT, formatter: () => text, align } },
        ];
      }),
    },
  };
}

/** Title and legend, and the pixels from the top that they take. */
interface Head {
  readonly option: echarts.EChartsOption;
  readonly height: number;
}

function headOf(title: string, legend: readonly string[]): Head {
  const titleWidth = INNER_WIDTH / BOLD_SLACK;
  const titleStyle = { ...TEXT, fontSize: 17, fontWeight: "bold", width: titleWidth } as const;
  // A line is broken at a space, so up to a word before its end.
  const titleLines = Math.ceil(widthOf(title, titleStyle.fontSize) / (titleWidth * 0.9));
  const legendTop = MARGIN + Math.max(1, titleLines) * TITLE_LINE_HEIGHT + 4;
  const option: echarts.EChartsOption = {
    color: PALETTE,
    title: {
      text: title,
      left: MARGIN,
      top: MARGIN - 4,
      padding: 0,
      textStyle: { ...titleStyle, lineHeight: TITLE_LINE_HEIGHT, overflow: "break" },
    },
    legend: {
      data: [...legend],
      left: MARGIN,
      top: legendTop,
      padding: 0,
      icon: "rect",
      itemWidth: LEGEND_ICON_WIDTH,
      itemGap: LEGEND_GAP,
      textStyle: TEXT,
    },
  };
  return { option, height: legendTop + (legend.length > 0 ? LEGEND_HEIGHT : 0) };
}

/** The width of a legend on one line. */
function legendWidth(names: readonly string[]): number {
  const icon = LEGEND_ICON_WIDTH + LEGEND_GAP;
  return names.reduce((width, name) => width + widthOf(name) * SLACK + icon, 0);
}

function widthOf(text: string, size: number = TEXT.fontSize): number {
  return echarts.format.getTextRect(text, `${size}px ${FONT}`).width;
}

function drawEmpty(title: string): string {
  const head = headOf(`${title}: no data`, []);
  return draw(head, {}, head.height + MARGIN / 2);
}

/** Draws on a white panel, so that the dark text is seen on a dark page. */
function draw(head: Head, plot: echarts.EChartsOption, height: number): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  const shape = { x: 0.5, y: 0.5, width: WIDTH - 1, height: height - 1, r: 12 };
  const panel = {
    type: "rect",
    z: -1,
    shape,
    style: { fill: "#ffffff", stroke: LINE_COLOR },
  } as const;
  try {
    chart.setOption({ ...head.option, ...plot, animation: false, graphic: panel });
    return plain(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

/**
 * Without the styles for hovering and the clips, which cut nothing here: their ids count the charts of a process. Texts
 * are escaped and so hold neither `<` nor `"`.
 */
function plain(svg: string): string {
  return svg
    .replace(/<(style|defs)\b[^>]*>.*?<\/\1>\n?/gsu, "")
    .replace(/ (?:class|clip-path)="[^"]*"/gu, "");
}
