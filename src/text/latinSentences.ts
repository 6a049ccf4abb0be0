import type { Span } from "../report.ts";
import { CLOSING } from "./marks.ts";

/** Stretches without Han characters and full-width final marks: Unicode's sentence rules know their languages. */
const LATIN_STRETCH = /[^\p{Script=Han}。！？]+/gu;
/** A mark that may end a sentence has a gap or nothing behind it: `3.5` has none. */
const MAY_END = /[.!?…]["'\p{Pf}\p{Pe}]*(?:\s|$)/u;

/** Made when first needed: it takes 30 ms, and a Chinese report does without. */
let segmenter: Intl.Segmenter | undefined;

const ENDS = new RegExp(`[.!?…][${CLOSING}"']*\\s*$`, "u");
const STARTS_LOWER = /^["'“‘(]*\p{Ll}/u;

/** Unicode's rules know no abbreviations: a sentence goes on behind these, and behind an initial. */
const ABBREVIATION =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Gen|Sen|Rep|Gov|Capt|Lt|Col|Sgt|No|Nos|Vol|Fig|Figs|Art|Sec|Ch|pp?|vs|cf|e\.g|i\.e|etc|approx|Inc|Ltd|Co|\p{Lu})\.\s*$/u;
const WORD_END = /\p{L}{2}[.!?]["'”’)]*\s+$/u;

/** Where sentences end in the stretches of `span` that have no Han characters. */
export function latinEnds(text: string, span: Span): number[] {
  const slice = text.slice(span.start, span.end);
  return Array.from(slice.matchAll(LATIN_STRETCH)).flatMap(({ index, 0: stretch }) =>
    MAY_END.test(stretch) ? endsWithin(stretch).map((end) => span.start + index + end) : [],
  );
}

function endsWithin(stretch: string): number[] {
  segmenter ??= new Intl.Segmenter("en", { granularity: "sentence" });
  const ends: number[] = [];
  for (const { index, segment } of segmenter.segment(stretch)) {
    const end = index + segment.length;
    const before = stretch.slice(Math.max(0, end - LOOK_UNITS), end);
    const after = stretch.slice(end, end + LOOK_UNITS);
    if (ENDS.test(segment) && !ABBREVIATION.test(before) && isFresh(segment, after)) ends.push(end);
  }
  return ends;
}

/** Enough for the longest abbreviation and the quotes around a word, in UTF-16 code units. */
const LOOK_UNITS = 20;

/** Whether what follows may begin a sentence. Behind the stretch comes a Han character: then a word must have ended. */
function isFresh(segment: string, after: string): boolean {
  return after === "" ? WORD_END.test(segment) : !STARTS_LOWER.test(after);
}
