/** What stands at the front of a text, or signs it at the end: its title, who wrote it and when. */
import type { Front } from "../report.ts";
import { columnsOf } from "../text/columns.ts";
import { endsWithFinalMark } from "../text/punctuation.ts";
import { isDashLine } from "./formats/lineKinds.ts";

/** How many blocks from the start or the end a byline may stand. */
const BYLINE_REACH = { start: 5, end: 3 } as const;

/** Longest bylines, in columns: a name alone, and a line that tells of an adoption. */
const MAX_COLUMNS = { byline: 80, dated: 160 } as const;

/** What a block that belongs to the whole text is. */
export type FrontKind = "title" | "subtitle" | "byline";

/** Which blocks are the title, the subtitle below it and the bylines; undefined for the others. */
export function frontKinds(
  blocks: readonly string[],
  hasTitle: boolean,
): (FrontKind | undefined)[] {
  const kinds: (FrontKind | undefined)[] = [];
  blocks.forEach((text, i) => {
    const isBelowTitle = hasTitle && i > 0 && kinds.every((kind) => kind !== undefined);
    kinds.push(frontKind(text, { i, hasTitle, isBelowTitle, count: blocks.length }));
  });
  return kinds;
}

interface Place {
  readonly i: number;
  readonly hasTitle: boolean;
  /** Whether only what is of the front stands above. */
  readonly isBelowTitle: boolean;
  readonly count: number;
}

function frontKind(
  text: string,
  { i, hasTitle, isBelowTitle, count }: Place,
): FrontKind | undefined {
  if (i === 0) return hasTitle ? "title" : byWords(text);
  if (i === 1 && hasTitle && isDashLine(text)) return "subtitle";
  const isNear = i < BYLINE_REACH.start || i >= count - BYLINE_REACH.end;
  if (!isNear) return undefined;
  const isFront = isBelowTitle && (isDated(text) || isOffice(text));
  return isFront || isDateAlone(text) ? "byline" : byWords(text);
}

function byWords(text: string): FrontKind | undefined {
  return isByline(text) ? "byline" : undefined;
}

/** Who wrote it and when, as bylines tell; nothing where none does. */
export function frontOf(bylines: readonly string[]): Front {
  const author = bylines.map(authorOf).find((it) => it !== undefined);
  const date = bylines.map(dateOf).find((it) => it !== undefined);
  return { ...(author !== undefined && { author }), ...(date !== undefined && { date }) };
}

const NAME = "\\p{Lu}[\\p{L}\\p{M}.'’-]*";
const NAMES = `(?<name>${NAME}(?:\\s+(?:(?:and|und|et|y|e|&|de|van|von|der|den|da|di|la|le)\\s+)?${NAME}){0,8})`;

/** `本報記者張三`, and with a gap or colon behind it `記者 張三`, `作者：張三`, `文／張三`; `By Ann Lee`. */
const BYLINES = [
  /^[（(]?本[報报刊台網网社][記记]者[\s:：]*(?<name>\p{L}[^）)；;，。]*)/u,
  /^[（(]?(?:[記记]者|通[訊讯][員员]|特[約约][記记]者|[實实][習习]生)[\s:：/／]+(?<name>\p{L}[^）)；;，。]*)/u,
  /^[（(]?(?:文|[圖图]|文[、·]?[圖图])\s*[/／|｜:：]\s*(?<name>\p{L}[^）)；;，。]*)/u,
  /^[（(]?(?:作者|撰文|撰稿|撰稿人|[執执]筆|[報报]告人|供稿|著者|[責责]?任?[編编][輯辑])\s*[:：]\s*(?<name>\p{L}[^）)；;，。]*)/u,
  /^(?:Authors?|Written by|Prepared by|Reported by|Report by|Autore?n?(?:in)?|Auteure?s?|Autora?e?s?i?|Автор|Yazar|Penulis|Oleh|Tác giả|Auteur|Verfasser(?:in)?|Redaktion|글|글쓴이|작성자|लेखक|लेखिका|ผู้เขียน|الكاتب|إعداد|بقلم)(?:\s*[:：])?\s+(?<name>\p{L}.*)/u,
  /^(?<name>[가-힣]{2,4})\s+(?:기자|특파원)$/u,
  new RegExp(`^By\\s+${NAMES}(?=$|\\s*[,|·•–—]|\\s+on\\s)`, "u"),
  new RegExp(`^(?:Von|Par|Por|Di|Door|Av|Af)\\s+(?=\\S+\\s)${NAMES}(?=$|\\s*[,|·•–—])`, "u"),
  /^By\s+(?<name>\p{Lu}\S*.*)/u,
] as const;

