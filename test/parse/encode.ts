/** Bytes of a text in a double-byte encoding, by inverting Node's decoder: Node encodes UTF-8 and UTF-16 only. */
export function encodeDoubleByte(text: string, encoding: string): Uint8Array {
  const table = readTable(encoding);
  const bytes = Array.from(text).flatMap((character) => {
    if (character <= "\u007f") return [character.charCodeAt(0)];
    const pair = table.get(character);
    if (pair === undefined) throw new Error(`${character} is not in ${encoding}.`);
    return pair;
  });
  return Uint8Array.from(bytes);
}

const tables = new Map<string, Map<string, [number, number]>>();

function readTable(encoding: string): Map<string, [number, number]> {
  const known = tables.get(encoding);
  if (known) return known;
  const table = new Map<string, [number, number]>();
  const decoder = new TextDecoder(encoding);
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x40; second <= 0xfe; second++) {
      const text = decoder.decode(Uint8Array.of(first, second));
      if (Array.from(text).length === 1 && text !== "\ufffd" && !table.has(text)) {
        table.set(text, [first, second]);
      }
    }
  }
  tables.set(encoding, table);
  return table;
}
