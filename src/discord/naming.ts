/** Passages as people name them: by an id, or by words of a heading. */
import type { HeadingEntry, Lookup } from "../answer/lookup.ts";

/** The passage of this id, or the first heading that holds these words. */
export function namedPassage(lookup: Lookup, what: string): string | undefined {
  const name = what.trim();
  return lookup.passage(name) ? name : matchingHeadings(lookup, name)[0]?.passage;
}

/** The headings that hold what was typed. */
export function matchingHeadings({ headings }: Lookup, typed: string): HeadingEntry[] {
  const wanted = typed.trim().toLowerCase();
  return headings.filter(({ path }) => path.join(" ").toLowerCase().includes(wanted));
}
