/** What the library passes over in a body, put into elements that it reads. */
import { closingOf, edited } from "./xml.ts";
import type { Edit, Tag } from "./xml.ts";

/** Around words that the library then reads as they are. */
const UNWRAPPED = new Set(["fldSimple", "bdo", "dir", "ruby", "rubyBase"]);
/** The reading of characters, above them. */
const DROPPED = new Set(["rt"]);
/** What may hold a text box. */
const HOLDERS = new Set(["AlternateContent", "drawing"]);

/** Rewrites a body: fields, text boxes, formulas, words with their reading above them, stretches in another direction. */
export function plainBody(xml: string, tags: readonly Tag[]): string {
  const prefix = tags[0]?.prefix ?? "w:";
  const edits: Edit[] = [];
  for (let at = 0; at < tags.length; at++) {
    const tag = tags[at];
    if (tag === undefined) continue;
    if (UNWRAPPED.has(tag.name)) edits.push({ ...tag, text: "" });
    else if (tag.name === "cr") edits.push({ ...tag, text: `<${prefix}br/>` });
    else if (tag.prefix === "m:") edits.push({ ...tag, text: formulaTag(tag, prefix) });
    else if (tag.kind === "open" && DROPPED.has(tag.name)) {
      const end = closingOf(tags, at);
      edits.push({ start: tag.start, end: tags[end]?.end ?? tag.end, text: "" });
      at = end;
    } else if (tag.kind === "open" && HOLDERS.has(tag.name))
      edits.push(...textBoxes(tags, at, prefix));
  }
  return edited(xml, edits);
}

/** Keeps of a shape the text boxes within it, of two versions of a shape the first that has some. */
function textBoxes(tags: readonly Tag[], at: number, prefix: string): Edit[] {
  const end = closingOf(tags, at);
  const [opening, closing] = [tags[at], tags[end]];
  if (opening === undefined || closing === undefined) return [];
  const boxes: { start: number; end: number }[] = [];
  for (let i = at + 1; i < end; i++) {
    const tag = tags[i];
    if (tag?.name === "Fallback" && boxes.length > 0) break;
    if (tag?.name !== "txbxContent" || tag.kind !== "open") continue;
    const close = closingOf(tags, i);
    boxes.push({ start: tag.start, end: tags[close]?.end ?? tag.end });
    i = close;
  }
  if (boxes.length === 0) return [];
  return [...boxes, undefined].map((box, i): Edit => {
    const from = boxes[i - 1]?.end ?? opening.start;
    const before = i === 0 ? `<${prefix}pict>` : "";
    return { start: from, end: box?.start ?? closing.end, text: box ? before : `</${prefix}pict>` };
  });
}

/** Formulas become their characters in a row, with `/` in fractions and `^` before powers. */
function formulaTag({ name, kind }: Tag, prefix: string): string {
  const slash = kind === "close" ? "/" : "";
  const say = (sign: string): string => `<${prefix}r><${prefix}t>${sign}</${prefix}t></${prefix}r>`;
  if (name === "r" || name === "t") return `<${slash}${prefix}${name}>`;
  if (name === "num" && kind === "close") return say("/");
  if (name === "sup" && kind === "open") return say("^");
  return "";
}
