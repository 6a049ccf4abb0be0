/** A body with what the library drops written into it: what each paragraph is, and the number before it. */
import type { LeftOut } from "../../outline.ts";
import { readNumbering } from "./numbering.ts";
import { isUnseen, readParagraphs } from "./paragraphs.ts";
import { plainBody } from "./plainBody.ts";
import { rolesOf } from "./roles.ts";
import type { Role, Told } from "./roles.ts";
import { readStyles } from "./styles.ts";
import { edited, escapeXml, tagsOf, unescapeXml } from "./xml.ts";
import type { Edit } from "./xml.ts";

/** A body whose paragraphs have styles that name their roles. */
interface Prepared {
  readonly body: string;
  readonly leftOut: readonly LeftOut[];
}

/** The name of the style, and of the class, that stands for a role. */
export function nameOfRole(role: Role): string {
  return `verbatim${role.kind}${role.kind === "heading" ? role.rank : ""}`;
}

/** Prepares a body; numbers and styles are those of the document's other parts. */
export function prepare(xml: string, stylesXml: string, numberingXml: string): Prepared {
  const body = plainBody(xml, tagsOf(xml));
  const tags = tagsOf(body);
  const styles = readStyles(stylesXml);
  const paragraphs = readParagraphs(body, tags);
  const told = rolesOf(paragraphs, styles, readNumbering(numberingXml, styles));
  const hidden = paragraphs.flatMap((paragraph) =>
    paragraph.runs.filter((run) => isUnseen(run, paragraph, styles)),
  );
  const edits = [
    ...told.map(editOf),
    ...hidden.map(({ start, end }): Edit => ({ start, end, text: "" })),
  ];
  const leftOut = hidden
    .filter(({ text }) => text.trim() !== "")
    .map(({ text }): LeftOut => ({ text: text.trim(), why: "hidden" }));
  return { body: edited(body, edits), leftOut };
}

function editOf({ paragraph, role, label }: Told): Edit {
  const { tag, properties, isDeleted } = paragraph;
  const { prefix } = tag;
  const deleted = isDeleted ? `<${prefix}rPr><${prefix}del/></${prefix}rPr>` : "";
  const style = `<${prefix}pPr><${prefix}pStyle ${prefix}val="${nameOfRole(role)}"/>${deleted}</${prefix}pPr>`;
  const number =
    label === ""
      ? ""
      : `<${prefix}r><${prefix}t xml:space="preserve">${escapeXml(label)}</${prefix}t></${prefix}r>`;
  const place = properties ?? { start: tag.end, end: tag.end };
  return { ...place, text: `${style}${number}` };
}

/** The words of a part, on one line. */
export function wordsOf(xml: string): string {
  const tags = tagsOf(xml);
  const said = tags.map((tag, i) => {
    if (tag.name === "t" && tag.kind === "open") return xml.slice(tag.end, tags[i + 1]?.start);
    return tag.name === "p" || tag.name === "tab" ? " " : "";
  });
  return unescapeXml(said.join("")).replace(/\s+/gu, " ").trim();
}
