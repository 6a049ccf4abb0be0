/** Chinese texts cut into words: those of the dictionary by how often they are used, numbers, names of people and places. Pure. */
import { countOf } from "../dictionary.ts";
import type { Dictionary } from "../dictionary.ts";
import { cheapestWay } from "./lattice.ts";
import type { Edge } from "./lattice.ts";
import { MAX_NAME_CHARS } from "./personNames.ts";
import type { PersonNames } from "./personNames.ts";

/** What a word is: one of the dictionary, a name that it does not have, a number in characters, or characters that are kept as they are. */
export type WordKind = "word" | "person" | "place" | "number" | "unknown";

/** A word and its place in a run, [from, to). */
interface CutWord {
  readonly from: number;
  readonly to: number;
  readonly kind: WordKind;
}

/** Cuts a run of folded Han characters: the words in order, of which each begins where the one before ends. */
export type CutRun = (run: string) => CutWord[];

/** Cuts with what the runs of one report tell of the names in it. */
type PrepareForReport = (runs: readonly string[]) => CutRun;

/** Longest word of the dictionary that is looked for: a proverb of two halves. */
const MAX_WORD_CHARS = 9;

/** The words that were counted, all together. */
const ALL_COUNTED = 60_101_964;

/**
 * What is added to the count of a word of one, two or more characters: what was counted is decades old, and words of today (初心, 抓手)
 * were rare in it. This and the costs below, each −log p, were chosen on test/fixtures/word-by-word/tuned.tsv.
 */
const MORE_COUNTS = [1, 60, 40] as const;

const PERSON_COST = 6;
const PLACE_COST = 8;
const PLACE_CHARACTER_COST = 7;
const NUMBER_COST = 4;
const DIGIT_COST = 0.3;

/** Of a name that the same report has told to be one. */
const KNOWN_NAME_COST = 12;

/** More than any word's: a character that the dictionary does not have. */
const UNKNOWN_COST = 25;

const DIGIT = /[〇○零一二三四五六七八九十百千万亿两]/u;
const NUMBER = /^[〇○零一二三四五六七八九十百千万亿两]{2,}$/u;

/** What names of places end in, behind two or three characters of their own; names of people do not end in the first of these. */
const PLACE =
  /^(?<stem>[^省市县区镇乡村]{2,3})(?:省|市|县|区|镇|乡|村|旗|州|屯|寨|湾|港|岛|湖|河|江|山|路|街|社区)$/u;
const PLACE_ALONE = /[省市县区镇乡村]$/u;
const MAX_PLACE_CHARS = 5;

/** A pair of characters is kept together if one of them is rare, and in this report stands mostly beside the other. */
const RARE_COUNT = 600;
const MIN_MENTIONS = 2;
const MIN_PAIRED_SHARE = 0.8;

/** Prepares the cutting of the reports' runs. */
export function prepareCutting(dictionary: Dictionary, people: PersonNames): PrepareForReport {
  const countedKinds = (text: string): PricedKind[] => kindsOf(text, dictionary, people);
  const isRare = (character: string): boolean => (countOf(dictionary, character) ?? 0) < RARE_COUNT;
  return (runs) => {
    const cutFirst = cutBy(countedKinds);
    const names = namesIn(runs, cutFirst, isRare);
    return cutBy((text) => {
      const kind = names.get(text);
      if (kind === undefined) return countedKinds(text);
      const others = countedKinds(text).filter((it) => it.kind !== "person" || kind === "person");
      return [...others, { kind, cost: KNOWN_NAME_COST }];
    });
  };
}

/** What a run of characters may be, and what that costs. */
interface PricedKind {
  readonly kind: WordKind;
  readonly cost: number;
}

function cutBy(kinds: (text: string) => readonly PricedKind[]): CutRun {
  return (run) => {
    const numberEnds = endsOfNumbers(run);
    const way = cheapestWay(run.length, function* (to): Generator<Edge<WordKind>> {
      for (let from = Math.max(0, to - MAX_WORD_CHARS); from < to; from++) {
        // The last digit of a number begins no other word: 四十一|个, not 四十|一个.
        const isWithinNumber = from > 0 && numberEnds[from] === numberEnds[from - 1];
        if (isWithinNumber && to > (numberEnds[from] ?? to)) continue;
        for (const { kind, cost } of kinds(run.slice(from, to))) {
          yield { from, to, cost, word: kind };
        }
      }
    });
    return way.map(({ from, to, word }) => ({ from, to, kind: word }));
  };
}

