import type { CleanText } from "../text/clean.ts";

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
