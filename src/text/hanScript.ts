import simplifiedToTraditional from "opencc-js/dict/STCharacters";
import { foldHan } from "./fold.ts";

/** Characters that become others when they are written the Traditional way. */
const SIMPLIFIED = new Set(simplifiedToTraditional.split("|").map((pair) => pair.split(" ")[0]));

/** Which characters a Chinese text is written in; undefined if all of them belong to both. */
export function hanScript(text: string): "Hant" | "Hans" | undefined {
  // Traditional first: it also has characters, such as 后 and 里, that stand for others in Simplified.
  if (foldHan(text) !== text) return "Hant";
  return Array.from(text).some((character) => SIMPLIFIED.has(character)) ? "Hans" : undefined;
}