/** Whether a line names who wrote the text. */
export function isByline(line: string): boolean {
  return isShort(line, "byline") && writerOf(line) !== undefined && !endsWithFinalMark(line);
}

function writerOf(line: string): string | undefined {
  return BYLINES.map((form) => form.exec(line)?.groups?.["name"]?.trim()).find(Boolean);
}

function authorOf(line: string): string | undefined {
  return writerOf(line) ?? officeHolderOf(line);
}

const OFFICE_HAN =
  "(?:主席|主任|[書书][記记]|[長长]|[委會会社部][員员]|代表|[總总][裁理監监]|[經经]理|教授|[記记]者|[監监]事|理事|委員|[幹干]事|召集人|[負负][責责]人|[發发]言人|助理|[顧顾][問问]|秘书|秘書|司|官)";

/** An office and a name behind a gap: `市總工會主席　張三`, `市長 山田太郎`. */
const OFFICE_AND_NAME = new RegExp(
  `^(?:[^\\s,，。、；：]{0,40}[ \\u3000])?[^\\s,，。、；：]{0,40}${OFFICE_HAN}[\\s\\u3000:：]+(?<name>\\p{L}[\\p{L}·・]{0,12}(?:[ \\u3000]\\p{L}[\\p{L}·・]{0,12})?)$`,
  "u",
);
/** `張三　市長`. */
const NAME_AND_OFFICE = new RegExp(
  `^(?<name>\\p{Script=Han}{1,2}[ \\u3000]?\\p{Script=Han}{1,3})[\\s\\u3000]+[^\\s,，。、；：]{0,40}${OFFICE_HAN}$`,
  "u",
);
const KOREAN_OFFICE =
  /^(?:[가-힣\d\s]{0,40})(?:회장|위원장|시장|구청장|군수|이사장|대표|원장|소장|교장|국장|총장|장관|의장|조합장|관장|센터장|단장|사무국장)\s+(?<name>[가-힣]{2,4})$/u;

const OFFICE_WORD =
  /(?<!\p{L})(?:(?:Vice[- ]?|Deputy |Acting |Co-)?(?:Chair(?:man|woman|person)?|President|Director(?:-General)?|Secretary(?:-General)?|Mayor|Minister|Governor|Commissioner|Treasurer|Principal|Dean|Superintendent|Rapporteur|Chief|Officer|Manager|Head|Captain|Warden|Curator|Librarian|Inspector|Surveyor|Clerk|Councillor|Editor|Auditor|Engineer|Commodore|Harbou?rmaster)|(?:Ober)?[Bb]ürgermeister(?:in)?|Vorsitzender?|Vorstand|Präsident(?:in)?|Direktor(?:in)?|Leiter(?:in)?|Maire|Présidente?|Directeur|Directrice|Secrétaire|Alcaldesa?|Presidenta?e?|Directora?|Secretari[ao]|Sindac[ao]|Segretari[ao]|Prefeit[ao]|Burgemeester|Voorzitter|Ordförande|Formand|Председатель|Глава|Директор|Мэр|Секретарь|Başkanı?|Müdürü?|Ketua|Bupati|Chủ tịch|Giám đốc)(?!\p{L})|महापौर|अध्यक्ष|निदेशक|सचिव|رئيسة?|مديرة?|نายกเทศมนตรี|ประธาน|ผู้อำนวยการ/u;

