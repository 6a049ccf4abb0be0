/** Why an answer is what it is, and what cleaning did to a file. */
import type { CleanText } from "../parse/clean/clean.ts";
import type { Answer, ScoredExcerpt } from "../ask/answer.ts";
import { FEATURES } from "../search/decision/features.ts";
import { SCORERS, fuse } from "../search/fusion.ts";
import { renderTable } from "./table.ts";

/** Passages whose scores are taken apart. */
export const EXPLAINED_EXCERPTS = 5;

const DIGITS = 3;

/**
 * Why an answer is what it is: what the question was taken for, how vectors were searched, each feature of the decision, what each
 * score adds to a passage.
 *
 * @param whyExact Why all vectors were looked at; undefined where the HNSW graph was searched.
 */
export function renderExplanation(answer: Answer, whyExact?: string): string {
  const { language, intent, reasons } = answer;
  const parts = [
    `language ${language} · taken for ${intent.intent} (${intent.probability.toFixed(DIGITS)}) · ${certainty(answer)}`,
    `vectors: ${whyExact === undefined ? "HNSW graph" : `exact search, since ${whyExact}`}`,
    ...(reasons ? [renderTable("feature", featureRows(reasons))] : []),
    renderTable(
      "passage",
      answer.excerpts.slice(0, EXPLAINED_EXCERPTS).map((excerpt) => ({
        name: excerpt.passage,
        values: scoresOf(excerpt),
      })),
    ),
  ];
  return parts.join("\n\n") + "\n";
}

function certainty({ confidence, reasons }: Answer): string {
  const reached = `confidence ${confidence.toFixed(DIGITS)}`;
  if (reasons === undefined) return reached;
  const { found, maybe } = reasons.thresholds;
  return `${reached}: found from ${found.toFixed(DIGITS)}, maybe from ${maybe.toFixed(DIGITS)}`;
}

function featureRows({ features, effects, bias }: NonNullable<Answer["reasons"]>) {
  return [
    ...FEATURES.map((name) => ({ name, values: { value: features[name], adds: effects[name] } })),
    { name: "(always)", values: { value: "", adds: bias } },
  ];
}

/** The quotation column is what a passage gained because somebody's words were asked for. */
function scoresOf({ score, contributions }: ScoredExcerpt): Record<string, number> {
  return {
    score,
    ...Object.fromEntries(SCORERS.map((scorer) => [scorer, contributions[scorer]])),
    quotation: score - fuse(contributions),
  };
}

/** What cleaning did to a file: each rule's reason, count and examples. */
export function renderCleaning(file: string, { rules }: CleanText): string {
  const sections = rules.map(({ name, reason, count, examples }) =>
    [
      `${name}: ${count}`,
      `  ${reason}`,
      ...examples.map(
        ({ raw, before, after }) => `  ${raw.line}:${raw.column}  ${before}  →  ${after}`,
      ),
    ].join("\n"),
  );
  return [file, ...sections].join("\n\n") + "\n";
}
