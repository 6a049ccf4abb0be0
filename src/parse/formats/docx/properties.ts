/** What a document says of itself, where it is more than what a program left there. */
import type { Front } from "../../../report.ts";
import type { Part } from "../../outline.ts";
import { sliceOf } from "../../../text/spans.ts";
import { tagsOf, unescapeXml } from "./xml.ts";
import type { Package } from "./package.ts";
import type { Written } from "../textWriter.ts";

/** What a document's properties add to its text. */
interface Properties {
  readonly title: string | undefined;
  readonly front: Front;
}

/** Names of programs, accounts and templates. */
const NO_TITLE =
  /^(?:microsoft word|untitled|document|dokument|documento|title|titel|template|vorlage|normal|slide|presentation|文档|文書|无标题|無標題)\b|\.(?:docx?|dotx?|rtf|odt|tmp)$|^[\d\s.,_-]*$/iu;
const NO_AUTHOR =
  /microsoft|office|user|admin|author|owner|unknown|anonym|python|docx|apache|openxml|windows|lenovo|hewlett|template|utente|usuario|benutzer|utilisateur|用户|用戶|ユーザー|微软|微軟|майкрософт|[\d@_/\\]/iu;
const NAME =
  /^\p{Lu}[\p{L}\p{M}.'’-]*(?:[\s,]+[\p{L}\p{M}.'’-]+)+$|^\p{Script=Han}{2,4}$|^\p{Lo}[\p{Lo}\p{M}]*(?:\s\p{Lo}[\p{Lo}\p{M}]*)+$/u;

/** How far a text is asked whether a title is its own, in UTF-16 code units. */
const ASKED_UNITS = 3_000;

/** A title of another document, from which this one was made, has words that this one lacks. */
function isOfText(title: string, text: string): boolean {
  const asked = bare(text.slice(0, ASKED_UNITS).toLowerCase());
  const words = title.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.every((word) => asked.includes(word));
}

/** A title stands among the first parts, if it stands in the text. */
const TITLE_REACH = 5;

/** Reads the core properties; a title that the text has goes before. */
export function propertiesOf(
  parts: Package["parts"],
  { text, parts: written }: Written,
): Properties {
  const core = parts.get("docProps/core.xml") ?? "";
  const title = elementText(core, "title");
  const author = elementText(core, "creator");
  const hasTitle = written.some(({ kind }) => kind === "title");
  const hasByline = written.some(({ kind }) => kind === "byline");
  const isTitle = !hasTitle && title.length > 1 && !NO_TITLE.test(title) && isOfText(title, text);
  const isAuthor = !hasByline && NAME.test(author) && !NO_AUTHOR.test(author);
  return { title: isTitle ? title : undefined, front: { author: isAuthor ? author : undefined } };
}

/** The parts of a text, one of the first of which is the title, if it says what the title is. */
export function withTitlePart(
  { text, parts }: Written,
  title: string | undefined,
): readonly Part[] {
  const at = parts
    .slice(0, TITLE_REACH)
    .findIndex(
      ({ kind, span }) =>
        (kind === "paragraph" || kind === "heading") &&
        bare(sliceOf(text, span)) === bare(title ?? ""),
    );
  return parts.map((part, i) => (i === at ? { kind: "title", span: part.span } : part));
}

function bare(text: string): string {
  return text.replace(/\s+/gu, "");
}

function elementText(xml: string, name: string): string {
  const tags = tagsOf(xml);
  const at = tags.findIndex((tag) => tag.name === name && tag.kind === "open");
  const [opening, closing] = [tags[at], tags[at + 1]];
  return opening && closing?.name === name
    ? unescapeXml(xml.slice(opening.end, closing.start)).trim()
    : "";
}
