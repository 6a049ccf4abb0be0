/** What answers a question about the document itself, and what is preferred for one of who said what. */
import { passageOf } from "../../index/generation.ts";
import type { Generation, IndexedPassage, IndexedSentence } from "../../index/generation.ts";
import { numbersIn } from "../../terms/numbers/numbers.ts";
import type { RankedPassage, Ranking, Query } from "../ranking.ts";
import type { Intent, IntentGuess } from "./intent.ts";

/** What is answered from a report's title, subtitle, byline and headings. */
type DocumentIntent = Exclude<Intent, "speaker" | "said" | "chat">;

/** Below this, a question is more likely about the text. */
const MIN_DOCUMENT_PROBABILITY = 0.55;

/** Most headings that answer a question for a heading. */
const MAX_FOUND_HEADINGS = 3;

/** The document intent that a question most likely has; undefined if it is about the text. */
export function documentIntent({ intent, probability }: IntentGuess): DocumentIntent | undefined {
  if (intent === "other" || intent === "speaker" || intent === "said" || intent === "chat") {
    return undefined;
  }
  return probability >= MIN_DOCUMENT_PROBABILITY ? intent : undefined;
}

/**
 * The passages that answer a question about the document itself: of the report that the question is nearest to, in the order in which
 * they are shown. None where it is about the text, or where the report does not say.
 *
 * @param ofText The passages of the text, best first.
 */
export async function findInDocument(
  index: Generation,
  ranking: Ranking,
  query: Query,
  { guess, ofText }: { readonly guess: IntentGuess; readonly ofText: readonly RankedPassage[] },
): Promise<RankedPassage[]> {
  const intent = documentIntent(guess);
  const report = ofText[0]?.passage.report ?? index.reports[0];
  if (intent === undefined || report === undefined) return [];
  const ranked = await ranking.score(query, await documentSentences(index, intent, report));
  if (intent === "heading") return ranked.slice(0, MAX_FOUND_HEADINGS);
  return ranked.sort((a, b) => a.match.sentence - b.match.sentence);
}

/** A sentence of one report with its number. */
type Numbered = IndexedSentence & { readonly number: number };

/**
 * The sentences of a report that answer a question about the report itself, in the order in which they are shown; for
 * `heading`, all headings, of which the best is yet to be found. None where the report does not say.
 */
export async function documentSentences(
  index: Generation,
  intent: DocumentIntent,
  report: IndexedPassage["report"],
): Promise<number[]> {
  const own = index.sentences.flatMap((sentence, number): Numbered[] =>
    passageOf(index, number)?.report === report ? [{ ...sentence, number }] : [],
  );
  const ofKind = (...kinds: IndexedSentence["kind"][]): Numbered[] =>
    own.filter(({ kind }) => kinds.includes(kind));
  const sentences = {
    title: () => ofKind("title", "subtitle"),
    author: () => ofKind("byline"),
    date: () => datedSentences(index, own, report),
    sections: () => highestHeadings(ofKind("heading"), report),
    about: () => [...ofKind("title", "subtitle"), ...highestHeadings(ofKind("heading"), report)],
    heading: () => ofKind("heading"),
  } satisfies Record<DocumentIntent, () => Numbered[] | Promise<Numbered[]>>;
  return (await sentences[intent]()).map(({ number }) => number);
}

/** Where a report says from when it is: above and below its text, or in its first lines. */
const DATED: ReadonlySet<IndexedSentence["kind"]> = new Set(["title", "subtitle", "byline"]);
const OPENING_BLOCKS = 3;

/** Years that a report may be from. */
const YEAR = /^(?:19|20)\d\d$/;

async function datedSentences(
  index: Generation,
  own: readonly Numbered[],
  report: IndexedPassage["report"],
): Promise<Numbered[]> {
  const likely = own.filter(
    ({ kind, block }) => DATED.has(kind) || (kind === "paragraph" && block < OPENING_BLOCKS),
  );
  const texts = await index.readTexts(likely.map(({ span }) => ({ report, span })));
  return likely.filter((_, i) => numbersIn(texts[i] ?? "").some((number) => YEAR.test(number)));
}

/** The headings of the highest level that there is. */
function highestHeadings(
  headings: readonly Numbered[],
  { blocks, sections }: IndexedPassage["report"],
): Numbered[] {
  const levelOf = ({ block }: Numbered): number =>
    sections[blocks[block]?.section ?? -1]?.level ?? Infinity;
  const highest = Math.min(...headings.map(levelOf));
  return headings.filter((heading) => levelOf(heading) === highest);
}

/** A quotation of more than a term: what somebody said. */
const QUOTATION = /“[^”]{8,}”|「[^」]{8,}」|『[^』]{8,}』|"[^"]{8,}"|«[^»]{8,}»|„[^“”]{8,}[“”]/u;

/** Below this it is too uncertain that somebody's words are asked for. */
const MIN_SPEECH_PROBABILITY = 0.8;

/** What a quotation gains, in units of the score, where it is certain that somebody's words are asked for. */
const BOOST = 0.06;

/**
 * For a question of who said something, or what somebody said: passages with a quotation first, where they match about as well.
 * A quotation and the sentence that names its speaker are one passage already.
 */
export async function preferSpeakers(
  index: Pick<Generation, "readTexts">,
  { intent, probability }: IntentGuess,
  passages: readonly RankedPassage[],
): Promise<RankedPassage[]> {
  const isAsked = intent === "speaker" || intent === "said";
  if (!isAsked || probability < MIN_SPEECH_PROBABILITY) return [...passages];
  const texts = await index.readTexts(passages.map(({ passage }) => passage));
  const boosted = passages.map((ranked, i) => {
    const gain = QUOTATION.test(texts[i] ?? "") ? BOOST * probability : 0;
    return { ...ranked, score: ranked.score + gain };
  });
  return boosted.sort((a, b) => b.score - a.score);
}
