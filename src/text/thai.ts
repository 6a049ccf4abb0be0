/** Where sentences end in Thai and Lao, which mark it with a space at most. */

/** A space between letters; numbers, names in other scripts and the marks ๆ and ฯ have spaces around them for another reason. */
const SPACE = /(?<=[ก-ะา-ฺเ-ๅ็-๎ກ-ະາ-ຽເ-ໄ່-ໍ])\s+(?=[ก-ฮเ-ไກ-ຮເ-ໄ])/gu;

/** Words with which a clause goes on. */
const GOES_ON =
  /^(?:และ|หรือ|แต่|ซึ่ง|ที่|โดย|เพื่อ|เพราะ|เนื่องจาก|จึง|รวมทั้ง|รวมถึง|ได้แก่|เช่น|กับ|ของ|ใน|จาก|ถึง|ว่า|คือ|ทำให้|ส่วนหนึ่ง|เพิ่มขึ้น|ลดลง|แล้ว|ແລະ|ຫຼື|ແຕ່|ທີ່|ໂດຍ|ເພື່ອ)/u;

/** Fewer words are no sentence. */
const MIN_WORDS = 4;

let segmenter: Intl.Segmenter | undefined;

/** The places behind the spaces that part sentences. */
export function thaiEnds(text: string): number[] {
  const gaps = Array.from(text.matchAll(SPACE), ({ index, 0: gap }) => ({
    start: index,
    end: index + gap.length,
  }));
  const ends: number[] = [];
  let from = 0;
  gaps.forEach(({ start, end }, i) => {
    const next = text.slice(end, gaps[i + 1]?.start ?? text.length);
    if (GOES_ON.test(next) || isShort(text.slice(from, start)) || isShort(next)) return;
    ends.push(end);
    from = end;
  });
  return ends;
}

/** Enough for the least number of words, in UTF-16 code units. */
const LOOK_UNITS = 80;

function isShort(piece: string): boolean {
  segmenter ??= new Intl.Segmenter("th", { granularity: "word" });
  let words = 0;
  for (const { isWordLike } of segmenter.segment(piece.slice(0, LOOK_UNITS))) {
    if (isWordLike === true) words++;
    if (words >= MIN_WORDS) return false;
  }
  return true;
}
