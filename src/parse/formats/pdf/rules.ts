/** The thin lines of a page, out of what its content draws. */

/** A rectangle, in points from the upper left corner of the page. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

type Matrix = readonly number[];

/** Thicker ones are areas, in points; shorter ones marks. */
const MAX_THICKNESS = 3;
const MIN_LENGTH = 20;

/** More are a drawing. */
const MAX_RULES = 2_000;

/** What pdfjs calls the operators, and how the page lies. */
interface Drawing {
  readonly OPS: Readonly<
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
  readonly transform: Matrix;
}

/** Finds the horizontal and vertical lines that a page draws. */
export function rulesOf(
  operators: readonly number[],
  given: readonly unknown[],
  { OPS, transform }: Drawing,
): Box[] {
  const rules: Box[] = [];
  const saved: Matrix[] = [];
  let now = transform;
  operators.forEach((operator, i) => {
    const args = given[i];
    if (operator === OPS.save) saved.push(now);
    else if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd)
      now = saved.pop() ?? now;
    else if (operator === OPS.transform) now = product(now, numbersOf(args));
    else if (operator === OPS.paintFormXObjectBegin) {
      saved.push(now);
      if (Array.isArray(args)) now = product(now, numbersOf(args[0]));
    } else if (operator === OPS.constructPath && rules.length < MAX_RULES) {
      rules.push(
        ...pathsOf(args)
          .map((it) => moved(it, now))
          .filter(isRule),
      );
    }
  });
  return rules;
}

function numbersOf(given: unknown): number[] {
  if (given instanceof Float32Array) return [...given];
  return Array.isArray(given) ? given.filter((it) => typeof it === "number") : [];
}

function product(one: Matrix, other: Matrix): Matrix {
  if (other.length !== 6) return one;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = one;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = other;
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
}

/** How many numbers follow each drawing operator of a path: to move, to a line, two curves, to close. */
const NUMBERS = [2, 2, 6, 4, 0];

/** The box around each straight piece of a path: its own shape where it is a thin rectangle, its sides where it is a wide one. */
function pathsOf(args: unknown): Box[] {
  if (!Array.isArray(args)) return [];
  const [, drawn] = args as readonly unknown[];
  const path = Array.isArray(drawn) ? numbersOf(drawn[0]) : [];
  const boxes: Box[] = [];
  let from: readonly [number, number] = [0, 0];
  for (let at = 0; at < path.length;) {
    const operator = path[at] ?? 0;
    const count = NUMBERS[operator] ?? 0;
    const to: readonly [number, number] =
      count === 0 ? from : [path[at + count - 1] ?? 0, path[at + count] ?? 0];
    if (operator === 1) boxes.push({ x0: from[0], y0: from[1], x1: to[0], y1: to[1] });
    from = to;
    at += count + 1;
  }
  return boxes;
}

function moved({ x0, y0, x1, y1 }: Box, [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Matrix): Box {
  const xs = [a * x0 + c * y0 + e, a * x1 + c * y1 + e];
  const ys = [b * x0 + d * y0 + f, b * x1 + d * y1 + f];
  return { x0: Math.min(...xs), x1: Math.max(...xs), y0: Math.min(...ys), y1: Math.max(...ys) };
}

function isRule({ x0, y0, x1, y1 }: Box): boolean {
  const [width, height] = [x1 - x0, y1 - y0];
  return Math.min(width, height) <= MAX_THICKNESS && Math.max(width, height) >= MIN_LENGTH;
}
