/** Reports word by word, without an index. */
import { piecesOf } from "../src/ask/passageWords.ts";
import type { WordPiece } from "../src/ask/passageWords.ts";
import { prepareGlossing } from "../src/ingest/glossing.ts";
import type { Report } from "../src/report.ts";
import { readDictionary } from "../src/terms/dictionary.ts";
import { mayBeChinese } from "../src/text/chinese.ts";

/**
 * The pieces of each report's passages; none of a passage that is not Chinese.
 *
 * @throws {UserError} if the dictionary is needed and cannot be read.
 */
export async function readPieces(reports: readonly Report[]): Promise<WordPiece[][][]> {
  // The dictionary takes 74 MB.
  if (!reports.some(({ text }) => mayBeChinese(text))) return reports.map(() => []);
  const gloss = prepareGlossing(await readDictionary());
  const all: WordPiece[][][] = [];
  for (const report of reports) {
    const pieces: WordPiece[][] = [];
    for await (const { text, words } of gloss(report)) {
      pieces.push(words.length === 0 ? [] : piecesOf(text, words));
    }
    all.push(pieces);
  }
  return all;
}
