/** Paragraphs multiplied: the same again with other numbers and names, and vectors that differ a little. */
import type { Encoder } from "../../../src/models/encoder/encoder.ts";
import type { Encoding } from "../../../src/models/encoder/encoding.ts";
import { normaliseRows } from "../../../src/vectors.ts";
import { planChunks } from "../../../src/ingest/chunks.ts";
import type { Report } from "../../../src/report.ts";
import { seededRandom } from "../../../test/support/seed.ts";
import { foldHan } from "../../../src/text/fold.ts";

/** The most frequent characters carry the sentence's grammar: they stay. */
const KEPT_CHARACTERS = 200;

/** One in so many of the other characters becomes another one, the same one throughout a copy. */
const ONE_IN = 5;

/** Length of the noise that is added to a vector of length 1: a copy's cosine with its original is near .99. */
const NOISE = 0.15;

/** A number, a Latin word or a Chinese character. */
const VARIED = /\d+|[A-Za-z]{2,}|\p{Script=Han}/gu;

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Gives the copy of a text with a number; each has the text's length. */
type Vary = (text: string, copy: number) => string;

/** Prepares the varying of texts: their rarer characters take each other's places. */
export function prepareVariation(texts: readonly string[]): Vary {
  const counts = new Map<string, number>();
  for (const [character] of texts.join("").matchAll(/\p{Script=Han}/gu)) {
    if (character.length === 1) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const frequentFirst = Array.from(counts).sort(([, a], [, b]) => b - a);
  const rarer = frequentFirst.slice(KEPT_CHARACTERS).map(([character]) => character);
  const isRarer = new Set(rarer);
  return (text, copy) =>
    text.replace(VARIED, (found) => {
      const random = seededRandom(hashOf(`${copy} ${found}`));
      if (/^\d/u.test(found)) return varyDigits(found, random);
      if (/^[A-Za-z]/u.test(found)) return varyLetters(found, random);
      if (!isRarer.has(found) || random() >= 1 / ONE_IN) return found;
      return rarer[Math.floor(random() * rarer.length)] ?? found;
    });
}

/** Questions made of some, never two alike: gives one for each number. */
export function distinctQuestions(questions: readonly string[]): (i: number) => string {
  const vary = prepareVariation(questions);
  return (i) => {
    const round = Math.floor(i / questions.length);
    // Some questions hold nothing that can be varied.
    return `${vary(questions[i % questions.length] ?? "", round)} ${round}`;
  };
}

function varyDigits(digits: string, random: () => number): string {
  return Array.from(digits, (_, i) => Math.floor(i === 0 ? 1 + 9 * random() : 10 * random())).join(
    "",
  );
}

function varyLetters(word: string, random: () => number): string {
  return Array.from(word, (letter) => {
    const other = LETTERS[Math.floor(random() * LETTERS.length)] ?? letter;
    return letter === letter.toLowerCase() ? other : other.toUpperCase();
  }).join("");
}

/** A report, and the one that it is a copy of. */
export interface Copy {
  readonly report: Report;
  readonly original: Report;
}

/**
 * An encoder that knows copies: their vectors are their originals' with some noise, because the model would need hours for all of
 * them. What is split otherwise than its original, it encodes.
 */
export function encodingCopies(encoder: Encoder, copies: readonly Copy[]): Encoder {
  const originalOf = originalTexts(copies);
  const known = new Map<string, Promise<Encoding>>();
  const encodeOnce = (text: string): Promise<Encoding> => {
    const encoding = known.get(text) ?? encoder.encode(text, "passage");
    known.set(text, encoding);
    return encoding;
  };
  return {
    dimensions: encoder.dimensions,
    encode: async (text, role) => {
      if (role === "query") return encoder.encode(text, role);
      const original = originalOf.get(text);
      if (original === undefined) return encoder.encode(text, role);
      const encoding = await encodeOnce(original);
      return original === text ? encoding : addNoise(encoding, text);
    },
    tokenize: (texts) => encoder.tokenize(texts),
    read: encoder.read,
    close: () => encoder.close(),
  };
}

/** The folded text of each encoded text's original. */
function originalTexts(copies: readonly Copy[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { report, original } of copies) {
    const chunks = textsOf(report);
    const originals = textsOf(original);
    const isAlike =
      chunks.length === originals.length &&
      chunks.every((text, i) => text.length === originals[i]?.length);
    if (!isAlike) continue;
    for (const [i, text] of chunks.entries()) {
      const folded = foldHan(text);
      if (!texts.has(folded)) texts.set(folded, foldHan(originals[i] ?? text));
    }
  }
  return texts;
}

/** What of a report is encoded. */
function textsOf(report: Report): string[] {
  const { headings, sentences } = planChunks([report]);
  return [...headings, ...sentences];
}

function addNoise(encoding: Encoding, text: string): Encoding {
  const random = seededRandom(hashOf(text));
  const dimensions = encoding.vector.length;
  // Of values spread evenly from −a to a, the mean square is a²/3.
  const most = NOISE * Math.sqrt(3 / dimensions);
  const noisy = (rows: Float32Array): Float32Array => {
    const sum = new Float32Array(rows.length);
    for (let i = 0; i < rows.length; i++) sum[i] = (rows[i] ?? 0) + most * (2 * random() - 1);
    return normaliseRows(sum, dimensions);
  };
  return { ...encoding, vector: noisy(encoding.vector), tokens: noisy(encoding.tokens) };
}

/** FNV-1a over UTF-16 code units. */
function hashOf(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01_00_01_93);
  return hash >>> 0;
}
