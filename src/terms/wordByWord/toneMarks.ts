/** Pinyin as it is written: from syllables with numbers to words with marks. Pure. */

const MARKS: Readonly<Record<string, string>> = {
  a: "āáǎà",
  e: "ēéěè",
  i: "īíǐì",
  o: "ōóǒò",
  u: "ūúǔù",
  ü: "ǖǘǚǜ",
  m: "m̄ḿm̌m̀",
  n: "n̄ńňǹ",
};

const SYLLABLE = /^(?<letters>[a-zü]+)(?<tone>[1-5])$/iu;

/** A word's pinyin in one piece, `níngjùlì`, `Xī'ān`, `Xí Jìnpíng`, from CC-CEDICT's `ning2 ju4 li4`; a capital begins a part of a name. */
export function writePinyin(syllables: string): string {
  let written = "";
  for (const numbered of syllables.replaceAll("u:", "ü").replaceAll("U:", "Ü").split(" ")) {
    const syllable = markTone(numbered);
    const before = written.at(-1) ?? "";
    if (/^[·,]$/u.test(numbered)) written += numbered === "," ? "," : " · ";
    else if (/\p{Lu}/u.test(syllable.charAt(0)) && written !== "") written += ` ${syllable}`;
    else if (before === ",") written += ` ${syllable}`;
    // Where a syllable begins with a vowel, the border between it and the one before would not be seen.
    else if (/^[aeoāáǎàēéěèōóǒò]/u.test(syllable) && /[\p{L}\p{M}]/u.test(before)) {
      written += `'${syllable}`;
    } else written += syllable;
  }
  return written.replace(/ {2,}/gu, " ");
}

/** A syllable with the mark of its tone, `zhuàng` from `zhuang4`; what is none is given back. */
function markTone(numbered: string): string {
  const { letters = "", tone = "" } = SYLLABLE.exec(numbered)?.groups ?? {};
  if (letters === "") return numbered;
  const mark = Number(tone) - 1;
  const at = placeOfMark(letters.toLowerCase());
  const letter = letters.charAt(at);
  const marked = Array.from(MARKS[letter.toLowerCase()]?.match(/\p{L}\p{M}?/gu) ?? [])[mark];
  if (marked === undefined) return letters;
  const cased = letter === letter.toLowerCase() ? marked : marked.toUpperCase();
  return letters.slice(0, at) + cased + letters.slice(at + 1);
}

/** Which letter bears the mark: a or e; the o of ou; else the last vowel. */
function placeOfMark(letters: string): number {
  const first = letters.search(/[ae]/u);
  if (first >= 0) return first;
  const ou = letters.indexOf("ou");
  if (ou >= 0) return ou;
  const vowels = [...letters.matchAll(/[iouü]/gu)];
  return vowels.at(-1)?.index ?? letters.search(/[mn]/u);
}
