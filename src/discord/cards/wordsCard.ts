/** A passage word by word as a Discord message, as many words as it has room for. Pure. */
import { DICTIONARY_CREDIT } from "../../ask/passageWords.ts";
import type { WordPiece } from "../../ask/passageWords.ts";
import { MAX_CARD_BYTES, MAX_CARD_CHARS } from "../limits.ts";
import type { Texts } from "../locales/texts.ts";
import { MAX_TITLE_CHARS, button, oneLine, rowOf, textDisplay, toMessage } from "./cardParts.ts";
import type { CardMessage } from "./cardParts.ts";

/** Room that is left for title and credit. */
const ROOM = { chars: 400, bytes: 1_200 } as const;

/** Which words are shown: from this one on, counted from 0. */
interface WordsFrom {
  readonly passage: string;
  readonly offset: number;
}

/** The words of a passage from an offset on, a line each, and a button for the rest; undefined where none are left. */
export function renderWords(
  pieces: readonly WordPiece[],
  { passage, offset }: WordsFrom,
  texts: Texts,
): CardMessage | undefined {
  const words = pieces.flatMap(({ pinyin, ...piece }) => (pinyin ? [{ ...piece, pinyin }] : []));
  const lines = linesThatFit(words.slice(offset).map(lineOf));
  if (lines.length === 0) return undefined;
  const next = offset + lines.length;
  const rest =
    next < words.length
      ? [button({ kind: "words", passage, offset: next }, texts.buttons.goOn)]
      : [];
  const isWhole = lines.length === words.length;
  const range = isWhole ? "" : ` ${offset + 1}–${next} / ${words.length}`;
  return toMessage("none", () => [
    textDisplay(`**${texts.buttons.words}**${range}\n-# ${texts.dictionarySenses}`),
    textDisplay(lines.join("\n")),
    textDisplay(`-# ${DICTIONARY_CREDIT}`),
    ...rowOf(rest),
  ]);
}

function lineOf({ text, pinyin = "", senses }: WordPiece): string {
  const [word, reading] = [text, pinyin].map((it) => oneLine(it, MAX_TITLE_CHARS));
  const meaning = senses.map((sense) => oneLine(sense, MAX_TITLE_CHARS)).join(" / ");
  return `**${word ?? ""}** ${reading ?? ""}${meaning === "" ? "" : ` — ${meaning}`}`;
}

/** The first lines that a message has room for. */
function linesThatFit(lines: readonly string[]): string[] {
  let [chars, bytes] = [MAX_CARD_CHARS - ROOM.chars, MAX_CARD_BYTES - ROOM.bytes];
  const beyond = lines.findIndex((line) => {
    chars -= line.length + 1;
    bytes -= Buffer.byteLength(line) + 1;
    return chars < 0 || bytes < 0;
  });
  return lines.slice(0, beyond < 0 ? undefined : beyond);
}
