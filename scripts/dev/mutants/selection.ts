/** Which tests see a file: those that import it, by whatever way, and those that start programs. */
import path from "node:path";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

/** Tests of the repository's own form, which no fault of the program can turn red. */
const OF_FORM = /^test\/(?:layout|readme|container|dev|quality|parse|text|terms)\b/u;

/** What tests use to start the program as a process: which files it reads then, imports do not tell. */
const STARTERS = ["test/support/process.ts", "test/support/killWriters.ts"];

/** How many tests are run first, and how many after them. */
const BATCHES = [4, 12];

/** Prepares the tests that see a file, in batches: the nearest first. */
export function prepareSelection(): (file: string) => string[][] {
  const tests = readdirSync("test", { recursive: true, encoding: "utf8" })
    .map((it) => path.posix.join("test", it))
    .filter((it) => it.endsWith(".test.ts") && !OF_FORM.test(it))
    .sort();
  const importsOf = prepareImports();
  const distances = new Map(tests.map((it) => [it, distancesFrom(it, importsOf)]));
  return (file) => {
    const distanceOf = (test: string): number => {
      const seen = distances.get(test);
      if (STARTERS.some((it) => seen?.has(it))) return LAST;
      return (seen?.get(file) ?? Infinity) - nearness(test, file);
    };
    const sorted = tests
      .map((test) => ({ test, distance: distanceOf(test) }))
      .filter(({ distance }) => distance !== Infinity)
      .sort((a, b) => a.distance - b.distance)
      .map(({ test }) => test);
    let from = 0;
    const batches = BATCHES.map((count) => sorted.slice(from, (from += count)));
    return [...batches, sorted.slice(from)].filter((it) => it.length > 0);
  };
}

/** Behind all others: a program is slow to start, and may read any file. */
const LAST = 1_000;

/** The tests of a file stand in the same folder, those of its room near it; 0..1. */
function nearness(test: string, file: string): number {
  const folders = path.dirname(file).split("/").slice(1);
  const others = path.dirname(test).split("/").slice(1);
  const shared = folders.findIndex((it, i) => it !== others[i]);
  const own = path.basename(test) === path.basename(file).replace(".ts", ".test.ts") ? 2 : 0;
  return own + (shared < 0 ? folders.length : shared) / (folders.length + 1);
}

function prepareImports(): (file: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (file) => {
    const found = known.get(file) ?? readImports(file);
    known.set(file, found);
    return found;
  };
}

function readImports(file: string): string[] {
  return ts
    .preProcessFile(readFileSync(file, "utf8"), true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((it) => it.startsWith(".") && it.endsWith(".ts"))
    .map((it) => path.posix.join(path.posix.dirname(file), it))
    .filter((it) => existsSync(it));
}

/** How many imports lead from a file to each that it sees. */
function distancesFrom(
  start: string,
  importsOf: (file: string) => readonly string[],
): ReadonlyMap<string, number> {
  const distances = new Map([[start, 0]]);
  for (const [file, distance] of distances) {
    for (const next of importsOf(file)) {
      if (!distances.has(next)) distances.set(next, distance + 1);
    }
  }
  return distances;
}
