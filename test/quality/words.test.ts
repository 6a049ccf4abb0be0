/** The floors of words one by one, on sentences that were read by hand. */
import { expect, it } from "vitest";
import {
  CHECKED_WORDS,
  WORD_FLOORS,
  judgeWords,
  readCheckedWords,
  wordShares,
} from "../../scripts/dev/evaluation/wordByWordQuality.ts";
import { readDictionary } from "../../src/terms/dictionary.ts";
import { prepareWords } from "../../src/terms/wordByWord/wordByWord.ts";

it.each(Object.entries(CHECKED_WORDS))("of the %s half are cut and read right", async (_, file) => {
  const sentences = await readCheckedWords(file);
  expect(sentences.length).toBeGreaterThanOrEqual(150);
  const outcomes = judgeWords(sentences, await prepareWords(await readDictionary()));
  const { cut, read } = wordShares(outcomes);
  expect(cut).toBeGreaterThanOrEqual(WORD_FLOORS.cut);
  expect(read).toBeGreaterThanOrEqual(WORD_FLOORS.read);
});

it("a word that is cut or read wrong is counted so", async () => {
  const [first] = await readCheckedWords(CHECKED_WORDS.tuned);
  const one = first === undefined ? [] : [first];
  const none = judgeWords(one, () => () => []);
  expect(none.length).toBeGreaterThan(0);
  expect(wordShares(none).cut).toBe(0);
  const whole = judgeWords(one, () => (text) => [
    { start: 0, end: text.length, pinyin: "", senses: [] },
  ]);
  expect(whole.some(({ isCut }) => isCut)).toBe(false);
});
