/** The files of a generation in its folder. Their names stay, since indexes outlive versions of this program. */

/** What every generation has beside its manifest. */
export const FILE = {
  texts: "texts.utf16",
  reports: "reports.json",
  words: "words.postings",
  glosses: "glosses.postings",
  pinyin: "pinyin.postings",
  chunkVectors: "units.rows",
  chunkRanges: "units.ranges.u32",
  paragraphOf: "sentences.paragraph.u32",
  tokens: "tokens.rows",
  tokenOffsets: "tokens.offsets.u32",
  windows: "windows.u32",
  windowTokens: "windows.tokens.u32",
  glossaryWords: "glossary.words.u32",
  glossaryEnds: "glossary.passages.u32",
  glossaryEntries: "glossary.entries",
  glossaryEntryEnds: "glossary.entries.u32",
  questionMeans: "questions.json",
} as const;

/** What the model made of the texts, for the next generation: a question needs none of it. */
export const KEPT_FILE = {
  table: "encodings.table",
  records: "encodings.records",
} as const;

/** The graph of the chunks' vectors; an index that was built without hnswlib-node has none. */
export const GRAPH_FILE = "vectors.hnsw";

export const MANIFEST_FILE = "manifest.json";
