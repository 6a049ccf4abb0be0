/** Which of a word's readings is meant. Pure. */

/** A word among its neighbours, folded. */
export interface Neighbourhood {
  readonly word: string;
  /** The word or mark before it; empty at the beginning of a text. */
  readonly before: string;
  /** The word or mark behind it; empty at the end of a text. */
  readonly behind: string;
  /** The words of its clause that stand before it. */
  readonly clauseBefore: readonly string[];
}

const NUMBER = /^(?:\d[\d.,%]*|[〇零一二三四五六七八九十百千万亿两几数多半每各这那哪某此]+)$/u;
const MARK = /^[\p{P}\p{S}\p{Z}\s]*$/u;

/** Behind these 为 is "for", whoever it is for. */
const BEFORE_FOR =
  /^(?:不断|主动|积极|切实|真正|专门|竭诚|全力|共同|一心|甘愿|只|都|也|并|并且|要|会|能|能够|可以|将|已|还|先后|来|去|我|我们|你|你们|他|他们|她|使|而|免费|累计|全年|共)$/u;

/** Before these 为 is "for". */
const FOR_WHOM =
  /^(?:民|国|人民|群众|大家|我们|你|您|他|他们|她|其|百姓|老百姓|基层|居民|企业|职工|会员|农民|老人|学生|孩子|党|防\S|避免|确保|保障)$/u;

/** Words whose reading their neighbours tell, in CC-CEDICT's letters; that of all others is told by the phrases of pinyin-pro. */
const RULES: Readonly<Record<string, (at: Neighbourhood) => string>> = {
  的: () => "de5",
  了: () => "le5",
  着: () => "zhe5",
  没: () => "mei2",
  得: ({ before }) =>
    /^(?:就|还|也|总|都|必|我|你|他|她|不)$/u.test(before) || MARK.test(before) ? "dei3" : "de5",
  地: ({ before, behind }) =>
    before.length > 1 && !NUMBER.test(before) && !MARK.test(behind) && behind !== "的"
      ? "de5"
      : "di4",
  只: ({ before }) => (NUMBER.test(before) ? "zhi1" : "zhi3"),
  种: ({ before }) => (NUMBER.test(before) ? "zhong3" : "zhong4"),
  重: ({ before, behind }) =>
    MARK.test(behind) || /^(?:很|最|更|较|太|不|[公市千]?斤|吨)$/u.test(before)
      ? "zhong4"
      : "chong2",
  长: ({ before, behind }) =>
    /\p{Script=Han}/u.test(before) &&
    !/^(?:全|很|最|更|较|不|总|太|约|达|米|公里|年)$/u.test(before) &&
    !NUMBER.test(behind)
      ? "zhang3"
      : "chang2",
  为: whichWei,
  干: ({ before }) => (/[笋晒烘风晾饼肉果]$/u.test(before) ? "gan1" : "gan4"),
  担: ({ before }) => (NUMBER.test(before) ? "dan4" : "dan1"),
  所长: () => "suo3 zhang3",
};

function whichWei({ before, behind, clauseBefore }: Neighbourhood): string {
  if (MARK.test(behind) || NUMBER.test(behind) || clauseBefore.includes("以")) return "wei2";
  return MARK.test(before) || BEFORE_FOR.test(before) || FOR_WHOM.test(behind) ? "wei4" : "wei2";
}

/** The reading that a word's neighbours ask for, in CC-CEDICT's letters; undefined where they tell nothing. */
export function readingByNeighbours(at: Neighbourhood): string | undefined {
  return RULES[at.word]?.(at);
}
