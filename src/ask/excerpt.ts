/** Passages in the report's own words: their place, the proof of their text, the part that answers. */
import { sha256 } from "../bytes.ts";
import { sectionOf } from "../index/generation.ts";
import type { Generation, IndexedPassage } from "../index/generation.ts";
import { pageOf } from "../report.ts";
import type { Span } from "../report.ts";
import type { RankedPassage } from "../search/ranking.ts";
import type { ReadPassage } from "../search/reading/reranking.ts";
import { splitClauses } from "../text/clauses.ts";

/** Where a passage stands in its report. */
export interface Place {
  /** The report's id. */
  readonly report: string;
  /** The report's title. */
  readonly title: string;
  /** Who wrote the report and when, in its own words, and where it was published; https only. */
  readonly author?: string | undefined;
  readonly date?: string | undefined;
  readonly url?: string | undefined;
  /** The headings above, the highest first. */
  readonly section: readonly string[];
  /** Where it begins, counted from the file's first page; undefined where its format has no pages. */
  readonly page?: number | undefined;
  /** What is printed on that page where it is another, such as `iv`. */
  readonly pageLabel?: string | undefined;
  /** Counted from 1 through all lines of the report, its title and headings included. */
  readonly paragraph: number;
  /** First and last sentence in the paragraph, counted from 1, both included. */
  readonly sentences: readonly [from: number, to: number];
  /** [start, end) in the report's clean text, UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** A passage in the report's own words, read again from the stored text and proved by its hash. */
export interface Excerpt extends Place {
  /** The passage's id. */
  readonly passage: string;
  readonly text: string;
  /** The heads of its columns, of a row of a table that has some, as they stand in the report. */
  readonly columns?: string | undefined;
  /** The part that matches the question best, [from, to) in `text`; empty where nothing was asked. */
  readonly highlight: readonly [from: number, to: number];
  /** Whether it can be shown word by word, as Chinese ones can. */
  readonly hasWords?: true;
  /** Where else the same words stand. */
  readonly alsoAt: readonly Place[];
}

/**
 * Passages in the report's own words, for no question, read from the stored text and compared with the hashes that were taken when the
 * index was built.
 *
 * @throws {Error} if the words of one are not what the index promises: then nothing is shown.
 */
export async function excerptsOf(
  index: Generation,
  passages: readonly IndexedPassage[],
): Promise<Excerpt[]> {
  const texts = await index.readTexts(passages);
  const columns = await readColumns(index, passages);
  return passages.map((passage, i) => {
    const heads = columns.get(passage);
    return { ...excerptOf(index, passage, texts[i] ?? ""), ...(heads && { columns: heads }) };
  });
}

/** The heads of the columns of those passages that are rows of a table. */
async function readColumns(
  index: Generation,
  passages: readonly IndexedPassage[],
): Promise<ReadonlyMap<IndexedPassage, string>> {
  const rows = passages.flatMap((passage) => {
    const span = passage.report.blocks[passage.block]?.columns;
    // The heads themselves are a row as well.
    return span && span.start !== passage.span.start ? [{ passage, span }] : [];
  });
  const texts = await index.readTexts(
    rows.map(({ passage: { report }, span }) => ({ report, span })),
  );
  return new Map(rows.map(({ passage }, i) => [passage, texts[i] ?? ""]));
}

function excerptOf({ copies }: Generation, passage: IndexedPassage, text: string): Excerpt {
  const { id, report, textHash, foldedHash, words } = passage;
  if (sha256(text) !== textHash) {
    throw new Error(
      `passage ${id} of ${report.id} is not what the index promises: its text has changed`,
    );
  }
  const others = copies.get(foldedHash)?.filter((it) => it !== passage) ?? [];
  return {
    ...placeOf(passage),
    passage: id,
    text,
    highlight: [0, 0],
    ...(words[0] < words[1] && { hasWords: true }),
    alsoAt: others.map(placeOf),
  };
}

/** Where a passage, or a sentence in its place, stands in its report. */
export function placeOf(passage: Omit<IndexedPassage, "id" | "textHash" | "foldedHash">): Place {
  const { report, span, block, sentences } = passage;
  const { author, date, url } = report.front;
  const page = pageOf(report, span.start);
  return {
    report: report.id,
    title: report.title,
    ...(author !== undefined && { author }),
    ...(date !== undefined && { date }),
    ...(url !== undefined && { url }),
    section: sectionOf(passage)?.path ?? [],
    ...(page && { page: page.number }),
    ...(page?.label !== undefined && { pageLabel: page.label }),
    paragraph: block + 1,
    sentences,
    start: span.start,
    end: span.end,
  };
}

/**
 * The part of a passage that answers: the clauses that hold the words which the reader names, so that no number is cut from its unit and
 * no name in two; of a passage that was not read, the clause that matches the question best.
 *
 * @param text The passage's text.
 * @returns [from, to) in `text`.
 */
export function highlightOf(
  index: Pick<Generation, "sentences">,
  ranked: ReadPassage,
  text: string,
): [from: number, to: number] {
  const { passage, reading } = ranked;
  if (reading === undefined) return matchedClause(index, ranked, text);
  const start = reading.span.start - passage.span.start;
  const end = reading.span.end - passage.span.start;
  const clauses = splitClauses(text, { start: 0, end: text.length });
  const held = clauses.filter((it) => it.start < end && start < it.end);
  return [held[0]?.start ?? 0, held.at(-1)?.end ?? text.length];
}

/**
 * The clause whose tokens hold the most of the question's weight, by the token alignments of the late interaction.
 *
 * @returns [from, to) in `text`.
 */
function matchedClause(
  { sentences }: Pick<Generation, "sentences">,
  { passage, match, weights }: RankedPassage,
  text: string,
): [from: number, to: number] {
  const sentence = sentences[match.sentence];
  if (sentence === undefined) return [0, text.length];
  const start = sentence.span.start - passage.span.start;
  const clauses = splitClauses(text, { start, end: sentence.span.end - passage.span.start });
  const shares = clauses.map(() => 0);
  match.interaction.matches.forEach((token, t) => {
    const clause = clauseAt(clauses, start + (match.spans[2 * token] ?? 0));
    const gain = (weights[t] ?? 0) * Math.max(0, match.interaction.maxima[t] ?? 0);
    shares[clause] = (shares[clause] ?? 0) + gain;
  });
  const best = clauses[shares.indexOf(Math.max(...shares))];
  return best ? [best.start, best.end] : [0, text.length];
}

function clauseAt(clauses: readonly Span[], place: number): number {
  const after = clauses.findIndex(({ end }) => place < end);
  return after < 0 ? clauses.length - 1 : after;
}
