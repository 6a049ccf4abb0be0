/** What the reader sees at once of a report: neighbouring blocks of a section behind its title and heading. */
import type { WindowTokens } from "../index/generation.ts";
import type { FilledWindow } from "../index/store.ts";
import type { Encoder } from "../models/encoder/encoder.ts";
import type { TokenizedText } from "../models/encoder/encoding.ts";
import type { Report, Sentence, Span } from "../report.ts";
import { foldHan } from "../text/fold.ts";
import { sliceOf } from "../text/spans.ts";
import { beginningOf, HEAD_CHARS, headOf, runsOf } from "./windowHeads.ts";
import type { Run } from "./windowHeads.ts";

/** Most tokens of a window besides its head: the reader was trained with windows of about 90. */
export const WINDOW_TOKENS = 110;

/** A longer sentence is cut at tokens; up to so many it stays whole. */
export const SENTENCE_TOKENS = 190;

/** What neighbouring windows of one sentence share. */
export const SHARED_TOKENS = 40;

/** Most tokens of head and window together that the reader takes. */
export const READ_TOKENS = 200;

/** Cuts reports into windows, in the order of the text; sentences are counted through all reports. */
export async function fillWindows(
  reports: readonly Report[],
  encoder: Pick<Encoder, "tokenize">,
): Promise<FilledWindow[]> {
  const windows: FilledWindow[][] = [];
  let first = 0;
  for (const report of reports) {
    const runs = runsOf(report.blocks);
    const blocks = report.blocks.map(({ span }) => sliceOf(report.text, span));
    const heads = runs.map((run) => headOf(report, run));
    const columns = columnsOf(report).map((span) =>
      beginningOf(sliceOf(report.text, span), HEAD_CHARS),
    );
    const tokenized = await encoder.tokenize([...blocks, ...heads, ...columns].map(foldHan));
    windows.push(windowsOfReport({ report, first, runs, tokenized }));
    first += report.sentences.length;
  }
  return windows.flat();
}

/** The heads of the columns of all tables, each once. */
function columnsOf({ blocks }: Report): Span[] {
  const columns = new Map(
    blocks.flatMap((it) => (it.columns ? [[it.columns.start, it.columns]] : [])),
  );
  return [...columns.values()];
}

interface Tokenized {
  readonly report: Report;
  /** The report's first sentence, counted through all reports. */
  readonly first: number;
  readonly runs: readonly Run[];
  /** The tokens of the report's blocks, then those of the runs' heads, then those of the heads of columns. */
  readonly tokenized: readonly TokenizedText[];
}

function windowsOfReport({ report, first, runs, tokenized }: Tokenized): FilledWindow[] {
  const sentences = sentencesOf(report, first, tokenized);
  const idsAt = (i: number): Uint32Array => tokenized[i]?.ids ?? new Uint32Array();
  const places = columnsOf(report).map(({ start }) => start);
  let block = 0;
  return runs.flatMap((run, i) => {
    const ofRun = sentences.slice(block, (block += run.length));
    const head = idsAt(report.blocks.length + i);
    return bodiesOf(ofRun).map((body) => {
      const table = places.indexOf(columnsAbove(report, body.from - first, body.to - first) ?? -1);
      const columns = table < 0 ? undefined : idsAt(report.blocks.length + runs.length + table);
      return behindHead({ head, columns }, body);
    });
  });
}

/** Where the heads of columns stand that rows of a window have and that it does not show itself; undefined where there are none. */
function columnsAbove({ blocks, sentences }: Report, from: number, to: number): number | undefined {
  const shown = sentences.slice(from, to).flatMap(({ block }) => blocks[block] ?? []);
  const columns = shown.find((it) => it.columns)?.columns;
  const isShown = shown.some(({ span }) => span.start === columns?.start);
  return isShown ? undefined : columns?.start;
}

/** The sentences of each block, with their tokens. */
function sentencesOf(
  { blocks, sentences }: Report,
  first: number,
  tokenized: readonly TokenizedText[],
): FilledWindow[][] {
  let next = 0;
  return blocks.map(({ span }, block) => {
    const from = next;
    while (sentences[next]?.block === block) next++;
    const { ids = new Uint32Array(), spans = [] } = tokenized[block] ?? {};
    const tokens = { ids, spans: Uint32Array.from(spans, (place) => span.start + place) };
    return splitTokens(tokens, sentences.slice(from, next), first + from);
  });
}

