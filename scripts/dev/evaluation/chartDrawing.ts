/** The parts that all charts have: panel, title, legend and axes, in colours that read the same in light and dark mode. */
import * as echarts from "echarts";

/** Lengths are in pixels. */
const WIDTH = 800;
export const MARGIN = 24;
export const INNER_WIDTH = WIDTH - 2 * MARGIN;
const TITLE_LINE_HEIGHT = 24;
const LEGEND_HEIGHT = 32;
const LEGEND_ICON_WIDTH = 14;
const LEGEND_GAP = 30;

const FONT = "sans-serif";
export const TEXT = { color: "#24292f", fontFamily: FONT, fontSize: 13 } as const;
/** Texts are measured without their font; the widest usual one (DejaVu Sans) takes this much more, bold and not. */
export const SLACK = 1.2;
const BOLD_SLACK = 1.4;
export const LINE_COLOR = "#d0d7de";
/** Okabe and Ito (2008), without black, the palest last: told apart with any colour vision. */
export const PALETTE = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#cc79a7",
  "#56b4e9",
  "#d55e00",
  "#f0e442",
];

export const VALUE_AXIS = {
  type: "value",
  nameLocation: "middle",
  nameTextStyle: TEXT,
  axisLabel: TEXT,
  axisLine: { show: true, lineStyle: { color: LINE_COLOR } },
  splitLine: { lineStyle: { color: LINE_COLOR } },
} as const;
export const SHARE_AXIS = {
  ...VALUE_AXIS,
  axisLabel: { ...TEXT, formatter: (share: number) => `${Number((share * 100).toFixed(1))}%` },
};

/** Title and legend, and the pixels from the top that they take. */
interface Head {
  readonly option: echarts.EChartsOption;
  readonly height: number;
}

/** Lays out a title and, where it has names, a legend below it. */
export function headOf(title: string, legend: readonly string[]): Head {
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
export function legendWidth(names: readonly string[]): number {
  const icon = LEGEND_ICON_WIDTH + LEGEND_GAP;
  return names.reduce((width, name) => width + widthOf(name) * SLACK + icon, 0);
}

/** The width of a text, in pixels. */
export function widthOf(text: string, size: number = TEXT.fontSize): number {
  return echarts.format.getTextRect(text, `${size}px ${FONT}`).width;
}

/** A chart that says that there is nothing to draw. */
export function drawEmpty(title: string): string {
  const head = headOf(`${title}: no data`, []);
  return draw(head, {}, head.height + MARGIN / 2);
}

/** Draws on a white panel, so that the dark text is seen on a dark page. */
export function draw(head: Head, plot: echarts.EChartsOption, height: number): string {
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
