/** Which sentences are found by the number of the article, section or chapter that they begin. */
import { isCitable } from "../report.ts";
import type { Report } from "../report.ts";
import { partKindTerms, partNameAt, partTerms } from "../terms/partNames.ts";
import type { PartName } from "../terms/partNames.ts";
import { sliceOf } from "../text/spans.ts";

/** The keyword terms of numbered parts, by the sentences of a report that say what these hold. */
export function partsOf(report: Report): ReadonlyMap<number, readonly string[]> {
  const terms = new Map<number, readonly string[]>();
  report.sentences.forEach(({ span, block }, i) => {
    if (report.sentences[i - 1]?.block === block) return;
    const named = partNameAt(sliceOf(report.text, span));
    if (named === undefined) return;
    const isName = named.isAlone || (!isText(report, i) && !isStructure(named.part));
    const at = isName && isText(report, i + 1) ? i + 1 : i;
    const own = [...partTerms(named.part), ...partKindTerms(named.part)];
    terms.set(at, [...(terms.get(at) ?? []), ...own]);
  });
  return terms;
}

/** Whether there is a sentence that says something of its own. */
function isText({ blocks, sentences }: Report, sentence: number): boolean {
  const kind = blocks[sentences[sentence]?.block ?? -1]?.kind;
  return kind !== undefined && isCitable(kind);
}

/** Whether a part is made of others, so that its heading says what it is about. */
function isStructure({ kinds }: PartName): boolean {
  return !kinds.includes("article") && !kinds.includes("item");
}
