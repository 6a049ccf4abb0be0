/** Articles, sections and chapters that are asked for by their number. */
import type { Generation } from "../index/generation.ts";
import { partKindTerms, partNamesIn, partTerms } from "../terms/partNames.ts";
import { latinWords, STOP_WORDS } from "../terms/stems.ts";
import { foldText } from "../text/fold.ts";
import { withoutMarks } from "../text/wordSymbols.ts";

/** What a question names by number. */
interface NamedParts {
  /** The sentences that begin these parts. */
  readonly sentences: readonly number[];
  /** Whether nothing else is asked than what they say. */
  readonly isAll: boolean;
  /** Whether reports have parts of this kind, but none of this number. */
  readonly isMissing: boolean;
}

const NOTHING_NAMED: NamedParts = { sentences: [], isAll: false, isMissing: false };

/** Finds the parts that a question names by their number. */
export async function findNamedParts(
  { keywords: { words }, reports }: Pick<Generation, "keywords" | "reports">,
  question: string,
): Promise<NamedParts> {
  const { parts, rest } = partNamesIn(question);
  if (parts.length === 0) return NOTHING_NAMED;
  const { sentences } = await words.score(parts.flatMap(partTerms));
  const isAll = asksWhatIsSaid(rest, reports);
  if (sentences.length > 0)
    return { sentences: [...sentences].sort((a, b) => a - b), isAll, isMissing: false };
  const known = await words.weigh(parts.flatMap(partKindTerms));
  return { sentences: [], isAll, isMissing: isAll && known.some(({ isKnown }) => isKnown) };
}

/** Words that ask what a text says, in Chinese and Japanese, where nothing parts them. */
const ASKING_HAN =
  /请问|请|是|什么|哪些|讲述|讲|说|规定|内容|写|的|了|关于|怎么|如何|有|到底|具体|给我|看|查|一下|里|中|全文|原文|条文|呢|吗|啊|主要|告诉我|都|在|这|该|何|教|书|について|とは|ですか|ますか|には|なに|なん|を|は|が|の|か|えて|ください|いて|あり|ある|れて|ます|です/gu;

/** Words that ask so in languages that part them, folded. */
const ASKING = new Set(
  (
    "what which how does do did is are say says said state states stated read reads text content contents contain contains cover covers deal mean means tell provide " +
    "provides require requires show quote please exactly regulate regulates rule rules was steht sagt in lautet regelt besagt der die das " +
    "que qué quel quelle dit dice dispone establece contiene el la le les los l article de du del artículo cosa prevede " +
    "что говорит говорится сказано гласит о в ne der diyor nedir nói gì quy định về 무엇 내용 은 는 이 가 의 뭐 무슨 대해 인가요 입니까"
  ).split(" "),
);

/** Whether what is left of a question asks no more than what something says, perhaps with the report's title. */
function asksWhatIsSaid(rest: string, reports: readonly { readonly title: string }[]): boolean {
  let left = withoutMarks(foldText(rest), " ");
  for (const { title } of reports) {
    const words = withoutMarks(foldText(title), " ").trim();
    if (words !== "") left = left.replace(words, " ");
  }
  const asked = left.replace(ASKING_HAN, " ").split(" ");
  return asked.every((word) => {
    const [latin = word] = latinWords(word);
    return word === "" || ASKING.has(word) || STOP_WORDS.has(latin);
  });
}
