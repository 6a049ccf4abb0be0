/** What a page draws besides its text, out of the operators of its content: thin lines, and figures made apart. */

/** A rectangle, in points from the upper left corner of the page. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** What is drawn on a page. */
export interface Drawing {
  /** Thin lines, horizontal or vertical, as between the rows of a table. */
  readonly rules: readonly Box[];
  /** Where a drawing that was made apart is put in. */
  readonly figures: readonly Box[];
}

/** A page's operators, each with what is given to it, as pdfjs tells them. */
interface Content {
  readonly operators: readonly number[];
  readonly given: readonly unknown[];
}

/** The numbers that pdfjs gives to operators. */
type Operators = Readonly<
  Record<
    | "save"
    | "restore"
    | "transform"
    | "constructPath"
    | "paintFormXObjectBegin"
    | "paintFormXObjectEnd",
    number
  >
>;

type Matrix = readonly number[];

/** Thicker rules are areas, and shorter ones marks, in points. */
const RULE = { maxThickness: 3, minLength: 20 } as const;
/** More are a picture. */
const MAX_RULES = 2_000;

/** Finds what a page draws; `matrix` takes the places of its content to those of the page as it is shown. */
export function drawingOf({ operators, given }: Content, ops: Operators, matrix: Matrix): Drawing {
  const rules: Box[] = [];
  const figures: Box[] = [];
  const saved: Matrix[] = [];
  let now = matrix;
  const restore = (): void => {
    now = saved.pop() ?? now;
  };
  const handlers = new Map<number, (args: unknown) => void>([
    [ops.save, () => saved.push(now)],
    [ops.restore, restore],
    [ops.paintFormXObjectEnd, restore],
    [ops.transform, (args) => (now = product(now, numbersOf(args)))],
    [
      ops.paintFormXObjectBegin,
      (args) => {
        saved.push(now);
        const [inner, box] = Array.isArray(args) ? [numbersOf(args[0]), numbersOf(args[1])] : [];
        now = product(now, inner ?? []);
        figures.push(...(box ?? []).slice(0, 1).map(() => moved(boxOf(box ?? []), now)));
      },
    ],
    [
      ops.constructPath,
      (args) => {
        if (rules.length >= MAX_RULES) return;
        rules.push(
          ...linesOf(args)
            .map((it) => moved(it, now))
            .filter(isRule),
        );
      },
    ],
  ]);
  operators.forEach((operator, i) => handlers.get(operator)?.(given[i]));
  return { rules, figures };
}

function numbersOf(given: unknown): number[] {
  if (given instanceof Float32Array) return [...given];
  return Array.isArray(given) ? given.filter((it) => typeof it === "number") : [];
}

function boxOf([x0 = 0, y0 = 0, x1 = 0, y1 = 0]: readonly number[]): Box {
  return { x0, y0, x1, y1 };
}

const [A, B, C, D, E, F] = [0, 1, 2, 3, 4, 5] as const;

function product(one: Matrix, other: Matrix): Matrix {
  if (other.length !== 6) return one;
  const [m, n] = [(i: number) => one[i] ?? 0, (i: number) => other[i] ?? 0];
  const across = (i: number, j: number): number => m(A) * n(i) + m(C) * n(j);
  const down = (i: number, j: number): number => m(B) * n(i) + m(D) * n(j);
  return [
    across(A, B),
    down(A, B),
    across(C, D),
    down(C, D),
    across(E, F) + m(E),
    down(E, F) + m(F),
  ];
}

/** How many numbers follow each operator of a path: to move, to draw a line or a curve of either kind, to close. */
const NUMBERS = [2, 2, 6, 4, 0];
const LINE = 1;

/** The straight lines of a path. */
function linesOf(args: unknown): Box[] {
  const drawn: unknown = Array.isArray(args) ? args[1] : undefined;
  const path = Array.isArray(drawn) ? numbersOf(drawn[0]) : [];
  const lines: Box[] = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < path.length;) {
    const operator = path[at] ?? 0;
    const count = NUMBERS[operator] ?? 0;
    const [toX, toY] = count === 0 ? [x, y] : [path[at + count - 1] ?? 0, path[at + count] ?? 0];
    if (operator === LINE) lines.push({ x0: x, y0: y, x1: toX, y1: toY });
    [x, y] = [toX, toY];
    at += count + 1;
  }
  return lines;
}

function moved({ x0, y0, x1, y1 }: Box, matrix: Matrix): Box {
  const [[ax, ay], [bx, by]] = [placeOf(x0, y0, matrix), placeOf(x1, y1, matrix)];
  return { x0: Math.min(ax, bx), x1: Math.max(ax, bx), y0: Math.min(ay, by), y1: Math.max(ay, by) };
}

function placeOf(x: number, y: number, matrix: Matrix): readonly [number, number] {
  const [, , , , e = 0, f = 0] = matrix;
  const m = (i: number): number => matrix[i] ?? 0;
  return [m(A) * x + m(C) * y + e, m(B) * x + m(D) * y + f];
}

function isRule({ x0, y0, x1, y1 }: Box): boolean {
  const [width, height] = [x1 - x0, y1 - y0];
  return Math.min(width, height) <= RULE.maxThickness && Math.max(width, height) >= RULE.minLength;
}
