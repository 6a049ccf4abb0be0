/** How many words of sentences that were read by hand are cut and read right. */
import { readFile } from "node:fs/promises";
import { readDictionary } from "../../../src/terms/dictionary.ts";
import { prepareWords } from "../../../src/terms/wordByWord/wordByWord.ts";
import type { GlossReport, GlossedWord } from "../../../src/terms/wordByWord/wordByWord.ts";
import { measured, share } from "../measurements.ts";
import type { Evaluation } from "./evaluation.ts";

/** What the method was chosen on, and what it was measured on afterwards. */
export const CHECKED_WORDS = {
  tuned: "test/fixtures/word-by-word/tuned.tsv",
  measured: "test/fixtures/word-by-word/measured.tsv",
} as const;

/** Least shares of the words that must be cut right, and of these that must be read right. */
export const WORD_FLOORS = { cut: 0.97, read: 0.98 } as const;

/** A word of a checked sentence, [start, end), with the readings that are right. */
interface CheckedWord {
  readonly start: number;
  readonly end: number;
  readonly word: string;
  /** Places within it where it may be cut as well. */
  readonly mayCut: ReadonlySet<number>;
  readonly readings: readonly string[];
}

interface CheckedSentence {
  readonly sentence: string;
  readonly words: readonly CheckedWord[];
}

/** What became of a checked word. */
export interface WordOutcome extends CheckedWord {
  readonly isCut: boolean;
  readonly isRead: boolean;
  /** What was made of it. */
  readonly found: string;
}

/** Reads a file of sentences, their words and these words' readings: see the README beside it. */
export async function readCheckedWords(file: string): Promise<CheckedSentence[]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [sentence = "", words = "", readings = ""] = line.split("\t");
    return { sentence, words: checkedWords(sentence, words.split("/"), readings.split("/")) };
  });
}

function checkedWords(
  sentence: string,
  words: readonly string[],
  readings: readonly string[],
): CheckedWord[] {
  let end = 0;
  return words.map((marked, i) => {
    const parts = marked.split("·");
    const word = parts.join("");
    const start = sentence.indexOf(word, end);
    if (start < 0) throw new Error(`${word} does not stand in ${sentence}`);
    end = start + word.length;
    let cut = start;
    const mayCut = new Set(parts.map((part) => (cut += part.length)));
    return { start, end, word, mayCut, readings: alternatives(readings[i] ?? "") };
  });
}

/** All ways of reading a word of which each part has some. */
function alternatives(marked: string): string[] {
  let all = [""];
  for (const part of marked.split("·")) {
    all = all.flatMap((before) => part.split("|").map((reading) => before + reading));
  }
  return all.map(bare);
}

/** Spaces, capitals and apostrophes are a matter of spelling, not of reading. */
function bare(pinyin: string): string {
  return pinyin
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s'·]/gu, "");
}

/** Cuts and reads checked sentences. */
export function judgeWords(
  sentences: readonly CheckedSentence[],
  glossReport: GlossReport,
): WordOutcome[] {
  const gloss = glossReport(sentences.map(({ sentence }) => sentence));
  return sentences.flatMap(({ sentence, words }) => {
    const found = gloss(sentence);
    return words.map((word) => judge(word, found, sentence));
  });
}

function judge(checked: CheckedWord, all: readonly GlossedWord[], sentence: string): WordOutcome {
  const { start, end, mayCut, readings } = checked;
  const found = all.filter((it) => it.start < end && start < it.end);
  const isCut = found[0]?.start === start && found.every((it) => mayCut.has(it.end));
  const isRead = readings.includes(bare(found.map(({ pinyin }) => pinyin).join("")));
  const told = found.map((it) => `${sentence.slice(it.start, it.end)} ${it.pinyin}`).join(" / ");
  return { ...checked, isCut, isRead: isCut && isRead, found: told };
}

/** The shares of the words that are cut right, and of these that are read right. */
export function wordShares(outcomes: readonly WordOutcome[]): { cut: number; read: number } {
  const cut = outcomes.filter(({ isCut }) => isCut);
  return { cut: share(outcomes, ({ isCut }) => isCut), read: share(cut, ({ isRead }) => isRead) };
}

/** Measures both halves of the checked sentences; names what is wrong in the one on which the method was chosen. */
export async function evaluateWords(): Promise<Evaluation> {
  const glossReport = await prepareWords(await readDictionary());
  const [tuned, kept] = await Promise.all(
    [CHECKED_WORDS.tuned, CHECKED_WORDS.measured].map(async (file) =>
      judgeWords(await readCheckedWords(file), glossReport),
    ),
  );
  const shares = wordShares(kept ?? []);
  const wrong = (tuned ?? []).filter(({ isRead }) => !isRead);
  return {
    tables: [
      {
        title: "wrong, of the half on which the method was chosen",
        rows: wrong.map(({ word, readings, found }) => ({
          name: `${word} ${readings.join(" or ")}`,
          values: { found },
        })),
      },
      {
        title: "words",
        rows: [
          { name: "chosen on", values: { words: tuned?.length ?? 0, ...wordShares(tuned ?? []) } },
          { name: "measured on", values: { words: kept?.length ?? 0, ...shares } },
        ],
      },
    ],
    floors: [
      measured("words cut right", shares.cut, "", { atLeast: WORD_FLOORS.cut }),
      measured("of these, read right", shares.read, "", { atLeast: WORD_FLOORS.read }),
    ],
  };
}
