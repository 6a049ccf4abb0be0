import shinjitaiToTraditional from "opencc-js/dict/JPShinjitaiCharacters";
import traditionalToShinjitai from "opencc-js/dict/JPShinjitaiCharactersRev";
import traditionalToSimplified from "opencc-js/dict/TSCharacters";
import simplifiedToTraditional from "opencc-js/dict/STCharacters";
import { rewriteTraced } from "./tracedText.ts";
import type { TracedText } from "./tracedText.ts";
import { readBig5Level1, readGb2312 } from "./hanCharsets.ts";

/** Variants that OpenCC leaves as they are, because its own regional tables see to them. */
const MORE_VARIANTS = "祇 只|衹 只|喫 吃|汚 污|戸 户|竝 并|麤 粗|衞 卫|寀 采|鉱 矿";

const CHINESE = readTable(`${traditionalToSimplified}|${MORE_VARIANTS}`);

const SIMPLIFIED = new Map([...readShinjitai(), ...CHINESE]);

/**
 * 著 is also 着 (看得著) in Traditional texts, and itself in both scripts where it means writing or renown: a neighbour
 * tells which.
 */
const PARTICLE_ZHE =
  /(?<![名顯显原專专巨編编譯译遺遗卓昭論论新拙合土])著(?![名作稱称述者書书錄录])/gu;

/** 甚 is 什 in 甚麼 alone; in 甚至 it is itself. */
const SHEN_OF_SHENME = /甚(?=[麼么麽])/gu;

/**
 * Folds Traditional, Japanese and variant characters to Simplified ones, one for one.
 * The result has the same length in UTF-16 code units: a place in it is the same place in `text`.
 */
export function foldHan(text: string): string {
  let folded = "";
  for (const character of text.replace(PARTICLE_ZHE, "着").replace(SHEN_OF_SHENME, "什")) {
    folded += SIMPLIFIED.get(character) ?? character;
  }
  return folded;
}

/** Folds width (NFKC), case and script for keyword search. The length may change. */
export function foldText(text: string): string {
  return foldHan(text.normalize("NFKC").toLowerCase());
}

/** What NFKC may join: a character with its marks, a Korean syllable's letters. */
const JOINED = /[\u1100-\u11FF\uA960-\uA97C\uD7B0-\uD7FB]+|[^][\p{M}\uFF9E\uFF9F]*/gu;

/** Folds as {@link foldText} does, and keeps the places; undefined for a text, such as one of broken letters, in which they are lost. */
export function foldTraced(traced: TracedText): TracedText | undefined {
  const text = foldText(traced.text);
  const byPiece = rewriteTraced(traced, [[JOINED, (it) => it.normalize("NFKC").toLowerCase()]]);
  // Scripts are folded one for one, and what else depends on a neighbour, such as the last sigma of a word, has one length too.
  return byPiece.text.length === text.length ? { ...byPiece, text } : undefined;
}

/** The runs of Han characters in a text, folded. */
export function hanRuns(text: string): string[] {
  return foldHan(text).match(/\p{Script=Han}+/gu) ?? [];
}

/** Characters that become others when they are written the Traditional way. */
const ONLY_SIMPLIFIED = new Set(
  simplifiedToTraditional.split("|").map((pair) => pair.split(" ")[0]),
);

/** Which characters a Chinese text is written in; undefined if all of them belong to both. */
export function hanScript(text: string): "Hant" | "Hans" | undefined {
  // Traditional first: it also has characters, such as 后 and 里, that stand for others in Simplified.
  if (foldHan(text) !== text) return "Hant";
  return Array.from(text).some((character) => ONLY_SIMPLIFIED.has(character)) ? "Hans" : undefined;
}

/** Reads "from to|from to|…" into a table that reaches its results in one step. */
function readTable(pairs: string): ReadonlyMap<string, string> {
  const table = new Map(readPairs(pairs));
  // A few results are themselves entries (薴 苧 苎): folding must reach the last one, or folding twice would go on.
  for (const [from, to] of table) table.set(from, table.get(to) ?? to);
  return table;
}

/**
 * The Simplified characters of Japanese shinjitai, by way of their Traditional ones. A shinjitai that is a character of
 * Chinese texts (GB 2312, the first level of Big5) is left alone, because there it may be another word (芸, 弁, 浜); so is
 * one whose Traditional characters do not lead to exactly one character of GB 2312.
 */
function readShinjitai(): ReadonlyMap<string, string> {
  const simplified = readGb2312();
  const traditional = readBig5Level1();
  const found = new Map<string, string>();
  const pairs = [
    ...readPairs(shinjitaiToTraditional),
    ...readPairs(traditionalToShinjitai).map(([from, to]) => [to, from] as const),
  ];
  for (const [shinjitai, from] of pairs) {
    const to = CHINESE.get(from) ?? from;
    if (simplified.has(shinjitai) || traditional.has(shinjitai) || !simplified.has(to)) continue;
    const known = found.get(shinjitai);
    found.set(shinjitai, known === undefined || known === to ? to : shinjitai);
  }
  return found;
}

/** Reads "from to|from to|…", without the pairs whose lengths differ in UTF-16: they would move every later place. */
function readPairs(pairs: string): (readonly [from: string, to: string])[] {
  return pairs.split("|").flatMap((pair) => {
    const [from, to] = pair.split(" ");
    return from !== undefined && to?.length === from.length ? [[from, to] as const] : [];
  });
}
