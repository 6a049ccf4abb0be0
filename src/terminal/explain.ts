/** Why an answer is what it is, and what cleaning did to a file. */
import type { CleanText } from "../parse/clean/clean.ts";
import type { Answer, ScoredExcerpt } from "../ask/answer.ts";
import { mapNames } from "../names.ts";
import { SCORERS } from "../search/fusion.ts";
import { printable } from "./answerText.ts";
import { renderTable } from "./table.ts";
import type { TableRow } from "./table.ts";

/** Passages whose scores are taken apart. */
export const EXPLAINED_EXCERPTS = 5;

const DIGITS = 3;

/** Most characters that are shown of what the reader points at. */
const MAX_SHOWN_CHARS = 40;

/** Stands where nothing was read, or where the reader points at the head of a window. */
const NOTHING = "—";

/**
 * Why an answer is what it is: how sure each part of the decision is, how vectors were searched, what each feature adds, what was read,
 * what each score adds to a passage.
 *
 * @param whyExact Why all vectors were looked at; undefined where the HNSW graph was searched.
 */
export function renderExplanation(answer: Answer, whyExact?: string): string {
  const { language, reasons, read, excerpts } = answer;
  const parts = [
    [`language ${language}`, ...certainty(answer)].join(" · "),
    ...(read?.as === undefined ? [] : [`searched and read as: ${printable(read.as)}`]),
    `vectors: ${whyExact === undefined ? "HNSW graph" : `exact search, since ${whyExact}`}`,
    ...(reasons ? [renderTable("feature", featureRows(reasons))] : []),
    ...(read ? [renderRead(read)] : []),
    renderTable("passage", excerpts.slice(0, EXPLAINED_EXCERPTS).map(passageRow)),
  ];
  return parts.join("\n\n") + "\n";
}

function certainty({ state, confidence, reasons }: Answer): string[] {
  const reached = `confidence ${confidence.toFixed(DIGITS)}`;
  if (reasons === undefined) {
    const why = state === "found" ? "a sentence of the reports is quoted" : "there is no passage";
    return [`${reached}, since ${why}`];
  }
  const { answers, relates } = reasons;
  return [
    `${reached}, found from ${answers.threshold.toFixed(DIGITS)}`,
    ...(relates
      ? [
          `relates ${relates.probability.toFixed(DIGITS)}, offered from ${relates.threshold.toFixed(DIGITS)}`,
        ]
      : []),
  ];
}

function featureRows({ features, answers, relates }: NonNullable<Answer["reasons"]>) {
  return [
    ...Object.entries(features).map(([name, value]) => ({
      name,
      values: {
        value,
        answers: answers.effects[name] ?? 0,
        ...(relates && { relates: relates.effects[name] ?? 0 }),
      },
    })),
    {
      name: "(always)",
      values: { value: "", answers: answers.bias, ...(relates && { relates: relates.bias }) },
    },
  ];
}

/** The windows that were read; the words come last, since a terminal shows some of them wider than others. */
function renderRead({ windows, whyUnread }: NonNullable<Answer["read"]>): string {
  if (windows.length === 0) return ["read: nothing", ...(whyUnread ? [whyUnread] : [])].join(". ");
  const hasOneReport = new Set(windows.map(({ report }) => report)).size === 1;
  const rows = windows.map(({ report, paragraphs: [from, to], score }) => {
    const place = from === to ? `paragraph ${from}` : `paragraphs ${from}–${to}`;
    return { name: hasOneReport ? place : `${printable(report)}, ${place}`, values: { score } };
  });
  const words = ["words", ...windows.map((it) => cutWords(it.words))];
  const lines = renderTable("read", rows).split("\n");
  return lines.map((line, i) => `${line}  ${words[i] ?? ""}`).join("\n");
}

function cutWords(words: string): string {
  const all = Array.from(printable(words.replace(/\s+/gu, " ")));
  if (all.length === 0) return NOTHING;
  return all.length > MAX_SHOWN_CHARS ? `${all.slice(0, MAX_SHOWN_CHARS).join("")}…` : all.join("");
}

function passageRow({ passage, rank, reading, score, contributions }: ScoredExcerpt): TableRow {
  return {
    name: passage,
    values: {
      rank,
      reading: reading?.score ?? NOTHING,
      score,
      ...mapNames(SCORERS, (scorer) => contributions[scorer]),
    },
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
