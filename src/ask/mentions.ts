/** Every sentence that holds some words, page by page, in the report's words, each with its place. */
import { sha256 } from "../bytes.ts";
import { passageOf } from "../index/generation.ts";
import type { Generation, IndexedPassage, IndexedReport } from "../index/generation.ts";
import { prepareMentionSearch, readWords } from "../search/mentionSearch.ts";
import type { Sought } from "../search/mentionSearch.ts";
import { locateForms } from "../terms/wordForms.ts";
import { foldText } from "../text/fold.ts";
import { excerptsOf, placeOf } from "./excerpt.ts";
import type { Excerpt } from "./excerpt.ts";
import { prepareWordSuggestions } from "./wordSuggestions.ts";
import type { SuggestWords } from "./wordSuggestions.ts";

/** A sentence that holds the words. */
export interface Mention extends Excerpt {
  /** Where they stand in its text, in order and apart from each other; empty where that is not known. */
  readonly highlights: readonly (readonly [from: number, to: number])[];
}

/** Some of the sentences that hold the words. */
export interface MentionPage {
  /** How many there are in all. */
  readonly total: number;
  /** How many of them come before these. */
  readonly offset: number;
  readonly mentions: readonly Mention[];
}

/** A report by its names. */
export interface ReportName {
  readonly id: string;
  readonly title: string;
  /** Stands for the id where there is little room: 8 hexadecimal digits of its hash. */
  readonly key: string;
}

/** Which of the mentions are asked for. */
interface PageOptions {
  /** The id of the only report that is looked in. */
  readonly report?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** Finds sentences by their words. */
export interface Mentions {
  /**
   * The mentions from `offset` on, of all reports or of one, in the reports' order.
   *
   * @throws {UsageError} if there is no word, or there are too many.
   */
  readonly find: (words: string, options: PageOptions) => Promise<MentionPage>;
  /** What may be meant by the beginning of some words, in the words of all reports or of one. */
  readonly suggest: SuggestWords;
  /** The reports that are named so, by id, key, or a part of id or title in whatever width, case and script; the one of just that name first; all for no name. */
  readonly reportsNamed: (name: string) => readonly ReportName[];
}

/** Prepares finding sentences of an index by their words. */
export function prepareMentions(index: Generation): Mentions {
  const search = prepareMentionSearch(index);
  const suggest = prepareWordSuggestions(index, search);
  const reports = index.reports.map(({ id, title }) => ({ id, title, key: keyOf(id) }));
  const reportOf = (id: string | undefined): IndexedReport | undefined =>
    id === undefined ? undefined : index.reports.find((it) => it.id === id);
  return {
    find: async (words, { report, offset, limit }) => {
      const sought = readWords(words);
      const found = await search(sought, { report: reportOf(report) });
      const shown = found.slice(offset, offset + limit);
      return { total: found.length, offset, mentions: await mentionsOf(index, shown, sought) };
    },
    suggest: (typed, report) => suggest(typed, reportOf(report)),
    reportsNamed: (name) => reportsNamed(reports, name),
  };
}

const KEY_DIGITS = 8;

function keyOf(id: string): string {
  return sha256(id).slice(0, KEY_DIGITS);
}

function reportsNamed(reports: readonly ReportName[], name: string): readonly ReportName[] {
  const wanted = foldText(name.trim());
  const isExact = (it: ReportName): boolean => it.id === name || it.key === name;
  const others = reports.filter(
    (it) => !isExact(it) && foldText(`${it.id}\n${it.title}`).includes(wanted),
  );
  return [...reports.filter(isExact), ...others];
}

/** Sentences in the report's own words; each passage is proved as any other excerpt is. */
async function mentionsOf(
  index: Generation,
  sentences: readonly number[],
  sought: Sought,
): Promise<Mention[]> {
  const passages = sentences.flatMap((it) => passageOf(index, it) ?? []);
  const excerpts = await excerptsOf(index, passages);
  return excerpts.flatMap((excerpt, i) => {
    const [sentence, passage] = [sentences[i], passages[i]];
    if (sentence === undefined || passage === undefined) return [];
    return [mentionOf(index, { sentence, passage, excerpt }, sought)];
  });
}

interface Shown {
  readonly sentence: number;
  readonly passage: IndexedPassage;
  readonly excerpt: Excerpt;
}

function mentionOf(
  { sentences }: Generation,
  { sentence, passage, excerpt }: Shown,
  sought: Sought,
): Mention {
  const { span } = sentences[sentence] ?? passage;
  const text = excerpt.text.slice(span.start - passage.span.start, span.end - passage.span.start);
  const number = passage.sentences[0] + sentence - firstOf(sentences, sentence);
  const highlights = highlightsIn(text, sought);
  return {
    ...excerpt,
    ...placeOf({ ...passage, span, sentences: [number, number] }),
    text,
    // Where else the words stand is told in its own place.
    alsoAt: [],
    highlight: highlights[0] ?? [0, 0],
    highlights,
  };
}

/** The first sentence of the passage that a sentence belongs to. */
function firstOf(sentences: Generation["sentences"], sentence: number): number {
  let first = sentence;
  while (sentences[first - 1]?.passage === sentences[sentence]?.passage) first--;
  return first;
}

/** Where words stand in a text; stretches that touch or overlap are one. */
function highlightsIn(text: string, sought: Sought): (readonly [from: number, to: number])[] {
  const spans = sought.flatMap((words) => locateForms(text, words));
  const joined: [number, number][] = [];
  for (const { start, end } of spans.sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}
