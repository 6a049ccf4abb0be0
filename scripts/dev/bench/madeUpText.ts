/** Texts of words that do not exist, for what a text costs and not what it says. */
import { seededRandom } from "../../../test/support/seed.ts";

const SYLLABLES = "ba con der el fi gra ho in jor ka lu men no per qui ras sto ti un ver".split(
  " ",
);

/** Paragraphs of one to eight sentences of eight to twenty-five words, of which some are frequent; the same each time. */
export function madeUpText(chars: number): string {
  const random = seededRandom(7);
  const below = (limit: number): number => Math.floor(limit * random());
  const words = Array.from({ length: 5_000 }, () =>
    Array.from({ length: 1 + below(3) }, () => SYLLABLES[below(SYLLABLES.length)] ?? "").join(""),
  );
  const word = (): string => words[Math.floor(words.length * random() ** 3)] ?? "";
  const sentence = (): string => {
    const said = Array.from({ length: 8 + below(18) }, word).join(" ");
    return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  };
  let text = "";
  while (text.length < chars) {
    text += `${Array.from({ length: 1 + below(8) }, sentence).join(" ")}\n`;
  }
  return text;
}
