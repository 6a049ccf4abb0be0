import { closeSync, openSync, readSync } from "node:fs";

/**
 * Rows of one size that follow each other in a file. A small file is held in memory; of a large one only what a question
 * needs is read, so that a library of 100,000 sentences does not need a gigabyte.
 */
export interface Records {
  /** The bytes of records `from` to `to` (exclusive), beginning at a multiple of four bytes. */
  read(from: number, to: number): Uint8Array;
  close(): void;
}

/** Largest file that is held in memory, in bytes: some 150,000 tokens, a long book. */
export const MAX_RESIDENT_BYTES = 64 * 2 ** 20;

/** Records in memory. `data` must begin at a multiple of four bytes. */
export function residentRecords(data: Uint8Array, recordBytes: number): Records {
  return {
    read: (from, to) => data.subarray(from * recordBytes, to * recordBytes),
    close: () => undefined,
  };
}

/** Records that are read from the disk each time. */
export function storedRecords(file: string, recordBytes: number): Records {
  const descriptor = openSync(file, "r");
  return {
    read: (from, to) => {
      const data = new Uint8Array((to - from) * recordBytes);
      const read = readSync(descriptor, data, 0, data.length, from * recordBytes);
      if (read !== data.length) throw new Error(`${file} ends before record ${to}`);
      return data;
    },
    close: () => {
      closeSync(descriptor);
    },
  };
}
