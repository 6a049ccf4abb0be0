/**
 * Everything that shapes an index besides the reports and the model. A change here makes older indexes stale, because
 * their numbers would no longer mean the same.
 */
export const INDEX_SETTINGS = {
  /** Layout of the files; raise it when a file is added, dropped or read another way. */
  formatVersion: 5,
  /** Raise it when cleaning, structure, sentence or clause splitting, folding or terms give other results. */
  textVersion: 3,
  /** Raise it when the question bank or the ranking gives other scores: the background is measured with them. */
  rankingVersion: 1,
  /** What is embedded: text folded to Simplified characters, at three grains and headings. */
  embedding: "folded, centred; heading, paragraph, sentence, clause and clause pair",
  /**
   * HNSW (Malkov and Yashunin 2018, section 4): links a node, and candidates while building. Where many texts are nearly alike, as in
   * a library of forms or editions, 16 links a node lead round and round among them: a third of the nearest are missed.
   */
  hnsw: {
    space: "cosine",
    order: "scattered",
    links: 48,
    constructionCandidates: 200,
    seed: 20_211_231,
  },
} as const;
