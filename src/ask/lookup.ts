/** Passages without a question: by id, by paragraph, by section, by the words of a heading. */
import { kindOf, sectionOf } from "../index/generation.ts";
import type { Generation, IndexedPassage } from "../index/generation.ts";
import { foldText } from "../text/fold.ts";
import { findApproved, prepareResolver } from "./approvedAnswers.ts";
import type { ApprovedAnswers, PassageReference, Resolve } from "./approvedAnswers.ts";
import { excerptsOf } from "./excerpt.ts";
import type { Excerpt } from "./excerpt.ts";
import { piecesOf } from "./passageWords.ts";
import type { WordPiece } from "./passageWords.ts";
import type { ComparedQuestion } from "./similarQuestions.ts";

/** A heading that can be asked for. */
interface HeadingEntry {
  /** The headings from the highest level down to this one. */
  readonly path: readonly string[];
  /** The id of the heading's own passage. */
  readonly passage: string;
}

/** A paragraph, and which paragraphs with text stand before and after it. */
export interface Paragraph {
  /** Which report, counted from 0. */
  readonly report: number;
  /** All of it; what was asked for is highlighted. */
  readonly excerpt: Excerpt;
  /** Paragraph numbers; undefined at the report's ends. */
  readonly previous: number | undefined;
  readonly next: number | undefined;
}

/** Most paragraphs of a section that are shown at once. */
const MAX_SECTION_PARAGRAPHS = 12;

/** Finds what is asked for by its place. */
export interface Lookup {
  /** The passages of these ids, those that are there. */
  readonly passages: (ids: readonly string[]) => Promise<Excerpt[]>;
  /** A Chinese passage word by word; undefined if there is no such passage, or if it is not Chinese. */
  readonly words: (id: string) => Promise<WordPiece[] | undefined>;
  /** The paragraph that a passage stands in. */
  readonly paragraphOf: (id: string) => Promise<Paragraph | undefined>;
  /** @param paragraph Counted from 1, as places are. */
  readonly paragraph: (report: number, paragraph: number) => Promise<Paragraph | undefined>;
  /** All headings, in the order of the reports. */
  readonly headings: readonly HeadingEntry[];
  /** The paragraphs below the heading of this id, itself first; empty if there is no such heading. */
  readonly section: (headingId: string) => Promise<Excerpt[]>;
  /** The headings with these words in them or above them, in whatever width, case and script; all of them for no words. */
  readonly headingsWith: (words: string) => readonly HeadingEntry[];
  /** The passage that people name, by its id or by words of a heading, of which the first that holds them is meant; in whatever width, case and script. */
  readonly named: (what: string) => string | undefined;
  /** What people name, as it is cited: a passage, or the beginning of a heading's section; empty if nothing is named so. */
  readonly cite: (what: string) => Promise<Excerpt[]>;
  /** What an approval keeps of a passage; undefined if there is no such passage. */
  readonly reference: (id: string) => PassageReference | undefined;
  /** The passages of the approved answer that is served for a question of which the search says nothing; empty if there is none. */
  readonly approved: (approved: ApprovedAnswers, asked: ComparedQuestion) => Promise<Excerpt[]>;
  /** The passages that are referred to, as they stand now; undefined for one whose words stand nowhere. */
  readonly resolve: (references: readonly PassageReference[]) => Promise<(Excerpt | undefined)[]>;
}

/** What lookups in an index work with. */
interface Prepared {
  readonly index: Generation;
  readonly byId: ReadonlyMap<string, IndexedPassage>;
  readonly resolve: Resolve;
}

/** Prepares lookups in an index. */
export function prepareLookup(index: Generation): Lookup {
  const byId = new Map(index.passages.map((passage) => [passage.id, passage]));
  const prepared = { index, byId, resolve: prepareResolver(index) };
  const headings = headingsOf(index);
  const headingsWith = prepareHeadingSearch(headings);
  const passages = (ids: readonly string[]): Promise<Excerpt[]> =>
    excerptsOf(
      index,
      ids.flatMap((id) => byId.get(id) ?? []),
    );
  const named = (what: string): string | undefined => {
    const key = headingKey(what);
    if (byId.has(key)) return key;
    return key === "" ? undefined : headingsWith(what)[0]?.passage;
  };
  return {
    passages,
    words: (id) => readWords(prepared, id),
    paragraphOf: (id) => paragraphOf(prepared, id),
    paragraph: (report, number) => readParagraph(index, { report, number }),
    headings,
    headingsWith,
    named,
    section: (headingId) => readSection(prepared, headingId),
    cite: async (what) => {
      const id = named(what);
      if (id === undefined) return [];
      const section = await readSection(prepared, id);
      return section.length > 0 ? section.slice(0, MAX_SECTION_PARAGRAPHS) : passages([id]);
    },
    reference: (id) => {
      const found = byId.get(id);
      return found && { id, words: found.foldedHash };
    },
    approved: (approved, asked) =>
      excerptsOf(index, findApproved(approved, asked, [], prepared.resolve)?.passages ?? []),
    resolve: (references) => resolveAll(prepared, references),
  };
}

