/** Names of people that no dictionary has: a surname and one or two characters that names are made of. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { UserError } from "../../errors.ts";

/** In how many known names each surname stands, and each character behind one. Folded. */
interface NameCounts {
  readonly surnames: ReadonlyMap<string, number>;
  readonly given: ReadonlyMap<string, number>;
}

/** Tells names by what they are made of; all folded. */
export interface PersonNames {
  /** What it costs, as −log p, to read a run of characters as one person's name; undefined where it can be none. */
  readonly costOf: (run: string) => number | undefined;
  /** The surname with which a name begins. */
  readonly surnameOf: (name: string) => string | undefined;
}

/** Longest surname, and most characters behind it. */
const MAX_SURNAME_CHARS = 2;
const MAX_GIVEN_CHARS = 2;
export const MAX_NAME_CHARS = MAX_SURNAME_CHARS + MAX_GIVEN_CHARS;

/** Surnames and characters of fewer names are left out: among 72,842 names there are many that are none. */
const MIN_COUNT = 3;

/** The names' file, in src as in dist. */
const FILE = fileURLToPath(import.meta.resolve("#dictionary/person-names.tsv"));

/** Counts surnames, and characters behind them. */
export function countNames(
  people: Iterable<string>,
  knownSurnames: ReadonlySet<string>,
): NameCounts {
  const surnames = new Map<string, number>();
  const given = new Map<string, number>();
  for (const name of people) {
    const surname = surnameOf(name, knownSurnames);
    if (surname === undefined) continue;
    raise(surnames, surname);
    for (const character of name.slice(surname.length)) raise(given, character);
  }
  return { surnames, given };
}

/** The surname with which a name begins, the longest one; undefined where it does not end as a name does. */
function surnameOf(name: string, surnames: { has(surname: string): boolean }): string | undefined {
  for (let length = MAX_SURNAME_CHARS; length > 0; length--) {
    const behind = name.length - length;
    const surname = name.slice(0, length);
    if (behind > 0 && behind <= MAX_GIVEN_CHARS && surnames.has(surname)) return surname;
  }
  return undefined;
}

function raise(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Two lines, of surnames and of characters behind them: each with its count, with tabs between them. */
export function encodeNames({ surnames, given }: NameCounts): string {
  return [surnames, given]
    .map((counts) =>
      Array.from(counts)
        .filter(([, count]) => count >= MIN_COUNT)
        .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
        .map(([characters, count]) => `${characters}${count}`)
        .join("\t"),
    )
    .join("\n");
}

/** Reads what {@link encodeNames} gave. */
export function decodeNames(text: string): NameCounts {
  const [surnames = "", given = ""] = text.split("\n");
  return { surnames: decodeCounts(surnames), given: decodeCounts(given) };
}

function decodeCounts(line: string): Map<string, number> {
  return new Map(
    line.split("\t").map((entry) => {
      const digits = entry.search(/\d/u);
      return [entry.slice(0, digits), Number(entry.slice(digits))];
    }),
  );
}

/** Names that are made of what was counted. */
export function personNames({ surnames, given }: NameCounts): PersonNames {
  const allSurnames = sum(surnames);
  const allGiven = sum(given);
  const costOf = (run: string): number | undefined => {
    const surname = surnameOf(run, surnames);
    if (surname === undefined) return undefined;
    let cost = Math.log(allSurnames / (surnames.get(surname) ?? 1));
    for (const character of run.slice(surname.length)) {
      const count = given.get(character);
      if (count === undefined) return undefined;
      cost += Math.log(allGiven / count);
    }
    return cost;
  };
  return { costOf, surnameOf: (name) => surnameOf(name, surnames) };
}

function sum(counts: ReadonlyMap<string, number>): number {
  return Array.from(counts.values()).reduce((a, b) => a + b, 0);
}

/**
 * Reads what names are made of, which only indexing needs.
 *
 * @throws {UserError} that names the file if it is missing.
 */
export async function readPersonNames(): Promise<PersonNames> {
  try {
    return personNames(decodeNames(await readFile(FILE, "utf8")));
  } catch (cause) {
    throw new UserError(`The names ${FILE} cannot be read: restore the file.`, { cause });
  }
}
