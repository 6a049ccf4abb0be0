/** Writes a text block by block, and the parts that it is made of. */
import type { BlockKind, Span } from "../../report.ts";
import type { Part } from "../outline.ts";
import { collapse, seenOf } from "./shownText.ts";

/** What a part is. */
export type Kind =
  | { readonly kind: Exclude<BlockKind, "heading"> }
  | { readonly kind: "heading"; readonly rank: number };

/** What has been written. */
export interface Written {
  readonly text: string;
  readonly parts: readonly Part[];
}

/** Stands for a line's end within a block. */
const BREAK = "\u0001";
/** Stands for a line's end that the block goes over. */
const JOIN = "\u0002";

/** A line that begins so goes on with a sentence. */
const GOES_ON = /^[\p{Ll}，、；：。！？,;:.!?）」』”’]/u;
const IS_OPEN = /[，、,;；\-–—(（「『“]$/u;

/** A text that grows at its end. */
export class TextWriter {
  readonly #lines: string[] = [];
  readonly #parts: Part[] = [];
  #length = 0;
  #pending = "";
  #label = "";

  /** Adds words to the block that is being written. */
  say(text: string): void {
    this.#pending += seenOf(text);
  }

  /** Ends a line within the block. */
  breakLine(): void {
    this.#pending += BREAK;
  }

  /** Has the next block begin on a new line of this one's part. */
  joinNext(): void {
    if (collapse(this.#pending) !== "") this.#pending += JOIN;
  }

  /** What stands before the next block's words. */
  label(label: string): void {
    this.#label = label;
  }

  /** Ends the block, unless it has the next one join it. */
  end(kind: Kind): void {
    if (!this.#pending.endsWith(JOIN)) this.flush(kind);
  }

  /** Ends the block. */
  flush(kind: Kind): void {
    const pending = this.#pending;
    this.#pending = "";
    if (!pending.includes(BREAK) && !pending.includes(JOIN)) {
      this.write(kind, collapse(pending));
      return;
    }
    for (const part of partsOf(pending)) this.write(kind, part);
  }

  /** Writes a block as it is; one without a word is no block. Gives its place. */
  write(kind: Kind, words: string, columns?: Span): Span | undefined {
    if (!/[\p{L}\p{N}]/u.test(words)) return undefined;
    const isItem = kind.kind === "item" || kind.kind === "note";
    const said = isItem ? `${this.#label}${words}` : words;
    this.#label = "";
    const start = this.#length + (this.#lines.length > 0 ? 1 : 0);
    const span = { start, end: start + said.length };
    this.#lines.push(said);
    this.#length = span.end;
    this.#parts.push(
      kind.kind === "heading" ? { ...kind, span } : { ...kind, span, ...(columns && { columns }) },
    );
    return span;
  }

  written(): Written {
    return { text: this.#lines.join("\n"), parts: this.#parts };
  }
}

/** The lines of a block that are parts of their own: those that only break off a sentence belong to the one before. */
function partsOf(pending: string): string[] {
  const parts: string[] = [];
  let isApart = true;
  for (const piece of pending.split(BREAK)) {
    const line = piece
      .split(JOIN)
      .map(collapse)
      .filter((it) => it !== "")
      .join("\n");
    const last = parts.at(-1);
    if (line === "") {
      isApart = true;
      continue;
    }
    if (last !== undefined && !isApart && (GOES_ON.test(line) || IS_OPEN.test(last))) {
      parts[parts.length - 1] = `${last}\n${line}`;
    } else {
      parts.push(line);
    }
    isApart = false;
  }
  return parts;
}
