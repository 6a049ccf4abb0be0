/** What the library passes over in a body, put into elements that it reads. */
import type { Span } from "../../../report.ts";
import { closingsOf, edited } from "./xml.ts";
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
  const closings = closingsOf(tags);
  const edits: Edit[] = [];
  tags.forEach((tag, at) => {
    const end = closings[at] ?? at;
    if (tag.kind === "open" && HOLDERS.has(tag.name)) {
      edits.push(...textBoxes({ tags, closings, prefix }, at, end));
    } else if (tag.kind === "open" && DROPPED.has(tag.name)) {
      edits.push({ start: tag.start, end: tags[end]?.end ?? tag.end, text: "" });
    } else {
      const instead = insteadOf(tag, prefix);
      if (instead !== undefined) edits.push({ ...tag, text: instead });
    }
  });
  return edited(xml, edits);
}

/** What stands for a single tag; undefined where it stays. */
function insteadOf(tag: Tag, prefix: string): string | undefined {
  if (UNWRAPPED.has(tag.name)) return "";
  if (tag.name === "cr") return `<${prefix}br/>`;
  return tag.prefix === "m:" ? formulaTag(tag, prefix) : undefined;
}

interface Body {
  readonly tags: readonly Tag[];
  readonly closings: readonly number[];
  readonly prefix: string;
}

/** Keeps of a shape the text boxes within it, of two versions of a shape the first that has some. */
function textBoxes({ tags, closings, prefix }: Body, at: number, end: number): Edit[] {
  const boxes = boxesWithin(tags, closings, { start: at, end });
  const [from, to] = [tags[at]?.start, tags[end]?.end];
  if (boxes.length === 0 || from === undefined || to === undefined) return [];
  return [...boxes, undefined].map((box, i): Edit => {
    const before = i === 0 ? `<${prefix}pict>` : "";
    const start = boxes[i - 1]?.end ?? from;
    return { start, end: box?.start ?? to, text: box ? before : `</${prefix}pict>` };
  });
}

function boxesWithin(
  tags: readonly Tag[],
  closings: readonly number[],
  { start, end }: Span,
): Span[] {
  const boxes: Span[] = [];
  for (let i = start + 1; i < end; i++) {
    const tag = tags[i];
    if (tag?.name === "Fallback" && boxes.length > 0) break;
    if (tag?.name !== "txbxContent" || tag.kind !== "open") continue;
    i = closings[i] ?? i;
    boxes.push({ start: tag.start, end: tags[i]?.end ?? tag.end });
  }
  return boxes;
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
