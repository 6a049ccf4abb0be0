/** Numbers as word processors write them (ECMA-376, ST_NumberFormat). */

const HAN_DIGITS = "〇一二三四五六七八九";
const AIUEO =
  "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const IROHA =
  "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス";
const HEBREW = "אבגדהוזחטיכלמנסעפצקרשת";

/** Writes a number; one in a format that is not known in decimal digits. */
export function formatNumber(count: number, format: string): string {
  return count > 0 ? (FORMATS[format] ?? String)(count) : String(count);
}

const FORMATS: Readonly<Record<string, (count: number) => string>> = {
  none: () => "",
  decimalZero: (count) => String(count).padStart(2, "0"),
  upperRoman: roman,
  lowerRoman: (count) => roman(count).toLowerCase(),
  upperLetter: (count) => repeated(letters("A", "Z"), count),
  lowerLetter: (count) => repeated(letters("a", "z"), count),
  russianUpper: (count) => repeated("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ", count),
  russianLower: (count) => repeated("абвгдежзиклмнопрстуфхцчшщэюя", count),
  chineseCounting: han,
  chineseCountingThousand: han,
  taiwaneseCounting: han,
  taiwaneseCountingThousand: han,
  japaneseCounting: han,
  ideographDigital: hanDigits,
  japaneseDigitalTenThousand: hanDigits,
  taiwaneseDigital: hanDigits,
  chineseLegalSimplified: (count) =>
    translate(han(count), "一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"),
  ideographLegalTraditional: (count) =>
    translate(han(count), "一二三四五六七八九十百千", "壹貳參肆伍陸柒捌玖拾佰仟"),
  japaneseLegal: (count) => translate(han(count), "一二三十", "壱弐参拾"),
  ideographTraditional: (count) => cyclic("甲乙丙丁戊己庚辛壬癸", count),
  ideographZodiac: (count) => cyclic("子丑寅卯辰巳午未申酉戌亥", count),
  decimalFullWidth: (count) => digits(count, 0xff10),
  decimalFullWidth2: (count) => digits(count, 0xff10),
  decimalEnclosedCircle: circled,
  decimalEnclosedCircleChinese: circled,
  decimalEnclosedParen: (count) => enclosed(count, 0x2474),
  decimalEnclosedFullstop: (count) => enclosed(count, 0x2488),
  aiueoFullWidth: (count) => cyclic(AIUEO, count),
  aiueo: (count) => cyclic(AIUEO, count),
  iroha: (count) => cyclic(IROHA, count),
  irohaFullWidth: (count) => cyclic(IROHA, count),
  ganada: (count) => cyclic("가나다라마바사아자차카타파하", count),
  chosung: (count) => cyclic("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", count),
  arabicAlpha: (count) => cyclic("أبتثجحخدذرزسشصضطظعغفقكلمنهوي", count),
  arabicAbjad: (count) => cyclic("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ", count),
  hebrew2: (count) => cyclic(HEBREW, count),
  hebrew1: (count) => cyclic(HEBREW, count),
  hindiNumbers: (count) => digits(count, 0x0966),
  thaiNumbers: (count) => digits(count, 0x0e50),
};

function letters(from: string, to: string): string {
  const [start, end] = [from.charCodeAt(0), to.charCodeAt(0)];
  return Array.from({ length: end - start + 1 }, (_, i) => String.fromCharCode(start + i)).join("");
}

/** A, B, … Z, AA, BB: the letter again for each round. */
function repeated(alphabet: string, count: number): string {
  const rounds = Math.ceil(count / alphabet.length);
  return rounds > 10 ? String(count) : cyclic(alphabet, count).repeat(rounds);
}

function cyclic(alphabet: string, count: number): string {
  return alphabet.charAt((count - 1) % alphabet.length);
}

const ROMAN: readonly (readonly [value: number, sign: string])[] = [
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
];

function roman(count: number): string {
  if (count > 3_999) return String(count);
  let left = count;
  let said = "";
  for (const [value, sign] of ROMAN) {
    for (; left >= value; left -= value) said += sign;
  }
  return said;
}

/** 一, 十一, 二十, 一百零三. */
function han(count: number): string {
  if (count > 9_999) return String(count);
  let said = "";
  let isGap = false;
  for (const [value, sign] of [
    [1_000, "千"],
    [100, "百"],
    [10, "十"],
    [1, ""],
  ] as const) {
    const digit = Math.floor(count / value) % 10;
    if (digit === 0) {
      isGap = said !== "";
      continue;
    }
    const isTen = value === 10 && digit === 1 && said === "";
    said += `${isGap ? "零" : ""}${isTen ? "" : HAN_DIGITS.charAt(digit)}${sign}`;
    isGap = false;
  }
  return said;
}

function hanDigits(count: number): string {
  return Array.from(String(count), (digit) => HAN_DIGITS.charAt(Number(digit))).join("");
}

function translate(text: string, from: string, to: string): string {
  return Array.from(text, (it) => (from.includes(it) ? to.charAt(from.indexOf(it)) : it)).join("");
}

function digits(count: number, zero: number): string {
  return Array.from(String(count), (digit) => String.fromCharCode(zero + Number(digit))).join("");
}

function circled(count: number): string {
  return enclosed(count, 0x2460);
}

function enclosed(count: number, one: number): string {
  return count <= 20 ? String.fromCharCode(one + count - 1) : String(count);
}
