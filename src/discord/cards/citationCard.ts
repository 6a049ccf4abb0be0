/** How a passage is cited, in blocks of code, which Discord lets readers copy whole. Pure. */
import type { APITextDisplayComponent } from "discord.js";
import { citationText, citedOf, cslJson } from "../../ask/citation.ts";
import type { Cited } from "../../ask/citation.ts";
import type { Excerpt } from "../../ask/excerpt.ts";
import { cutText } from "../escape.ts";
import { MAX_LINK_CHARS } from "../limits.ts";
import { textDisplay, titleText, toMessage } from "./cardParts.ts";
import type { CardMessage } from "./cardParts.ts";
import type { CardView } from "./linkButtons.ts";

/** Headings of a citation: the nearest ones. */
const MAX_CITED_HEADINGS = 8;

/** The citation of a passage: a line of text, and the same as CSL-JSON. */
export function renderCitation(excerpt: Excerpt, { texts, siteUrl }: CardView): CardMessage {
  const whole = citedOf(excerpt, siteUrl);
  return toMessage("none", (maxChars) => {
    const cited = cutCited(whole, maxChars);
    return [
      titleText(texts.buttons.citation),
      // Within JSON a backtick can be written otherwise, and is still the same.
      codeBlock(citationText(cited, texts).replaceAll("`", "'")),
      codeBlock(cslJson(cited, texts).replaceAll("`", "\\u0060"), "json"),
    ];
  });
}

/** A text without backticks, which would end the block. */
function codeBlock(text: string, language = ""): APITextDisplayComponent {
  return textDisplay(`\`\`\`${language}\n${text}\n\`\`\``);
}

/** A citation whose parts are short enough to fit twice; half an address leads nowhere. */
function cutCited(cited: Cited, maxChars: number): Cited {
  const cut = (text: string | undefined): string | undefined => text && cutText(text, maxChars);
  const known = (url: string | undefined): string | undefined =>
    url !== undefined && url.length <= MAX_LINK_CHARS ? url : undefined;
  return {
    ...cited,
    title: cutText(cited.title, maxChars),
    author: cut(cited.author),
    date: cut(cited.date),
    pageLabel: cut(cited.pageLabel),
    section: cited.section.slice(-MAX_CITED_HEADINGS).map((it) => cutText(it, maxChars)),
    url: known(cited.url),
    address: known(cited.address),
  };
}
