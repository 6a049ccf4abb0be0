/** Rewriting a text so that every place in the result is known in the text it was made of. */

/** A text, and for each of its code units and for its end the place in the text that it was made of. */
export interface TracedText {
  readonly text: string;
  readonly origins: readonly number[];
}

/** One step of a rewriting: whatever the pattern (global, never empty) matches becomes something else. */
export type Rewrite = readonly [pattern: RegExp, by: (match: string) => string];

/** A text after all of the steps, one after the other. */
export function rewrite(text: string, steps: readonly Rewrite[]): string {
  return steps.reduce(
    (before, [pattern, by]) => before.replace(pattern, (match: string) => by(match)),
    text,
  );
}

/** The same with its places; `origins` are those of the text that the first of several rewritings was given. */
export function rewriteTraced(traced: TracedText, steps: readonly Rewrite[]): TracedText {
  return steps.reduce(rewriteOnce, traced);
}

/** A text that nothing has been done to. */
export function untouched(text: string): TracedText {
  return { text, origins: Array.from({ length: text.length + 1 }, (_, i) => i) };
}

function rewriteOnce({ text, origins }: TracedText, [pattern, by]: Rewrite): TracedText {
  let made = "";
  const from: number[] = [];
  let done = 0;
  for (const { 0: match, index } of text.matchAll(pattern)) {
    const end = index + match.length;
    const put = by(match);
    made += text.slice(done, index) + put;
    from.push(...origins.slice(done, index));
    for (let i = 0; i < put.length; i++) {
      // Of another length, all of it comes from the beginning of what it stands for.
      from.push(origins[put.length === match.length ? index + i : index] ?? 0);
    }
    done = end;
  }
  return { text: made + text.slice(done), origins: [...from, ...origins.slice(done)] };
}

/**
 * Where a stretch of the result stands in the text it was made of: all of what any part of it comes from.
 *
 * @returns [from, to), as `origins` count.
 */
export function originOf(
  { origins }: TracedText,
  start: number,
  end: number,
): readonly [from: number, to: number] {
  const last = origins[end - 1] ?? 0;
  let next = end;
  while (next < origins.length - 1 && (origins[next] ?? 0) <= last) next++;
  return [origins[start] ?? 0, origins[next] ?? last];
}