function headingsOf({ passages }: Generation): HeadingEntry[] {
  return passages
    .filter((passage) => kindOf(passage) === "heading")
    .map((passage) => ({ path: sectionOf(passage)?.path ?? [], passage: passage.id }));
}

function prepareHeadingSearch(headings: readonly HeadingEntry[]): Lookup["headingsWith"] {
  let keys: readonly string[] | undefined;
  return (words) => {
    const wanted = headingKey(words);
    const all = (keys ??= headings.map(({ path }) => headingKey(path.join(" "))));
    return headings.filter((_, i) => all[i]?.includes(wanted));
  };
}

/** What can be seen of words, folded, without the spaces between them. */
function headingKey(words: string): string {
  return foldText(words).replace(/[\s\p{Cf}]+/gu, "");
}

async function resolveAll(
  { index, resolve }: Prepared,
  references: readonly PassageReference[],
): Promise<(Excerpt | undefined)[]> {
  const found = references.map(resolve);
  const excerpts = await excerptsOf(
    index,
    found.flatMap((it) => it ?? []),
  );
  return found.map((it) => excerpts.find(({ passage }) => passage === it?.id));
}

async function readWords({ index, byId }: Prepared, id: string): Promise<WordPiece[] | undefined> {
  const passage = byId.get(id);
  if (passage === undefined) return undefined;
  const [excerpt] = await excerptsOf(index, [passage]);
  const [words = []] = await index.readWords([passage]);
  return excerpt && words.length > 0 ? piecesOf(excerpt.text, words) : undefined;
}

async function paragraphOf({ index, byId }: Prepared, id: string): Promise<Paragraph | undefined> {
  const found = byId.get(id);
  if (found === undefined) return undefined;
  const report = index.reports.indexOf(found.report);
  return readParagraph(index, { report, number: found.block + 1 }, found);
}

async function readParagraph(
  index: Generation,
  { report, number }: { readonly report: number; readonly number: number },
  asked?: IndexedPassage,
): Promise<Paragraph | undefined> {
  const all = index.passages.filter((it) => it.report === index.reports[report]);
  const inside = all.filter(({ block }) => block === number - 1);
  if (inside.length === 0) return undefined;
  const numberOf = (passage?: IndexedPassage): number | undefined => passage && passage.block + 1;
  return {
    report,
    excerpt: await joinPassages(index, inside, asked),
    previous: numberOf(all.findLast(({ block }) => block < number - 1)),
    next: numberOf(all.find(({ block }) => block > number - 1)),
  };
}

/** The paragraphs of the section that a heading begins, itself first. */
async function readSection({ index, byId }: Prepared, headingId: string): Promise<Excerpt[]> {
  const heading = byId.get(headingId);
  if (heading === undefined || kindOf(heading) !== "heading") return [];
  const section = sectionOf(heading);
  const inside = index.passages.filter(
    (it) => it.report === heading.report && sectionOf(it) === section,
  );
  const blocks = [...new Set(inside.map(({ block }) => block))];
  return Promise.all(
    blocks.map((block) =>
      joinPassages(
        index,
        inside.filter((it) => it.block === block),
      ),
    ),
  );
}

/** Neighbouring passages as one excerpt, each proved, with what stands between them. */
async function joinPassages(
  index: Generation,
  passages: readonly IndexedPassage[],
  asked?: IndexedPassage,
): Promise<Excerpt> {
  const excerpts = await excerptsOf(index, passages);
  const named = asked ?? passages[0];
  const own = excerpts.find(({ passage }) => passage === named?.id);
  const [first, last] = [excerpts[0], excerpts.at(-1)];
  if (first === undefined || last === undefined || named === undefined || own === undefined) {
    throw new Error("no passages to join");
  }
  const { start } = first;
  const { end } = last;
  const [text = ""] = await index.readTexts([{ report: named.report, span: { start, end } }]);
  const isProved = excerpts.every((it) => text.slice(it.start - start, it.end - start) === it.text);
  if (!isProved) throw new Error(`the passages around ${named.id} do not join`);
  return {
    ...own,
    page: first.page,
    pageLabel: first.pageLabel,
    text,
    start,
    end,
    sentences: [first.sentences[0], last.sentences[1]],
    highlight: asked ? [asked.span.start - start, asked.span.end - start] : [0, 0],
  };
}
