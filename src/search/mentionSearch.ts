/** Every sentence that holds some words: no ranking, no meaning, nothing left out. */
import { setImmediate } from "node:timers/promises";
import { UsageError } from "../errors.ts";
import { passageOf } from "../index/generation.ts";
import type { Generation, IndexedReport, Stretch } from "../index/generation.ts";
import type { Span } from "../report.ts";
import { FORM_END, soughtForms, wordForm } from "../terms/wordForms.ts";
import type { NumberReading, SoughtForms } from "../terms/wordForms.ts";

/** Most UTF-16 code units of the words that are looked for: a card shows all of them, and its buttons read them there. */
export const MAX_WORDS_CHARS = 200;

/** Words in quotation marks, in those of any script: they stand one behind the other. */
const PHRASE =
  /["＂“”„‟〝〞〟]([^"＂“”„‟〝〞〟]*)["＂“”„‟〝〞〟]|[«»]([^«»]*)[«»]|「([^「」]*)」|『([^『』]*)』/gu;

/** Words or phrases that a sentence must all hold. */
export type Sought = readonly SoughtForms[];

/**
 * The words that are looked for, each for itself, and those in quotation marks together.
 *
 * @throws {UsageError} if they are too many, or none.
 */
export function readWords(raw: string): Sought {
  if (raw.length > MAX_WORDS_CHARS) {
    throw new UsageError(
      `The words have ${raw.length} characters, the most is ${MAX_WORDS_CHARS}: look for fewer.`,
    );
  }
  const phrases: string[] = [];
  const rest = raw.replace(PHRASE, (_, ...said: unknown[]) => {
    const phrase = said.slice(0, 4).find((it) => typeof it === "string");
    if (typeof phrase === "string") phrases.push(phrase);
    return "\n";
  });
  const sought = [...phrases, ...rest.split(/\s+/u)].flatMap((it) => soughtForms(it) ?? []);
  if (sought.length === 0) {
    throw new UsageError("There is no word and no number to look for: type some.");
  }
  return sought;
}

/** What looking for mentions takes of an index. */
type MentionIndex = Pick<Generation, "sentences" | "passages" | "readTexts">;

/** Where mentions are looked for: in all reports or in one; and how many of them are enough. */
interface FindOptions {
  readonly report?: IndexedReport | undefined;
  readonly limit?: number;
}

/** The sentences that hold all of the words, in the reports' order. */
export type SearchMentions = (sought: Sought, options?: FindOptions) => Promise<number[]>;

/** How long other work may be kept waiting, in milliseconds. */
const SLICE_MS = 5;

/** Sentences that are read at once, and looked at before the clock is. */
const BLOCK_SENTENCES = 16;

/** Prepares the search of an index for mentions. What was read once is kept, folded. */
export function prepareMentionSearch(index: MentionIndex): SearchMentions {
  const formsOf: Readonly<Record<NumberReading, FormsOf>> = {
    asWritten: prepareForms(index, "asWritten"),
    byValue: prepareForms(index, "byValue"),
  };
  return async (sought, { report, limit = Infinity } = {}) => {
    const [first, end] = rangeOf(index, report);
    const hasNumber = sought.some(({ byValue }) => byValue.length > 0);
    const found: number[] = [];
    let since = performance.now();
    const firstBlock = Math.floor(first / BLOCK_SENTENCES);
    for (let block = firstBlock; block * BLOCK_SENTENCES < end && found.length < limit; block++) {
      const written = await formsOf.asWritten(block);
      const valued = hasNumber ? await formsOf.byValue(block) : [];
      written.forEach((form, i) => {
        const sentence = block * BLOCK_SENTENCES + i;
        if (sentence < first || sentence >= end) return;
        if (holdsAll({ asWritten: form, byValue: valued[i] ?? "" }, sought)) found.push(sentence);
      });
      if (performance.now() - since < SLICE_MS) continue;
      await setImmediate();
      since = performance.now();
    }
    return found.slice(0, limit);
  };
}

/** Whether a text that has these forms holds all of the words. */
function holdsAll(forms: Readonly<Record<NumberReading, string>>, sought: Sought): boolean {
  return sought.every(
    ({ asWritten, byValue }) =>
      asWritten.some((it) => forms.asWritten.includes(it)) ||
      byValue.some((it) => forms.byValue.includes(it)),
  );
}

/** The forms of the sentences of a block in one reading. */
type FormsOf = (block: number) => Promise<readonly string[]>;

function prepareForms(index: MentionIndex, reading: NumberReading): FormsOf {
  const kept = new Map<number, readonly string[]>();
  return async (block) => {
    const known = kept.get(block);
    if (known) return known;
    const stretches = stretchesOf(index, block);
    const texts = await index.readTexts(stretches.flat());
    const read = texts.map((text) => wordForm(text, reading))[Symbol.iterator]();
    const forms = stretches.map((ofOne) => ofOne.map(() => read.next().value ?? "").join(FORM_END));
    kept.set(block, forms);
    return forms;
  };
}

/** What stands in each sentence of a block, and with the first row of a table the heads of its columns, which are in no sentence. */
function stretchesOf(index: MentionIndex, block: number): Stretch[][] {
  const from = block * BLOCK_SENTENCES;
  return index.sentences.slice(from, from + BLOCK_SENTENCES).map(({ span }, i) => {
    const report = passageOf(index, from + i)?.report;
    if (report === undefined) throw new Error(`sentence ${from + i} is of no passage`);
    const heads = columnsOf(index, from + i);
    const isFirst = heads !== undefined && heads.start !== columnsOf(index, from + i - 1)?.start;
    return [{ report, span }, ...(isFirst ? [{ report, span: heads }] : [])];
  });
}

/** The heads of a row's columns. */
function columnsOf(index: MentionIndex, sentence: number): Span | undefined {
  const { report, block = -1 } = passageOf(index, sentence) ?? {};
  return report?.blocks[block]?.columns;
}

/** The sentences [from, to) of a report, or all. */
function rangeOf(
  { sentences, passages }: MentionIndex,
  report: IndexedReport | undefined,
): readonly [from: number, to: number] {
  if (report === undefined) return [0, sentences.length];
  const isOfIt = ({ passage }: { readonly passage: number }): boolean =>
    passages[passage]?.report === report;
  return [Math.max(0, sentences.findIndex(isOfIt)), sentences.findLastIndex(isOfIt) + 1];
}