/** Of each character that is a digit the place behind the last one of its number; undefined of the others. */
function endsOfNumbers(run: string): (number | undefined)[] {
  const ends: (number | undefined)[] = [];
  for (let i = run.length - 1; i >= 0; i--) {
    ends[i] = DIGIT.test(run.charAt(i)) ? (ends[i + 1] ?? i + 1) : undefined;
  }
  return ends;
}

function kindsOf(text: string, dictionary: Dictionary, people: PersonNames): PricedKind[] {
  const kinds: PricedKind[] = [];
  const count = countOf(dictionary, text);
  if (count !== undefined) kinds.push({ kind: "word", cost: wordCost(count, text.length) });
  else if (isCharacter(text)) kinds.push({ kind: "unknown", cost: UNKNOWN_COST });
  if (NUMBER.test(text)) {
    kinds.push({ kind: "number", cost: NUMBER_COST + DIGIT_COST * text.length });
  }
  if (text.length <= MAX_PLACE_CHARS && PLACE.test(text)) {
    kinds.push({ kind: "place", cost: PLACE_COST + PLACE_CHARACTER_COST * text.length });
  } else if (text.length <= MAX_NAME_CHARS && !PLACE_ALONE.test(text)) {
    const cost = people.costOf(text);
    if (cost !== undefined) kinds.push({ kind: "person", cost: PERSON_COST + cost });
  }
  return kinds;
}

/** Whether a text is one character, be it of two code units. */
function isCharacter(text: string): boolean {
  return /^\P{Surrogate}$/u.test(text);
}

function wordCost(count: number, length: number): number {
  return Math.log(ALL_COUNTED / (count + (MORE_COUNTS[length - 1] ?? MORE_COUNTS[2])));
}

/** What the words of a report's runs tell of the names in it. */
interface NameCounts {
  /** What places are called without what their names end in. */
  readonly stems: Set<string>;
  readonly people: Map<string, number>;
  /** Words of one character, and two of them side by side. */
  readonly single: Map<string, number>;
  readonly pairs: Map<string, number>;
}

/** The names that a report's runs tell by more than one of their places. */
function namesIn(
  runs: readonly string[],
  cut: CutRun,
  isRare: (character: string) => boolean,
): Map<string, WordKind> {
  const counts: NameCounts = {
    stems: new Set(),
    people: new Map(),
    single: new Map(),
    pairs: new Map(),
  };
  for (const run of runs) countNames(run, cut(run), counts);
  const { stems, people, single, pairs } = counts;
  const isMostly = (count: number, character: string): boolean =>
    isRare(character) && count >= MIN_PAIRED_SHARE * (single.get(character) ?? 0);
  const isPair = ([pair, count]: readonly [string, number]): boolean =>
    count >= MIN_MENTIONS && Array.from(pair).some((character) => isMostly(count, character));
  const isKnown = ([, count]: readonly [string, number]): boolean => count >= MIN_MENTIONS;
  return new Map<string, WordKind>([
    ...[...pairs].filter(isPair).map(([pair]) => [pair, "unknown"] as const),
    ...[...people].filter(isKnown).map(([name]) => [name, "person"] as const),
    ...[...stems].map((stem) => [stem, "place"] as const),
  ]);
}

function countNames(run: string, words: readonly CutWord[], counts: NameCounts): void {
  words.forEach(({ from, to, kind }, i) => {
    const word = run.slice(from, to);
    const stem = kind === "place" ? PLACE.exec(word)?.groups?.["stem"] : undefined;
    if (stem !== undefined) counts.stems.add(stem);
    if (kind === "person") raise(counts.people, word);
    if (to - from > 1) return;
    raise(counts.single, word);
    if (words[i - 1]?.from === from - 1) raise(counts.pairs, run.slice(from - 1, to));
  });
}

function raise(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
