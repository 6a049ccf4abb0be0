/** A DOCX file as the package of XML parts that it is. */
import JSZip from "jszip";
import { UserError } from "../../../errors.ts";
import type { ReportFile } from "../../reportFiles.ts";
import { attributeIn, tagsOf } from "./xml.ts";

/** More unpacked XML than any report has: what a bomb of a few kilobytes would become. */
const MAX_UNPACKED_BYTES = 100 * 1024 * 1024;

/** The parts that tell of a text; pictures, fonts, macros and foreign data are not unpacked. */
const READ = /^(?:\[Content_Types\]\.xml|(?:.*\/)?[^/]*\.(?:xml|rels))$/u;
const UNREAD =
  /(?:^|\/)(?:customXml|theme|glossary|charts|diagrams|embeddings|activeX|media|fonts)\//u;

/** The parts of a package, by name. */
export interface Package {
  readonly parts: ReadonlyMap<string, string>;
  /** The name of the part with the text. */
  readonly main: string;
}

/**
 * Unpacks what tells of a document's text.
 *
 * @throws {UserError} if the file is locked, damaged, no document, or becomes too much.
 */
export async function unpack({
  bytes,
  path,
}: Pick<ReportFile, "bytes" | "path">): Promise<Package> {
  if ([0xd0, 0xcf, 0x11, 0xe0].every((byte, i) => bytes[i] === byte)) {
    throw new UserError(
      `The report ${path} is encrypted (protected by a password) or an old .doc: save it as .docx without a password.`,
    );
  }
  const zip = await JSZip.loadAsync(bytes).catch((error: unknown) => {
    throw damaged(path, error);
  });
  const parts = new Map<string, string>();
  let left = MAX_UNPACKED_BYTES;
  for (const entry of Object.values(zip.files)) {
    if (entry.dir || !READ.test(entry.name) || UNREAD.test(entry.name)) continue;
    const unpacked = await inflate(entry, { path, limit: left });
    left -= unpacked.length;
    parts.set(entry.name, decodeXml(unpacked));
  }
  const main = mainOf(parts);
  if (main === undefined) {
    throw new UserError(
      `The report ${path} is damaged or no Word document: save it anew as .docx.`,
    );
  }
  return { parts, main };
}

/** What is thrown where a document cannot be read. */
export function damaged(path: string, cause: unknown): UserError {
  return new UserError(`The report ${path} is damaged and cannot be read as .docx: save it anew.`, {
    cause,
  });
}

/** Unpacks an entry piece by piece, since what it says of its size need not be true. */
function inflate(
  entry: JSZip.JSZipObject,
  { path, limit }: { readonly path: string; readonly limit: number },
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stream = entry.nodeStream("nodebuffer");
    stream.on("data", (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= limit) return;
      stream.pause();
      reject(
        new UserError(
          `The report ${path} becomes more than 100 MB when it is unpacked: split it into several.`,
        ),
      );
    });
    stream.on("error", (error: unknown) => {
      reject(damaged(path, error));
    });
    stream.on("end", () => {
      resolve(Buffer.concat(chunks));
    });
  });
}

function decodeXml(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}

function mainOf(parts: ReadonlyMap<string, string>): string | undefined {
  const named = tagsOf(parts.get("_rels/.rels") ?? "")
    .filter((tag) => attributeIn(tag, "Type")?.endsWith("/officeDocument") === true)
    .map((tag) => attributeIn(tag, "Target")?.replace(/^\//u, ""));
  return [...named, "word/document.xml"].find((it) => it !== undefined && parts.has(it));
}

/** Packs parts, for a library that reads packages only. */
export async function repack(parts: ReadonlyMap<string, string>): Promise<Buffer> {
  const zip = new JSZip();
  for (const [name, text] of parts) zip.file(name, text);
  return zip.generateAsync({ type: "nodebuffer", compression: "STORE" });
}
