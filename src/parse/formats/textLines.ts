import type { Span } from "../../report.ts";
import { linesOf, sliceOf, trimSpan } from "../../text/spans.ts";
import type { LeftOut } from "../outline.ts";

/** A line that is not blank. */
export interface TextLine {
  readonly span: Span;
  /** What the span holds. */
  readonly text: string;
  /** Whether a blank line stands before it. */
  readonly isApart: boolean;
  /** Whether a form feed stands before it. */
  readonly isNewPage: boolean;
}

/** Why a line is left out. */
export type Leaving = Pick<LeftOut, "why">;

/** The lines of a text that are not blank. */
export function readLines(text: string): TextLine[] {
  return linesOf(text).flatMap((line, i, all) =>
    trimSpan(text, line).map((span): TextLine => ({
      span,
      text: sliceOf(text, span),
      isApart: (all[i - 1]?.text ?? "").trim() === "",
      isNewPage: text.charAt(line.start - 1) === "\f",
    })),
  );
}
