import type { Span } from "../../report.ts";
import { trimSpan } from "../../text/spans.ts";

/** Their contents are no words. */
const NO_WORDS = /^<(?:script|style|svg|template|!--|!|\?)/iu;

/** The stretches of words between the tags of a piece of HTML. */
export function textsOfHtml(text: string, { start, end }: Span): Span[] {
  const html = text.slice(start, end);
  if (NO_WORDS.test(html)) return [];
  const texts: Span[] = [];
  for (let from = 0; from < html.length;) {
    const tag = html.indexOf("<", from);
    const to = tag < 0 ? html.length : tag;
    texts.push({ start: start + from, end: start + to });
    const close = tag < 0 ? -1 : html.indexOf(">", tag);
    from = close < 0 ? html.length : close + 1;
  }
  return texts
    .flatMap((it) => trimSpan(text, it))
    .filter((it) => /\p{L}/u.test(text.slice(it.start, it.end)));
}
