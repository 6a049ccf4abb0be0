/** The words of a text in their order, as strings that are equal where the words are. */
import type { Span } from "../report.ts";
import { foldText, foldTraced } from "../text/fold.ts";
import { originOf, rewrite, rewriteTraced, untouched } from "../text/tracedText.ts";
import type { Rewrite, TracedText } from "../text/tracedText.ts";
import { piecesAround } from "../text/wordSymbols.ts";
import { locateDigits } from "./numbers/digits.ts";
import { ALL_NUMBERS, DIGITS_ALONE } from "./numbers/numberTokens.ts";
import { locateNumbers } from "./numbers/numbers.ts";
import type { LocatedNumber } from "./numbers/numbers.ts";

/** What is not seen, and may stand within a word. */
const INVISIBLE: Rewrite = [/[\p{Surrogate}\p{Cf}\uFE00-\uFE0F]/gu, () => ""];

/** How these are folded depends on a neighbour, which the words that are looked for may not have. */
const LONE = new Map(Object.entries({ 著: "着", 甚: "什", ς: "σ" }));
const WITHOUT_NEIGHBOURS: Rewrite = [/[著甚ς]/gu, (it) => LONE.get(it) ?? it];

/** Blanks, dashes, apostrophes, quotation marks and middle dots part no words: `“三無”小區` is 三無小區. */
const SKIPPED = /^(?:[^\S\t]|\p{Pd}|[\p{Pi}\p{Pf}−'’ʼ´`"„‟〝〞〟「」『』〈〉《》·・•‧∙])/u;

/** Marks that end a clause: around words that are looked for they say nothing. */
const CLAUSE_MARK = /^[,.;:!?、。‥؟،؛।॥]/u;

const LETTER_OR_NUMBER = /^[\p{L}\p{M}\p{N}]/u;

/**
 * How the numbers of a text are read: as they are written, so that 3.5萬 is 3.5 and 萬, and 三 a letter; or by their values, so that 3.5萬
 * and 三万五 are both 35000.
 */
export type NumberReading = "asWritten" | "byValue";

interface Reader {
  /** What is done before the text is folded, and after. */
  readonly before: readonly Rewrite[];
  readonly after: readonly Rewrite[];
  readonly locate: (normal: string) => readonly LocatedNumber[];
}

/** Raised and circled numbers are set apart, so that none becomes a digit of the number beside it: `5 km² 300`. */
const APART: Rewrite = [/[\p{No}\u33A0-\u33A6]/gu, (it) => `·${it.normalize("NFKC")}·`];

const READERS: Readonly<Record<NumberReading, Reader>> = {
  asWritten: {
    before: [INVISIBLE, APART, ...DIGITS_ALONE.before],
    after: [WITHOUT_NEIGHBOURS, ...DIGITS_ALONE.after],
    locate: locateDigits,
  },
  byValue: {
    before: [INVISIBLE, ...ALL_NUMBERS.before],
    after: [WITHOUT_NEIGHBOURS, ...ALL_NUMBERS.after],
    locate: locateNumbers,
  },
};

/** A word, a number, letters of a script without blanks, or a mark; where it stands in the text after {@link normalise}. */
interface Unit extends Span {
  readonly kind: "word" | "number" | "letters" | "mark";
  readonly text: string;
}

/** Stands between forms in one string, such as the two of a text whose digits can be read in two ways (35.000). */
export const FORM_END = "\n";

/**
 * The words of a text in their order, as a string that holds the one of other words where these stand in the text, one behind the other:
 * whole words in scripts with blanks, any stretch in scripts without. All is folded as for search; what {@link SKIPPED} is parts no
 * words, any other mark counts as one.
 *
 * @returns Empty where no number stands that could be read by its value.
 */
export function wordForm(text: string, reading: NumberReading): string {
  return formsOf(text, reading, (units) => units).join(FORM_END);
}

/** Words that stand one behind the other, as they are looked for: in one of these strings in either reading. */
export type SoughtForms = Readonly<Record<NumberReading, readonly string[]>>;

/** The forms of words that are looked for, without the marks around them; undefined where there is no word. */
export function soughtForms(text: string): SoughtForms | undefined {
  const asWritten = formsOf(text, "asWritten", trimMarks);
  if (!asWritten.some((form) => /[\p{L}\p{N}]/u.test(form))) return undefined;
  return { asWritten, byValue: formsOf(text, "byValue", trimMarks) };
}

function formsOf(
  text: string,
  reading: NumberReading,
  change: (units: readonly Unit[]) => readonly Unit[],
): string[] {
  const reader = READERS[reading];
  const normal = normalise(text, reader);
  const numbers = reader.locate(normal);
  if (reading === "byValue" && numbers.length === 0) return [];
  return choicesOf(numbers).map((choice) => join(change(unitsOf(normal, numbers, choice))).form);
}

/** Which of several readings of the same digits: all the first one, or all the second. */
function choicesOf(numbers: readonly LocatedNumber[]): readonly number[] {
  return numbers.some(({ isOneOf, numbers: { length } }) => isOneOf && length > 1) ? [0, 1] : [0];
}

function normalise(text: string, { before, after }: Reader): string {
  return rewrite(foldText(rewrite(text, before)), after);
}

function normaliseTraced(text: string, { before, after }: Reader): TracedText | undefined {
  const folded = foldTraced(rewriteTraced(untouched(text), before));
  return folded && rewriteTraced(folded, after);
}

function unitsOf(normal: string, numbers: readonly LocatedNumber[], choice: number): Unit[] {
  const units = piecesAround(normal, numbers).flatMap((piece): Unit[] => {
    if (piece.kind !== "other") return [{ ...piece, kind: piece.kind }];
    if (SKIPPED.test(piece.text)) return [];
    return [{ ...piece, kind: LETTER_OR_NUMBER.test(piece.text) ? "letters" : "mark" }];
  });
  if (numbers.length === 0) return units;
  const read = numbers.flatMap(({ start, end, numbers: values, isOneOf }) => {
    const chosen = isOneOf ? [values[choice] ?? values[0] ?? ""] : values;
    return chosen.map((text): Unit => ({ kind: "number", text, start, end }));
  });
  return [...units, ...read].sort((a, b) => a.start - b.start);
}

/** Letters one by one, each with its marks. */
function apart(unit: Unit): readonly Unit[] {
  if (unit.kind !== "letters") return [unit];
  return Array.from(unit.text.matchAll(/[^]\p{M}*/gu), ({ 0: text, index }) => {
    const start = unit.start + index;
    return { ...unit, text, start, end: start + text.length };
  });
}

function trimMarks(units: readonly Unit[]): readonly Unit[] {
  const isSaid = ({ kind, text }: Unit): boolean => kind !== "mark" || !CLAUSE_MARK.test(text);
  return units.slice(Math.max(0, units.findIndex(isSaid)), units.findLastIndex(isSaid) + 1);
}

/** How a unit stands in a form. Words and numbers have a blank on both sides, so that no part of one is found. */
const WRITTEN: Readonly<Record<Unit["kind"], (text: string) => string>> = {
  word: (text) => ` ${text} `,
  number: (text) => ` =${text} `,
  letters: (text) => text,
  // No word has this control before it: the + of C++ is no mark.
  mark: (text) => `\u0001${text === "、" ? "," : text}`,
};

interface JoinedUnits {
  readonly form: string;
  /** Where each unit stands in the form; neighbours share the blank between them. */
  readonly places: readonly Span[];
}

function join(units: readonly Unit[]): JoinedUnits {
  const written: string[] = [];
  let length = 0;
  let isAfterBlank = false;
  const places = units.map(({ kind, text }) => {
    const own = WRITTEN[kind](text);
    const isShared = isAfterBlank && own.startsWith(" ");
    const start = length - (isShared ? 1 : 0);
    written.push(isShared ? own.slice(1) : own);
    length = start + own.length;
    isAfterBlank = own.endsWith(" ");
    return { start, end: length };
  });
  return { form: written.join(""), places };
}

/** Where a text holds words that are looked for, in order; stretches may overlap. Empty for a text whose letters are broken. */
export function locateForms(text: string, sought: SoughtForms): Span[] {
  const found = (["asWritten", "byValue"] as const).flatMap((reading) => {
    const reader = READERS[reading];
    const traced = normaliseTraced(text, reader);
    if (traced === undefined) return [];
    const numbers = reader.locate(traced.text);
    return choicesOf(numbers).flatMap((choice) => {
      const units = unitsOf(traced.text, numbers, choice).flatMap(apart);
      const joined = join(units);
      return sought[reading]
        .flatMap((form) => occurrences(joined, form))
        .flatMap(([first, last]) => {
          const [from, to] = [units[first], units[last]];
          if (from === undefined || to === undefined) return [];
          const [start, end] = originOf(traced, from.start, to.end);
          return [{ start, end }];
        });
    });
  });
  return found.sort((a, b) => a.start - b.start);
}

/** The first and the last unit of each place where words stand in others. */
function occurrences({ form, places }: JoinedUnits, sought: string): [number, number][] {
  const found: [number, number][] = [];
  let [first, last] = [0, 0];
  for (let at = form.indexOf(sought); at >= 0; at = form.indexOf(sought, at + 1)) {
    while ((places[first + 1]?.start ?? Infinity) <= at) first++;
    // A letter's marks are shown with it.
    while ((places[last]?.end ?? Infinity) < at + sought.length) last++;
    found.push([first, last]);
  }
  return found;
}
