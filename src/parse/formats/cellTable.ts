import { CsvError, parse } from "csv-parse/sync";
import { UserError } from "../../errors.ts";
import { decodeText } from "../decode.ts";
import type { Document } from "../outline.ts";
import type { ReportFile } from "../reportFiles.ts";
import { areHeads } from "./columnHeads.ts";
import { collapse, seenOf } from "./shownText.ts";
import { TextWriter } from "./textWriter.ts";

/** What may stand between cells, the likeliest first. */
const DELIMITERS = [",", ";", "\t"] as const;

/**
 * Reads a table (RFC 4180, or with tabs): a record is a row of its cells with tabs between them, without the quotes that hold a cell
 * together. The first record names the columns, if it looks so.
 *
 * @throws {UserError} if it is no text, or no table.
 */
export function readTableFile({ bytes, path }: Pick<ReportFile, "bytes" | "path">): Document {
  const text = decodeText(bytes, path);
  const isTabbed = path.toLowerCase().endsWith(".tsv");
  const records = recordsOf(text, isTabbed ? "\t" : delimiterOf(text));
  if (records === undefined) {
    throw new UserError(
      `The report ${path} is no table with cells in columns: save it anew as CSV in UTF-8.`,
    );
  }
  return writeRecords(records);
}

type Records = readonly (readonly string[])[];

function writeRecords(records: Records): Document {
  const writer = new TextWriter();
  const rows = records.map((cells) => cells.map((it) => collapse(seenOf(it))));
  const [first = [], ...others] = rows;
  const isHead = areHeads(first, others);
  const head = writer.write({ kind: "row" }, lineOf(first));
  for (const cells of others)
    writer.write({ kind: "row" }, lineOf(cells), isHead ? head : undefined);
  return writer.written();
}

function lineOf(cells: readonly string[]): string {
  return cells.join("\t").trimEnd();
}

/** How many records tell what stands between cells. */
const SAMPLE_RECORDS = 50;

/** The delimiter that gives the most records the same number of cells, more than one. */
function delimiterOf(text: string): string {
  const scored = DELIMITERS.map((delimiter) => {
    const counts = (recordsOf(text, delimiter, SAMPLE_RECORDS) ?? []).map((it) => it.length);
    const cells = counts[0] ?? 0;
    return { delimiter, score: cells > 1 ? counts.filter((it) => it === cells).length : 0 };
  });
  return scored.reduce((best, it) => (it.score > best.score ? it : best)).delimiter;
}

/** Reads records with quotes, or, where these are not closed, as they stand. */
function recordsOf(text: string, delimiter: string, to = -1): Records | undefined {
  return (
    readRecords(text, { delimiter, quote: '"', to }) ??
    readRecords(text, { delimiter, quote: false, to })
  );
}

function readRecords(
  text: string,
  options: { readonly delimiter: string; readonly quote: string | false; readonly to: number },
): Records | undefined {
  try {
    return parse(text, {
      ...options,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n", "\r"],
    });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
