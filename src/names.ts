/** A record with a value for each of some names, in their order. */
export function mapNames<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Record<Name, Value> {
  // Not Object.fromEntries: each sentence that is scored takes two of these.
  const record = {} as Record<Name, Value>;
  for (const name of names) record[name] = valueOf(name);
  return record;
}
