/** What a PDF file holds, before anything is made of it. */
import type { Drawing } from "./drawing.ts";

/** A stretch of text of one font, in points from the upper left corner of its page as a viewer shows it. */
export interface PdfItem {
  readonly text: string;
  /** Where its base line begins. */
  readonly x: number;
  readonly y: number;
  /** Which way its base line goes: a vector of length 1. */
  readonly direction: readonly [x: number, y: number];
  /** The length of its base line. */
  readonly length: number;
  readonly size: number;
  /** The font's name in the file, such as `Times-Bold`. */
  readonly font: string;
  /** Whether the file marks it as no part of the text, as heads and feet of pages. */
  readonly isArtifact: boolean;
}

/** A page as it was printed. */
export interface PdfPage {
  /** Counted from 1. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly items: readonly PdfItem[];
  readonly drawing: Drawing;
}

/** A bookmark. */
export interface Bookmark {
  readonly title: string;
  /** 1 is the highest. */
  readonly level: number;
  readonly page: number | undefined;
}

/** What a PDF file holds. */
export interface PdfFile {
  /** Those that can be read. */
  readonly pages: readonly PdfPage[];
  /** How many pages there are. */
  readonly count: number;
  /** What is printed on each page as its number, where the file says so. */
  readonly labels: readonly string[] | undefined;
  readonly bookmarks: readonly Bookmark[];
  readonly title: string | undefined;
  readonly author: string | undefined;
  /** Pages whose content cannot be read. */
  readonly damaged: readonly number[];
}
