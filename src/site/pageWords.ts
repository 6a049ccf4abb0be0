/** What a page says besides the report's words, in the languages that the bot speaks; other reports are framed in English. */
import type { CitationWords } from "../ask/citation.ts";

/** The words of a page's own. */
export interface PageWords extends CitationWords {
  /** Their language, a tag. */
  readonly lang: string;
  readonly skip: string;
  readonly contents: string;
  readonly reports: string;
  readonly source: string;
  readonly citation: string;
  readonly cite: string;
  readonly copyLink: string;
  readonly copyCitation: string;
  readonly copyCsl: string;
  readonly clear: string;
  readonly copied: string;
  readonly notCopied: string;
}

const ENGLISH: PageWords = {
  lang: "en",
  place: (paragraph, from, to) =>
    from === to
      ? `paragraph ${paragraph}, sentence ${from}`
      : `paragraph ${paragraph}, sentences ${from}–${to}`,
  page: (page) => `p. ${page}`,
  passage: (id) => `passage ${id}`,
  skip: "Skip to the text",
  contents: "Contents",
  reports: "Reports",
  source: "Source",
  citation: "Citation",
  cite: "Cite",
  copyLink: "Copy link",
  copyCitation: "Copy citation",
  copyCsl: "Copy CSL-JSON",
  clear: "Clear the mark",
  copied: "Copied.",
  notCopied: "Your browser does not let this be copied: copy it here by hand.",
};

const TRADITIONAL: PageWords = {
  lang: "zh-Hant",
  place: (paragraph, from, to) =>
    from === to ? `第${paragraph}段第${from}句` : `第${paragraph}段第${from}至${to}句`,
  page: (page) => `第 ${page} 頁`,
  passage: (id) => `段落編號 ${id}`,
  skip: "跳到正文",
  contents: "目錄",
  reports: "報告",
  source: "來源",
  citation: "引用",
  cite: "引用",
  copyLink: "複製連結",
  copyCitation: "複製引用",
  copyCsl: "複製 CSL-JSON",
  clear: "取消標示",
  copied: "已複製。",
  notCopied: "瀏覽器不允許複製：請在這裡選取後自行複製。",
};

const SIMPLIFIED: PageWords = {
  lang: "zh-Hans",
  place: TRADITIONAL.place,
  page: (page) => `第 ${page} 页`,
  passage: (id) => `段落编号 ${id}`,
  skip: "跳到正文",
  contents: "目录",
  reports: "报告",
  source: "来源",
  citation: "引用",
  cite: "引用",
  copyLink: "复制链接",
  copyCitation: "复制引用",
  copyCsl: "复制 CSL-JSON",
  clear: "取消标记",
  copied: "已复制。",
  notCopied: "浏览器不允许复制：请在这里选取后自行复制。",
};

/** What a page of words says: in English everywhere, as its senses are, for those who cannot read the report. */
export const WORDS_PAGE = {
  ...ENGLISH,
  name: "Word by word",
  note: "Dictionary senses, not a translation.",
} as const;

/** The words for a report in a language. */
export function wordsFor(language: string): PageWords {
  if (language === TRADITIONAL.lang) return TRADITIONAL;
  return language.split("-")[0] === "zh" ? SIMPLIFIED : ENGLISH;
}
