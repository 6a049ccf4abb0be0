import { withFront } from "../../outline.ts";
import type { Document } from "../../outline.ts";
import type { ReportFile } from "../../reportFiles.ts";
import { articleOf } from "./article.ts";
import { authorIn, authorOf } from "./byline.ts";
import { decodeHtml } from "./decodeHtml.ts";
import { whyHidden } from "./leftOut.ts";
import { metadataOf } from "./metadata.ts";
import { titleOf } from "./title.ts";
import { elementsOf, parseHtml } from "./tree.ts";
import { writeTree } from "./writeTree.ts";
import type { WrittenTree } from "./writeTree.ts";

/**
 * Reads a page: its article, out of all that stands around it.
 *
 * @throws {UserError} if it is no text, or of more elements than memory holds.
 */
export function readHtml({ bytes, path }: Pick<ReportFile, "bytes" | "path">): Document {
  const page = parseHtml(decodeHtml(bytes, path), path);
  const body = elementsOf(page, "body")[0] ?? page;
  const metadata = metadataOf(page);
  const article = articleOf(body);
  const title = titleOf(body, article, metadata);
  const written = writeTree(body, { title: title.element, whyOut: article.whyOut });
  const author = metadata.front.author ?? authorOf(body, whyHidden) ?? authorIn(linesOf(written));
  return withFront({ ...written, title: title.text, front: { ...metadata.front, author } });
}

/** All lines of a page that are read or told. */
function linesOf({ text, leftOut }: WrittenTree): string[] {
  return [...text.split("\n"), ...leftOut.map((it) => it.text)];
}
