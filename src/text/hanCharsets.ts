/** Whether a character is Han: a text's language, and where its marks belong, is told by its neighbours. */
export const HAN = /\p{Script=Han}/u;

/** A range of bytes, both ends included. */
type Bytes = readonly [first: number, last: number];

/** The first level of GB 2312, its 3,755 most used characters. */
export function readGb2312Level1(): ReadonlySet<string> {
  return readCells("gb18030", [0xb0, 0xd7], [[0xa1, 0xfe]]);
}

/** Both levels of GB 2312: the 6,763 characters of Simplified texts. */
export function readGb2312(): ReadonlySet<string> {
  return readCells("gb18030", [0xb0, 0xf7], [[0xa1, 0xfe]]);
}

/** The first level of Big5, the 5,401 most used characters of Traditional texts. */
export function readBig5Level1(): ReadonlySet<string> {
  const cells: Bytes[] = [
    [0x40, 0x7e],
    [0xa1, 0xfe],
  ];
  return readCells("big5", [0xa4, 0xc6], cells);
}

/** The Han characters in the cells of these rows; an empty cell gives none. */
function readCells(
  encoding: string,
  [firstRow, lastRow]: Bytes,
  cells: readonly Bytes[],
): ReadonlySet<string> {
  const bytes: number[] = [];
  for (let row = firstRow; row <= lastRow; row++) {
    for (const [first, last] of cells) {
      for (let cell = first; cell <= last; cell++) bytes.push(row, cell);
    }
  }
  const text = new TextDecoder(encoding).decode(Uint8Array.from(bytes));
  return new Set(Array.from(text).filter((it) => HAN.test(it)));
}
