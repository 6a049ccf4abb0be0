import type { KeywordIndexName } from "../index/generation.ts";
import { mapNames } from "../names.ts";

/** A way of scoring a sentence against a question. */
type Scorer = "interaction" | "dense" | KeywordIndexName;

/** A sentence's score in every scorer: cosines for the first two, the share of the question's telling terms for the others. */
export type ScorerScores = Readonly<Record<Scorer, number>>;

/**
 * How much each scorer counts, for questions in a language of the reports and in others, whose words can meet the reports' only in names
 * and numbers. All scores have a scale that means the same for every question, so they are added as they are: z-scores over the
 * candidates would let a scorer with one chance hit outweigh the rest (see DESIGN.md, "Fusion").
 */
const FUSION_WEIGHTS = {
  native: { interaction: 1, dense: 0.4, words: 0.1, glosses: 0.22, pinyin: 0.4 },
  foreign: { interaction: 1, dense: 0.2, words: 0.1, glosses: 0.3, pinyin: 0.4 },
} as const satisfies Record<string, ScorerScores>;

export const SCORERS = [
  "interaction",
  "dense",
  "words",
  "glosses",
  "pinyin",
] as const satisfies Scorer[];

/** What each scorer adds to a sentence's score. */
export function weigh(scores: ScorerScores, weights: ScorerScores): ScorerScores {
  return mapNames(SCORERS, (scorer) => weights[scorer] * scores[scorer]);
}

/** A sentence's score: the sum of what its scorers add. */
export function fuse(contributions: ScorerScores): number {
  return SCORERS.reduce((sum, scorer) => sum + contributions[scorer], 0);
}

/**
 * A part of the search that can be left out, to measure what it is worth: a scorer; a question's language taken out of its vectors
 * (`centring`); vectors of paragraphs (`paragraphs`) and of headings (`headings`) beside the sentence's;
 * text that is found exactly (`quotations`); what is read (`reading`).
 */
type AblationPart = Scorer | "centring" | "paragraphs" | "headings" | "quotations" | "reading";

/** The parts that are left out. */
export type Ablation = ReadonlySet<AblationPart>;

export const NOTHING_LEFT_OUT: Ablation = new Set();

export const ABLATION_PARTS: readonly AblationPart[] = [
  ...SCORERS,
  "centring",
  "paragraphs",
  "headings",
  "quotations",
  "reading",
];

/** The weights of questions of a kind; what is left out counts nothing. */
export function fusionWeights(kind: keyof typeof FUSION_WEIGHTS, without: Ablation): ScorerScores {
  return mapNames(SCORERS, (scorer) => (without.has(scorer) ? 0 : FUSION_WEIGHTS[kind][scorer]));
}
