import type { Generation, IndexedSentence } from "../../index/generation.ts";
import { numbersIn } from "../../terms/numbers/numbers.ts";
import type { RankedPassage } from "../ranking.ts";
import type { IntentGuess, Intent } from "./intent.ts";

/** Kinds that are answered from a report's title, subtitle, byline and headings. */
export type DocumentIntent = Exclude<Intent, "speaker" | "said" | "chat">;

/** Below this, a question is more likely about the text. */
const MIN_DOCUMENT_SHARE = 0.55;

/** Where a report says from when it is: above and below its text, or in its first lines. */
const DATED: ReadonlySet<IndexedSentence["kind"]> = new Set(["title", "subtitle", "byline"]);
const OPENING_BLOCKS = 3;

/** Years that a report may be from. */
const YEAR = /^(?:19|20)\d\d$/;

/** The document kind that a question most likely is; undefined if it is about the text. */
export function documentIntent({ intent, probability }: IntentGuess): DocumentIntent | undefined {
  if (intent === "other" || intent === "speaker" || intent === "said" || intent === "chat")
    return undefined;
  return probability >= MIN_DOCUMENT_SHARE ? intent : undefined;
}

/**
 * The sentences of a report that answer a question about the report itself, in the order in which they are shown; for
 * `heading`, all headings, of which the best is yet to be found. None where the report does not say.
 */
export function documentSentences(
  generation: Generation,
  kind: DocumentIntent,
  report: IndexedReport,
): number[] {
  const { sentences, passages } = generation;
  const own = Array.from(sentences.keys()).filter(
    (i) => passages[sentences[i]?.passage ?? -1]?.report === report,
  );
  const ofKind = (...kinds: IndexedSentence["kind"][]): number[] =>
    own.filter((i) => kinds.some((it) => it === sentences[i]?.kind));
  const top = (): number[] => {
    const headings = ofKind("heading");
    const levelOf = (i: number): number => levelIn(report, sentences[i]);
    const highest = Math.min(...headings.map(levelOf));
    return headings.filter((i) => levelOf(i) === highest);
  };
  switch (kind) {
    case "title":
      return ofKind("title", "subtitle");
    case "author":
      return ofKind("byline");
    case "date":
      return own
        .filter((i) => {
          const { kind: named = "paragraph", block = 0 } = sentences[i] ?? {};
          return DATED.has(named) || (named === "paragraph" && block < OPENING_BLOCKS);
        })
        .filter((i) => {
          const span = sentences[i]?.span;
          const text = span ? generation.readText(report, span) : "";
          return numbersIn(text).some((number) => YEAR.test(number));
        });
    case "sections":
      return top();
    case "about":
      return [...ofKind("title", "subtitle"), ...top()];
    case "heading":
      return ofKind("heading");
  }
}

/** A report as an index holds it. */
export type IndexedReport = RankedPassage["passage"]["report"];

function levelIn(report: IndexedReport, sentence: IndexedSentence | undefined): number {
  const section = report.blocks[sentence?.block ?? -1]?.section;
  return report.sections[section ?? -1]?.level ?? Infinity;
}

/** A quotation of more than a term: what somebody said. */
const QUOTATION = /“[^”]{8,}”|「[^」]{8,}」|『[^』]{8,}』|"[^"]{8,}"|«[^»]{8,}»|„[^“”]{8,}[“”]/u;

/** Below this it is too uncertain that somebody's words are asked for. */
const MIN_SPEECH_SHARE = 0.8;

/** What a quotation gains, in units of the score, where it is certain that somebody's words are asked for. */
const BOOST = 0.06;

/**
 * For a question of who said something, or what somebody said: passages with a quotation first, where they match about as well.
 * A quotation and the sentence that names its speaker are one passage already.
 */
export function preferSpeakers(
  { readText }: Pick<Generation, "readText">,
  { intent, probability }: IntentGuess,
  passages: readonly RankedPassage[],
): RankedPassage[] {
  if ((intent !== "speaker" && intent !== "said") || probability < MIN_SPEECH_SHARE)
    return [...passages];
  const boosted = passages.map((ranked) => {
    const { report, span } = ranked.passage;
    const gain = QUOTATION.test(readText(report, span)) ? BOOST * probability : 0;
    return { ...ranked, score: ranked.score + gain };
  });
  return boosted.sort((a, b) => b.score - a.score);
}
