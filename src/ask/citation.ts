/** How a passage is cited elsewhere: in plain text, and as CSL-JSON for programs that keep references. Pure. */
import type { Excerpt, Place } from "./excerpt.ts";
import { reportAddress } from "./reportAddress.ts";

/** A place that is cited: a passage's, or a whole report's. */
export type Cited = Pick<Place, "title" | "author" | "date" | "url" | "page" | "pageLabel"> & {
  /** The headings above, the highest first. */
  readonly section: readonly string[];
  /** Where it stands; undefined for a whole report. */
  readonly at?: Pick<Excerpt, "passage" | "paragraph" | "sentences"> | undefined;
  /** Where it can be read; where it was published if undefined. */
  readonly address?: string | undefined;
};

/** The words of a language for places. */
export interface CitationWords {
  readonly place: (paragraph: number, from: number, to: number) => string;
  /** @param page What is printed on it. */
  readonly page: (page: string) => string;
  readonly passage: (id: string) => string;
}

/** A reference as CSL-JSON has it (citationstyles.org, csl-data.json). */
interface CslItem {
  readonly id: string;
  readonly type: "report";
  readonly title: string;
  readonly author?: [{ literal: string }];
  readonly issued?: CslDate;
  readonly section?: string;
  readonly page?: string;
  readonly locator?: string;
  readonly note?: string;
  readonly URL?: string;
}

type CslDate =
  { "date-parts": [[year: number, month?: number, day?: number]] } | { literal: string };

/**
 * A passage as it is cited.
 *
 * @param siteUrl Where the reports can be read as pages, with a slash at its end; where its report was published is named if undefined.
 */
export function citedOf(excerpt: Excerpt, siteUrl: string | undefined): Cited {
  const { report, passage } = excerpt;
  const address = siteUrl === undefined ? undefined : reportAddress(siteUrl, report, passage);
  return { ...excerpt, at: excerpt, address };
}

/** One line: author, title, date, section, page, paragraph, passage, address, those that are known. */
export function citationText(cited: Cited, words: CitationWords): string {
  const { title, author, date, section, at } = cited;
  const page = pageOf(cited);
  const where = [
    sectionLine(section),
    ...(page === undefined ? [] : [words.page(page)]),
    ...(at ? [words.place(at.paragraph, ...at.sentences), words.passage(at.passage)] : []),
  ];
  const parts = [author, title, date].map((it) => plain(it ?? ""));
  const said = [...parts, where.filter((it) => it !== "").join(", ")].filter((it) => it !== "");
  return [...said.map(closed), ...(addressOf(cited) ?? [])].join(" ");
}

/** The same as CSL-JSON, a list of one item, as programs that keep references read it. */
export function cslJson(cited: Cited, words: CitationWords): string {
  return JSON.stringify([toCslItem(cited, words)], null, 2);
}

/** The same as data. */
export function toCslItem(cited: Cited, words: CitationWords): CslItem {
  const { title, author, date, section, at } = cited;
  const page = pageOf(cited);
  const [address] = addressOf(cited) ?? [];
  return {
    id: at ? at.passage : plain(title),
    type: "report",
    title: plain(title),
    ...(author !== undefined && { author: [{ literal: plain(author) }] }),
    ...(date !== undefined && { issued: cslDate(plain(date)) }),
    ...(section.length > 0 && { section: sectionLine(section) }),
    ...(page !== undefined && { page }),
    ...(at && {
      locator: words.place(at.paragraph, ...at.sentences),
      note: words.passage(at.passage),
    }),
    ...(address !== undefined && { URL: address }),
  };
}

/** The headings above a passage in one line. */
export function sectionLine(section: readonly string[]): string {
  return section.map(plain).join(" › ");
}

function pageOf({ page, pageLabel }: Cited): string | undefined {
  const printed = pageLabel ?? page;
  return printed === undefined ? undefined : plain(String(printed));
}

function addressOf({ address, url }: Cited): [string] | undefined {
  const known = address ?? url;
  return known === undefined ? undefined : [known];
}

/** A date that says the year first, in digits: 2021, 2021-12, 2021/12/1, 2021年12月1日. */
const YEAR_FIRST = /^(\d{4})(?:年|[-/.年](\d{1,2})(?:月|[-/.月](\d{1,2})日?)?)?$/u;

const MONTHS = 12;
const DAYS = 31;

/** Any other date stays in the report's own words. */
function cslDate(date: string): CslDate {
  const [, year, month, day] = YEAR_FIRST.exec(date) ?? [];
  const isDate = Number(month ?? 1) <= MONTHS && Number(day ?? 1) <= DAYS;
  if (year === undefined || !isDate) return { literal: date };
  if (month === undefined) return { "date-parts": [[Number(year)]] };
  if (day === undefined) return { "date-parts": [[Number(year), Number(month)]] };
  return { "date-parts": [[Number(year), Number(month), Number(day)]] };
}

/** What cannot be seen but turns other text around, and line breaks, which would end the line. */
const UNSEEN = /[\p{Cc}\p{Surrogate}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/gu;

function plain(text: string): string {
  return text.replace(UNSEEN, " ").replace(/\s+/gu, " ").trim();
}

/** A part with the point that ends it, unless it ends with a mark of its own. */
function closed(part: string): string {
  return /[.!?。！？…]$/u.test(part) ? part : `${part}.`;
}