/** A token belongs to the sentence in which it begins. */
function splitTokens(
  { ids, spans }: WindowTokens,
  sentences: readonly Sentence[],
  first: number,
): FilledWindow[] {
  let to = 0;
  return sentences.map((_, i) => {
    const end = sentences[i + 1]?.span.start ?? Infinity;
    const from = to;
    while (to < ids.length && (spans[2 * to] ?? 0) < end) to++;
    const tokens = { ids: ids.subarray(from, to), spans: spans.subarray(2 * from, 2 * to) };
    return { from: first + i, to: first + i + 1, tokens };
  });
}

/** Puts blocks together while they fit, and cuts the longer ones at their sentences. */
function bodiesOf(blocks: readonly (readonly FilledWindow[])[]): FilledWindow[] {
  const bodies: FilledWindow[] = [];
  let open: FilledWindow[] = [];
  const close = (): void => {
    if (open.length > 0) bodies.push(join(open));
    open = [];
  };
  for (const sentences of blocks) {
    if (countTokens(open) + countTokens(sentences) > WINDOW_TOKENS) close();
    if (countTokens(sentences) > WINDOW_TOKENS) bodies.push(...cutBlock(sentences));
    else open.push(...sentences);
  }
  close();
  return bodies;
}

/** Windows of a long block: each begins near the middle of the one before and shows at least one sentence more. */
function cutBlock(sentences: readonly FilledWindow[]): FilledWindow[] {
  const windows: FilledWindow[] = [];
  for (let from = 0; ;) {
    let to = from + 1;
    while (to < sentences.length && countTokens(sentences.slice(from, to + 1)) <= WINDOW_TOKENS) {
      to++;
    }
    windows.push(...cutSentence(join(sentences.slice(from, to))));
    if (to >= sentences.length) return windows;
    from = nextStart(sentences, from, to);
  }
}

/** Of the sentences behind `from` whose window would reach beyond `to`, the one nearest to the middle; `to` where none is. */
function nextStart(sentences: readonly FilledWindow[], from: number, to: number): number {
  const middle = countTokens(sentences.slice(from, to)) / 2;
  let nearest = to;
  let least = Infinity;
  for (let start = from + 1; start < to; start++) {
    const distance = Math.abs(countTokens(sentences.slice(from, start)) - middle);
    const hasRoom = countTokens(sentences.slice(start, to + 1)) <= WINDOW_TOKENS;
    if (hasRoom && distance < least) [nearest, least] = [start, distance];
  }
  return nearest;
}

/** A sentence too long for one window in overlapping ones; all else as it is. */
function cutSentence(window: FilledWindow): FilledWindow[] {
  const { ids, spans } = window.tokens;
  if (ids.length <= SENTENCE_TOKENS) return [window];
  const windows: FilledWindow[] = [];
  for (let from = 0; ; from += WINDOW_TOKENS - SHARED_TOKENS) {
    const to = from + WINDOW_TOKENS;
    const tokens = { ids: ids.subarray(from, to), spans: spans.subarray(2 * from, 2 * to) };
    windows.push({ ...window, tokens });
    if (to >= ids.length) return windows;
  }
}

function countTokens(windows: readonly FilledWindow[]): number {
  return windows.reduce((sum, { tokens }) => sum + tokens.ids.length, 0);
}

/** Neighbours as one. */
function join(windows: readonly FilledWindow[]): FilledWindow {
  const all = windows.map(({ tokens }) => tokens);
  const tokens = {
    ids: Uint32Array.from(all.flatMap(({ ids }) => [...ids])),
    spans: Uint32Array.from(all.flatMap(({ spans }) => [...spans])),
  };
  return { from: windows[0]?.from ?? 0, to: windows.at(-1)?.to ?? 0, tokens };
}

/** What stands before a window. */
interface Head {
  /** Title and heading. */
  readonly head: Uint32Array;
  /** The heads of columns that its rows have and that it does not show itself. */
  readonly columns: Uint32Array | undefined;
}

/** Of the head so much is left as there is room for; without the heads of its columns a row says nothing. */
function behindHead({ head, columns }: Head, { tokens, ...window }: FilledWindow): FilledWindow {
  const room = READ_TOKENS - tokens.ids.length;
  const ofTable = columns?.subarray(0, room) ?? new Uint32Array();
  const ofText = head.subarray(0, room - ofTable.length);
  const shown = ofText.length + ofTable.length;
  const ids = Uint32Array.from([...ofText, ...ofTable, ...tokens.ids]);
  const spans = new Uint32Array(2 * ids.length);
  spans.set(tokens.spans, 2 * shown);
  return { ...window, tokens: { ids, spans } };
}
