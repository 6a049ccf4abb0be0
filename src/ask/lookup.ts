/** Passages without a question: by id, by paragraph, by section. */
import type { Generation, IndexedPassage } from "../index/generation.ts";
import { excerptOf } from "./answer.ts";
import type { Excerpt } from "./answer.ts";
import { prepareResolver } from "./approvedAnswers.ts";
import type { PassageReference } from "./approvedAnswers.ts";

/** A heading that can be asked for. */
export interface HeadingEntry {
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

/** Finds what is asked for by its place. */
export interface Lookup {
  readonly passage: (id: string) => Excerpt | undefined;
  /** The paragraph that a passage stands in. */
  readonly paragraphOf: (id: string) => Paragraph | undefined;
  /** @param paragraph Counted from 1, as places are. */
  readonly paragraph: (report: number, paragraph: number) => Paragraph | undefined;
  /** All headings, in the order of the reports. */
  readonly headings: readonly HeadingEntry[];
  /** The paragraphs below the heading of this id, itself first; empty if there is no such heading. */
  readonly section: (headingId: string) => readonly Excerpt[];
  /** What an approval keeps of a passage. */
  readonly reference: (id: string) => PassageReference | undefined;
  /** The passage that is referred to, as it stands now; undefined if its words stand nowhere. */
  readonly resolve: (reference: PassageReference) => Excerpt | undefined;
}

/** Prepares lookups in an index. */
export function prepareLookup(generation: Generation): Lookup {
  const { passages, reports } = generation;
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  const anchor = prepareResolver(generation);
  const show = (passage: IndexedPassage): Excerpt => excerptOf(generation, passage);
  const ofReport = reports.map((report) => passages.filter((it) => it.report === report));
  const paragraph = (
    report: number,
    number: number,
    asked?: IndexedPassage,
  ): Paragraph | undefined => {
    const all = ofReport[report] ?? [];
    const inside = all.filter(({ block }) => block === number - 1);
    if (inside.length === 0) return undefined;
    return {
      report,
      excerpt: joinPassages(generation, inside, asked),
      previous: numberOf(all.findLast(({ block }) => block < number - 1)),
      next: numberOf(all.find(({ block }) => block > number - 1)),
    };
  };
  const isHeading = ({ report, block }: IndexedPassage): boolean =>
    report.blocks[block]?.kind === "heading";
  return {
    passage: (id) => {
      const found = byId.get(id);
      return found && show(found);
    },
    paragraphOf: (id) => {
      const found = byId.get(id);
      return found && paragraph(reports.indexOf(found.report), found.block + 1, found);
    },
    paragraph: (report, number) => paragraph(report, number),
    reference: (id) => {
      const found = byId.get(id);
      return found && { id, words: found.words };
    },
    resolve: (reference) => {
      const found = anchor(reference);
      return found && show(found);
    },
    headings: passages.filter(isHeading).map((passage) => ({
      path: sectionOf(passage)?.path ?? [],
      passage: passage.id,
    })),
    section: (headingId) => {
      const heading = byId.get(headingId);
      return heading && isHeading(heading) ? paragraphsBelow(generation, heading) : [];
    },
  };
}

/** The paragraphs of the section that a heading begins, itself first. */
function paragraphsBelow(generation: Generation, { report, block }: IndexedPassage): Excerpt[] {
  const { section } = report.blocks[block] ?? {};
  const inside = generation.passages.filter(
    (it) => it.report === report && report.blocks[it.block]?.section === section,
  );
  const blocks = [...new Set(inside.map((it) => it.block))];
  return blocks.map((it) =>
    joinPassages(
      generation,
      inside.filter((other) => other.block === it),
    ),
  );
}

/** Neighbouring passages as one excerpt, each proved, with what stands between them. */
function joinPassages(
  generation: Generation,
  passages: readonly IndexedPassage[],
  asked?: IndexedPassage,
): Excerpt {
  const excerpts = passages.map((passage) => excerptOf(generation, passage));
  const [first, last] = [excerpts[0], excerpts.at(-1)];
  const named = asked ?? passages[0];
  if (first === undefined || last === undefined || named === undefined) {
    throw new Error("no passages to join");
  }
  const { start } = first;
  const { end } = last;
  const text = generation.readText(named.report, { start, end });
  const isProved = excerpts.every((it) => text.slice(it.start - start, it.end - start) === it.text);
  if (!isProved) throw new Error(`the passages around ${named.id} do not join`);
  return {
    ...excerptOf(generation, named),
    text,
    start,
    end,
    sentences: [first.sentences[0], last.sentences[1]],
    highlight: asked ? [asked.span.start - start, asked.span.end - start] : [0, 0],
  };
}

function numberOf(passage: IndexedPassage | undefined): number | undefined {
  return passage && passage.block + 1;
}

function sectionOf({ report, block }: IndexedPassage) {
  return report.sections[report.blocks[block]?.section ?? -1];
}
