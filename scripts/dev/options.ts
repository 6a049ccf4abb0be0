/** How the options of the developers' commands are read. */
import { UsageError } from "../../src/errors.ts";

/** For an option that may be repeated. */
export function collect(value: string, all: readonly string[]): string[] {
  return [...all, value];
}

/** @throws {UsageError} that names the option, if its value is no whole number from 1. */
export function wholeNumber(option: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new UsageError(`${option} needs a whole number from 1, not ${value}.`);
}
