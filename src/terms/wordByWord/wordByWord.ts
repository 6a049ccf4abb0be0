/** Chinese texts word by word: each word with its reading and dictionary senses. */
import { foldHan } from "../../text/fold.ts";
import { HAN } from "../../text/hanCharsets.ts";
import type { Dictionary } from "../dictionary.ts";
import { prepareCutting } from "./cutting.ts";
import type { CutRun, WordKind } from "./cutting.ts";
import { readPersonNames } from "./personNames.ts";
import type { PersonNames } from "./personNames.ts";
import { readingByNeighbours } from "./readings.ts";
import type { Neighbourhood } from "./readings.ts";
import { prepareReadings } from "./senses.ts";
import type { ChooseReading, Reading } from "./senses.ts";
import { writePinyin } from "./toneMarks.ts";

/** A word of a text, [start, end) in UTF-16 code units. */
export interface GlossedWord {
  readonly start: number;
  readonly end: number;
  /** With the marks of its tones. */
  readonly pinyin: string;
  /** At most two of at most forty characters; none of a name or a number. */
  readonly senses: readonly string[];
}

/** The Chinese words of a text, in order. Numbers in digits, Latin words and marks stand between them. */
type GlossText = (text: string) => GlossedWord[];

/** Reads a report for its names first, and then each of its texts. */
export type GlossReport = (texts: readonly string[]) => GlossText;

/** Runs that are cut into words; many write a ring for a zero. */
const RUN =
  /(?<han>[\p{Script=Han}〇○]+)|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+(?:[.,](?=\d)\d+)*|\S/gu;

const CLAUSE_END = /^[，。；：、！？,;:!?…—（）()「」“”]$/u;

/** Words before another that are looked at. */
const MAX_CLAUSE_WORDS = 24;

/** A word or what stands between words. */
interface Piece {
  readonly start: number;
  /** As it is written, and folded. */
  readonly written: string;
  readonly folded: string;
  /** Undefined for what is no Chinese word. */
  readonly kind?: WordKind;
  /** The readings of its characters by the phrases around it. */
  readonly spelled: () => readonly string[];
}

/** The readings of a run's characters, syllables with numbers. */
type SpellRun = (run: string, isName?: boolean) => string[];

/** Prepares the words of reports: loads what names are made of, and the readings of all characters. */
export async function prepareWords(dictionary: Dictionary): Promise<GlossReport> {
  const people = await readPersonNames();
  const prepareForReport = prepareCutting(dictionary, people);
  const choose = prepareReadings(dictionary);
  const spell = await loadSpelling();
  return (texts) => {
    const cutRun = prepareForReport(texts.flatMap(runsIn));
    return (text) => glossText(text, { choose, people, cutRun, spell });
  };
}

function runsIn(text: string): string[] {
  return [...foldHan(text).matchAll(RUN)].flatMap(({ groups }) => groups?.["han"] ?? []);
}

/** What words are read with. */
interface Tools {
  readonly choose: ChooseReading;
  readonly people: PersonNames;
  readonly cutRun: CutRun;
  readonly spell: SpellRun;
}

function glossText(text: string, tools: Tools): GlossedWord[] {
  const pieces = cutText(text, tools);
  let clauseStart = 0;
  return pieces.flatMap((piece, i) => {
    if (CLAUSE_END.test(piece.folded)) clauseStart = i + 1;
    if (piece.kind === undefined) return [];
    const { start, written, folded, spelled } = piece;
    const wanted = () => readingByNeighbours(around(pieces, i, clauseStart)) ?? join(spelled());
    const { pinyin, senses } =
      readByKind(piece, tools) ??
      tools.choose({ written, folded, wanted }) ??
      plain(join(spelled()));
    // Nobody knows how it is read: it is given back as it is.
    if (HAN.test(pinyin)) return [];
    return [{ start, end: start + written.length, pinyin: writePinyin(pinyin), senses }];
  });
}

function around(pieces: readonly Piece[], i: number, clauseStart: number): Neighbourhood {
  return {
    word: pieces[i]?.folded ?? "",
    before: pieces[i - 1]?.folded ?? "",
    behind: pieces[i + 1]?.folded ?? "",
    clauseBefore: pieces
      .slice(Math.max(clauseStart, i - MAX_CLAUSE_WORDS), i)
      .map((it) => it.folded),
  };
}

function join(syllables: readonly string[]): string {
  return syllables.filter((it) => it !== "").join(" ");
}

async function loadSpelling(): Promise<SpellRun> {
  const { pinyin } = await import("pinyin-pro");
  return (run, isName = false) => {
    const syllables = pinyin(run.replaceAll("○", "〇"), {
      toneType: "num",
      type: "array",
      toneSandhi: false,
      surname: isName ? "head" : "off",
    }).map((it) => it.replace("0", "5").replace("ü", "u:"));
    // One for each code unit, so that places in the run are places among them.
    return Array.from(run).flatMap((it, i) => [syllables[i] ?? "", ...(it.length > 1 ? [""] : [])]);
  };
}

function cutText(text: string, { cutRun, spell }: Tools): Piece[] {
  const folded = foldHan(text);
  return [...folded.matchAll(RUN)].flatMap((match): Piece[] => {
    const start = match.index;
    const [run] = match;
    const piece = (from: number, to: number) => ({
      start: start + from,
      written: text.slice(start + from, start + to),
      folded: run.slice(from, to),
    });
    if (match.groups?.["han"] === undefined)
      return [{ ...piece(0, run.length), spelled: () => [] }];
    let syllables: readonly string[] | undefined;
    return cutRun(run).map(({ from, to, kind }) => ({
      ...piece(from, to),
      kind,
      spelled: () => (syllables ??= spell(run)).slice(from, to),
    }));
  });
}

/** Names and numbers, of which the dictionary says nothing. */
function readByKind({ kind, folded, spelled }: Piece, tools: Tools): Reading | undefined {
  if (kind === "person") {
    const surname = tools.people.surnameOf(folded)?.length ?? 1;
    return plain(capitalised(tools.spell(folded, true), [0, surname]));
  }
  if (kind === "place") return plain(capitalised(spelled(), [0]));
  return kind === "number" ? plain(join(spelled())) : undefined;
}

function plain(pinyin: string): Reading {
  return { pinyin, senses: [] };
}

function capitalised(syllables: readonly string[], at: readonly number[]): string {
  return syllables
    .map((it, i) => (at.includes(i) ? it.charAt(0).toUpperCase() + it.slice(1) : it))
    .join(" ");
}
