import * as v from "valibot";
import { sha256 } from "../bytes.ts";

/**
 * Everything that shapes an index besides the reports and the model. A change here makes older indexes stale, because
 * their numbers would no longer mean the same.
 */
export const INDEX_SETTINGS = {
  /** Layout of the files; raise it when a file is added, dropped or read another way. */
  formatVersion: 8,
  /** Raise it when cleaning, structure, sentence or clause splitting, folding, terms or words one by one give other results. */
  textVersion: 6,
  /** Raise it when the question bank gives other means. */
  bankVersion: 1,
  /** What is embedded: text folded to Simplified characters. */
  embedding: "folded, centred; heading and sentence, their mean for a paragraph",
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

const Hash = v.pipe(v.string(), v.hash(["sha256"]));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What an index was made from. Two indexes with the same sources answer alike. */
export const Sources = v.object({
  settings: Hash,
  model: Hash,
  reports: v.array(v.object({ id: v.string(), hash: Hash })),
});

/** What an index is made from, and the size and hash of each of its files. */
export const Manifest = v.object({
  formatVersion: v.literal(INDEX_SETTINGS.formatVersion),
  sources: Sources,
  dimensions: Count,
  counts: v.object({
    reports: Count,
    passages: Count,
    sentences: Count,
    units: Count,
    tokens: Count,
    windows: Count,
  }),
  /** Reports among the sources that could not be used, and why, in one sentence each. */
  refused: v.array(v.object({ file: v.string(), why: v.string() })),
  files: v.record(v.string(), v.object({ bytes: Count, hash: Hash })),
});

export type Sources = v.InferOutput<typeof Sources>;
export type Manifest = v.InferOutput<typeof Manifest>;

/** Any version's manifest tells its version; the rest is read only if this program knows it. */
export const AnyManifest = v.object({ formatVersion: v.number() });

/** Says in words why this program cannot read an index; undefined if it can. */
export function whyUnreadable({
  formatVersion,
}: v.InferOutput<typeof AnyManifest>): string | undefined {
  const { formatVersion: ours } = INDEX_SETTINGS;
  return formatVersion === ours
    ? undefined
    : `its format is ${formatVersion}, this program's is ${ours}`;
}

/** One hash for all that an index was made from, to tell two of them apart at a glance. */
export function fingerprintOf(sources: Sources): string {
  return sha256(JSON.stringify(sources));
}

/** Says in words what has changed since an index was made; undefined if nothing has. */
export function describeChange(made: Sources, now: Sources): string | undefined {
  if (made.settings !== now.settings) return "it was made with other settings";
  if (made.model !== now.model) return "it was made with another model";
  if (JSON.stringify(made.reports) !== JSON.stringify(now.reports)) {
    return "the reports have changed since it was made";
  }
  return undefined;
}
