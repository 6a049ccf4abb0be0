import { describe, expect, it } from "vitest";
import { writePinyin } from "../../../src/terms/wordByWord/toneMarks.ts";

describe("writePinyin", () => {
  it.each([
    ["ning2 ju4 li4", "níngjùlì", "a word in one piece"],
    ["Xi1 an1", "Xī'ān", "a border before a vowel"],
    ["Xi2 Jin4 ping2", "Xí Jìnpíng", "a name's parts apart"],
    ["Ge2 da2 · Si1", "Gédá · Sī", "a name with a point in it"],
    ["lu:4 hua4", "lǜhuà", "an umlaut"],
    ["nu:e4", "nüè", "the mark on the e"],
    ["liu2", "liú", "the mark on the last vowel"],
    ["gui1", "guī", "and of ui"],
    ["gou3", "gǒu", "and on the o of ou"],
    ["Ou1 zhou1", "Ōuzhōu", "a capital with a mark"],
    ["de5", "de", "the neutral tone"],
    ["dian3 r5", "diǎnr", "an r behind"],
    ["yi1 yan2 ji4 chu1 , si4 ma3 nan2 zhui1", "yīyánjìchū, sìmǎnánzhuī", "two halves"],
    ["n2", "ń", "a syllable without a vowel"],
    ["A A zhi4", "A Azhì", "letters"],
    ["xx5", "xx", "a reading that nobody knows"],
    ["", "", "nothing"],
  ])("%j is written %j: %s", (syllables, written) => {
    expect(writePinyin(syllables).normalize("NFC")).toBe(written.normalize("NFC"));
  });
});