const NAME_WORD = /^(?:\p{Lu}[\p{Ll}\p{Lu}.'’-]*|\p{Lo}[\p{Lo}\p{M}]+)$/u;

function isOffice(line: string): boolean {
  if (!isShort(line, "byline") || endsWithFinalMark(line)) return false;
  return officeHolderOf(line) !== undefined;
}

function officeHolderOf(line: string): string | undefined {
  const name = [OFFICE_AND_NAME, NAME_AND_OFFICE, KOREAN_OFFICE]
    .map((form) => form.exec(line)?.groups?.["name"])
    .find(Boolean);
  if (name !== undefined) return name;
  if (!OFFICE_WORD.test(line) || !isShort(line, "byline")) return undefined;
  // `Ann Lee, Mayor of Pellow`, `Mayor of Pellow: Ann Lee`, `Mayor Ann Lee`
  const parts = line.split(/[,:|،]|\s[–—-]\s/u).map((it) => it.trim());
  const named = parts.find((part) => !OFFICE_WORD.test(part) && isName(part));
  if (named !== undefined) return named;
  return parts.length === 1 && isName(line.replace(OFFICE_WORD, "").trim()) ? line : undefined;
}

/** Two to four words that are written as names are. */
function isName(text: string): boolean {
  const words = text.split(/\s+/u);
  return words.length >= 2 && words.length <= 4 && words.every((it) => NAME_WORD.test(it));
}

const DIGIT = "[\\p{Nd}〇○零一二三四五六七八九十]";
/** A whole date in its usual forms. */
const DATE = new RegExp(
  [
    `(?:民[國国]|令和|平成|昭和|公元)?${DIGIT}{1,5}\\s*[年년]\\s*${DIGIT}{1,3}\\s*[月월]\\s*${DIGIT}{1,3}\\s*[日號号일]`,
    "\\p{Nd}{4}([-/.])\\p{Nd}{1,2}\\1\\s?\\p{Nd}{1,2}",
    "\\p{Nd}{1,2}([./-])\\p{Nd}{1,2}\\2\\p{Nd}{4}",
    "\\p{Nd}{1,2}(?:\\.|st|nd|rd|th|er|º)?\\s(?:de\\s|of\\s)?(?:\\p{L}\\p{M}*){3,14}\\.?,?\\s(?:de\\s|del\\s)?\\p{Nd}{4}",
    "\\p{Lu}\\p{L}{2,11}\\.?\\s\\p{Nd}{1,2}(?:st|nd|rd|th)?,?\\s\\p{Nd}{4}",
    "(?:ngày\\s)?\\p{Nd}{1,2}\\stháng\\s\\p{Nd}{1,2}\\s(?:năm\\s)?\\p{Nd}{4}",
  ].join("|"),
  "u",
);
const MONTHS = new RegExp(`${DIGIT}{2,5}\\s*[年년](?:\\s*${DIGIT}{1,3}\\s*[月월])?`, "gu");

function dateOf(line: string): string | undefined {
  return DATE.exec(line.slice(0, MAX_COLUMNS.dated))?.[0];
}

const BRACKETED = /^[（(〔【［[].*[）)〕】］\]]$/u;

/** A line below the title that tells when: in brackets, or without a sentence's mark. */
function isDated(line: string): boolean {
  if (!isShort(line, "dated")) return false;
  const hasDate = dateOf(line) !== undefined;
  if (BRACKETED.test(line)) return hasDate || line.search(MONTHS) >= 0;
  return hasDate && !/[。！？!?；;：:]$|[^.]\.$/u.test(line) && !/[，,]$/u.test(line);
}

/** Whether a line is a date or a span of time and nothing else. */
function isDateAlone(line: string): boolean {
  if (!isShort(line, "byline")) return false;
  const date = dateOf(line);
  const rest = line.replace(date ?? "", "").replace(MONTHS, "");
  if (date === undefined && rest === line) return false;
  return !/[\p{L}\p{N}]/u.test(rest.replace(/\p{Nd}{1,2}\s*[月日]|至|到/gu, ""));
}

function isShort(line: string, kind: keyof typeof MAX_COLUMNS): boolean {
  return line.length <= MAX_COLUMNS[kind] && columnsOf(line) <= MAX_COLUMNS[kind];
}
