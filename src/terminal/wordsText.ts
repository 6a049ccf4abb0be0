/** A passage word by word on a terminal. Pure. */
import pc from "picocolors";
import { DICTIONARY_CREDIT } from "../ask/passageWords.ts";
import type { WordPiece } from "../ask/passageWords.ts";

/** A line a word: the word, how it is read, what the dictionary says of it. */
export function renderWords(pieces: readonly WordPiece[], useColors: boolean): string {
  const colors = pc.createColors(useColors);
  const lines = pieces.flatMap(({ text, pinyin, senses }) =>
    pinyin === undefined
      ? []
      : [`${colors.bold(text)}  ${pinyin}  ${colors.dim(senses.join(" / "))}`.trimEnd()],
  );
  return [...lines, "", `Dictionary senses, not a translation. ${DICTIONARY_CREDIT}.`].join("\n");
}
