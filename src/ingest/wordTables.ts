/** What an index holds of the words of its reports. */
import type { Contents } from "../index/store.ts";
import type { Report } from "../report.ts";
import { readDictionary } from "../terms/dictionary.ts";
import { buildGlossary } from "./glossary.ts";
import { buildKeywordIndexes } from "./keywordIndexes.ts";
import type { OnProgress } from "./steps.ts";

/** Makes the keyword indexes and the glossary. Reads the dictionary for both, and forgets it. */
export async function buildWordTables(
  reports: readonly Report[],
  onProgress?: OnProgress,
): Promise<Pick<Contents, "keywords" | "glossary">> {
  const dictionary = await readDictionary();
  return {
    keywords: await buildKeywordIndexes(reports, dictionary, onProgress),
    glossary: await buildGlossary(reports, dictionary),
  };
}
