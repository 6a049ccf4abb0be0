import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { UserError } from "../../src/errors.ts";

/**
 * Reads a file of one JSON object a line; empty lines are passed over.
 *
 * @throws {UserError} that names the line whose fields are not those of the schema.
 */
export async function readJsonLines<Schema extends v.GenericSchema>(
  file: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>[]> {
  return parseJsonLines(await readFile(file, "utf8"), schema, file);
}

/** The same of a text. */
export function parseJsonLines<Schema extends v.GenericSchema>(
  text: string,
  schema: Schema,
  name: string,
): v.InferOutput<Schema>[] {
  return text.split("\n").flatMap((line, i) => {
    if (line === "") return [];
    const parsed = v.safeParse(schema, JSON.parse(line));
    if (parsed.success) return [parsed.output];
    throw new UserError(`Line ${i + 1} of ${name} has not the fields that are expected there.`);
  });
}
