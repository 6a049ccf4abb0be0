/** What may be meant by words that are still being typed: words that the reports have, as they write them. */
import { passageOf } from "../index/generation.ts";
import type { Generation, IndexedReport } from "../index/generation.ts";
import type { SearchMentions } from "../search/mentionSearch.ts";
import { soughtForms } from "../terms/wordForms.ts";
import { foldHan, foldText } from "../text/fold.ts";

/** Completions of what was typed, the likeliest first. */
type Suggest<Report> = (typed: string, report?: Report) => Promise<string[]>;

/** The same, of the reports or of one by its id. */
export type SuggestWords = Suggest<string>;

/** Sentences that are looked at: the first that hold what was typed. */
const MAX_SENTENCES = 100;

/** Completions that are made. */
const MAX_SUGGESTIONS = 25;

/** Words that one completion has. */
const MAX_WORDS = 4;

/** Letters of a word that is offered before anything is typed: shorter ones are mostly grammar. */
const MIN_CHARS = { spaced: 4, unspaced: 2 };

const SPACED = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** What parts the words that are typed. */
const BETWEEN = /[\s"＂“”„‟「」『』«»]/u;

/** A possible completion, and how often it was met. */
interface Candidate {
  readonly text: string;
  /** Whether it begins with what was typed, or else holds it. */
  readonly isBeginning: boolean;
  count: number;
}

/** Prepares suggestions from the texts of an index. */
export function prepareWordSuggestions(
  index: Pick<Generation, "sentences" | "passages" | "readTexts">,
  search: SearchMentions,
): Suggest<IndexedReport> {
  return async (typed, report) => {
    const last = typed.split(BETWEEN).at(-1) ?? "";
    const before = typed.slice(0, typed.length - last.length);
    const forms = soughtForms(last)?.asWritten.map((it) => it.trim());
    if (last !== "" && forms === undefined) return [];
    // Without the blanks around it a word's part is found as well.
    const sentences = forms
      ? await search([{ asWritten: forms, byValue: [] }], { report, limit: MAX_SENTENCES })
      : headingsOf(index, report);
    const candidates = new Map<string, Candidate>();
    for (const text of await readSentences(index, sentences)) {
      gather(text, foldText(last), candidates);
    }
    return ranked([...candidates.values()]).map(({ text }) => before + quoted(text, before));
  };
}

function ranked(candidates: readonly Candidate[]): Candidate[] {
  return candidates
    .toSorted((a, b) => Number(b.isBeginning) - Number(a.isBeginning) || b.count - a.count)
    .slice(0, MAX_SUGGESTIONS);
}

/** Words with a blank between them are meant together. */
function quoted(text: string, before: string): string {
  const isOpen = (before.match(/"/gu)?.length ?? 0) % 2 === 1;
  if (isOpen) return `${text}"`;
  return /\s/u.test(text) ? `"${text}"` : text;
}

function headingsOf(
  index: Pick<Generation, "sentences" | "passages">,
  report: IndexedReport | undefined,
): number[] {
  const found: number[] = [];
  for (let i = 0; i < index.sentences.length && found.length < MAX_SENTENCES; i++) {
    const isHeading = index.sentences[i]?.kind === "heading";
    if (isHeading && (!report || passageOf(index, i)?.report === report)) found.push(i);
  }
  return found;
}

function readSentences(
  index: Pick<Generation, "sentences" | "passages" | "readTexts">,
  sentences: readonly number[],
): Promise<string[]> {
  return index.readTexts(
    sentences.flatMap((number) => {
      const [sentence, passage] = [index.sentences[number], passageOf(index, number)];
      return sentence && passage ? [{ report: passage.report, span: sentence.span }] : [];
    }),
  );
}

let segmenter: Intl.Segmenter | undefined;

/** The runs of words of a text that hold what was typed: the shortest, and the one that is a word longer. */
function gather(text: string, typed: string, candidates: Map<string, Candidate>): void {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
  // Folded for the segmenter's dictionary, which knows fewer Traditional words; the places stay.
  const words = [...segmenter.segment(foldHan(text))].filter(({ isWordLike }) => isWordLike);
  words.forEach(({ index: start, segment }, first) => {
    if (typed === "" && !isTelling(segment)) return;
    let shortest = Infinity;
    for (let count = 1; count <= Math.min(MAX_WORDS, shortest + 1); count++) {
      const [previous, last] = [words[first + count - 2], words[first + count - 1]];
      if (last === undefined || (count > 1 && previous && !isBeside(text, previous, last))) return;
      const run = text.slice(start, last.index + last.segment.length);
      const at = foldText(run).indexOf(typed);
      // What begins behind the first word is another run's.
      if (at < 0 || at >= foldText(segment).length) continue;
      shortest = Math.min(shortest, count);
      add(candidates, { text: run, isBeginning: at === 0, count: 1 });
      if (typed === "") return;
    }
  });
}

function isTelling(word: string): boolean {
  return word.length >= (SPACED.test(word) ? MIN_CHARS.spaced : MIN_CHARS.unspaced);
}

/** Whether nothing or one space stands between two words. */
function isBeside(text: string, a: Intl.SegmentData, b: Intl.SegmentData): boolean {
  const end = a.index + a.segment.length;
  return b.index === end || (b.index === end + 1 && text.charAt(end) === " ");
}

function add(candidates: Map<string, Candidate>, candidate: Candidate): void {
  const key = foldText(candidate.text);
  const known = candidates.get(key);
  if (known) known.count++;
  else candidates.set(key, candidate);
}
