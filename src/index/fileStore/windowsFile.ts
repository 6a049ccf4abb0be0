/** Windows in their two files: where each lies, and its tokens. */
import { bytesOf, uint32 } from "../../bytes.ts";
import type { IndexedWindow, WindowTokens } from "../generation.ts";
import type { FilledWindow } from "../store.ts";
import { storedRecords } from "./vectorFiles.ts";

/** What one token takes: its id and its place. */
const TOKEN_BYTES = 3 * Uint32Array.BYTES_PER_ELEMENT;

/** A row a window: `from`, `to`, and how many tokens there are up to its end. */
const ROW = 3;

/** The rows of all windows. */
export function encodeWindowTable(windows: readonly FilledWindow[]): Uint8Array {
  let end = 0;
  const rows = windows.flatMap(({ from, to, tokens }) => [from, to, (end += tokens.ids.length)]);
  return bytesOf(Uint32Array.from(rows));
}

/** Window after window: the ids of its tokens, then their places. */
export function encodeWindowTokens(windows: readonly FilledWindow[]): Uint8Array {
  return Buffer.concat(
    windows.flatMap(({ tokens: { ids, spans } }) => [bytesOf(ids), bytesOf(spans)]),
  );
}

/** Reads what the reader sees from the disk, each time anew: a question needs a few windows of thousands. */
interface WindowFile {
  readonly places: readonly IndexedWindow[];
  read(window: number): WindowTokens;
  close(): void;
}

/**
 * Opens a file of {@link encodeWindowTokens}.
 *
 * @param table What {@link encodeWindowTable} gave.
 */
export function openWindows(file: string, table: Uint32Array): WindowFile {
  const records = storedRecords(file, TOKEN_BYTES);
  return {
    places: Array.from({ length: table.length / ROW }, (_, i) => ({
      from: table[ROW * i] ?? 0,
      to: table[ROW * i + 1] ?? 0,
    })),
    read: (window) => {
      const first = window === 0 ? 0 : table[ROW * window - 1];
      const end = table[ROW * window + 2];
      if (first === undefined || end === undefined) throw new RangeError(`no window ${window}`);
      const tokens = uint32(records.read(first, end));
      const count = end - first;
      return { ids: tokens.subarray(0, count), spans: tokens.subarray(count) };
    },
    close: () => {
      records.close();
    },
  };
}
