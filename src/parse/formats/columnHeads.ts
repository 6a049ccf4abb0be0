/** Longer cells name no column. */
const MAX_HEAD_CHARS = 60;

/** Whether the first row of a table names the columns of the others: short words, each another, and no number. */
export function areHeads(
  first: readonly string[],
  others: readonly (readonly string[])[],
): boolean {
  const said = first.filter((it) => it !== "");
  const areNames = said.every(
    (it) => it.length <= MAX_HEAD_CHARS && /\p{L}/u.test(it) && !/^[\d.,-]{2,}/u.test(it),
  );
  return others.length > 1 && said.length > 1 && areNames && new Set(said).size === said.length;
}
