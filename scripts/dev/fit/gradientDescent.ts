const MOMENTUM = 0.9;

interface DescentOptions {
  readonly steps: number;
  readonly rate: number;
}

/**
 * Full-batch gradient descent with momentum, from zero.
 *
 * @param size How many values are sought.
 * @returns The values after so many steps.
 */
export function descend(
  size: number,
  { steps, rate }: DescentOptions,
  gradientOf: (values: readonly number[]) => readonly number[],
): number[] {
  const values = new Array<number>(size).fill(0);
  const speed = new Array<number>(size).fill(0);
  for (let step = 0; step < steps; step++) {
    const gradient = gradientOf(values);
    for (const k of values.keys()) {
      speed[k] = MOMENTUM * (speed[k] ?? 0) - rate * (gradient[k] ?? 0);
      values[k] = (values[k] ?? 0) + (speed[k] ?? 0);
    }
  }
  return values;
}
