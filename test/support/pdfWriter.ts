/** Writes small PDF files: words at their places. */

/** Words on a page, in points from its lower left corner. */
export interface Words {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** In points; 10 where it is not said. */
  readonly size?: number;
  /** Bold, or a Chinese font that the file does not hold. */
  readonly font?: "bold" | "han";
}

/** A picture of one grey point. */
export interface Picture {
  readonly picture: true;
}

const FONTS = { plain: "F1", bold: "F2", han: "F3" } as const;

/** A PDF file of pages of 400 by 600 points. */
export function writePdf(pages: readonly (readonly (Words | Picture)[])[], extra = ""): Uint8Array {
  const first = 8;
  const kids = pages.map((_, i) => `${first + 2 * i} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 7 0 R >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 752 /Descent -271 /CapHeight 737 /StemV 58 >>",
    ...pages.flatMap((words, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents ${first + 1 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>`,
      streamOf(words.map(shown).join("\n")),
    ]),
  ];
  return bytesOf(objects, extra);
}

function shown(it: Words | Picture): string {
  if ("picture" in it) return "q 400 0 0 600 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q";
  const { text, x, y, size = 10, font } = it;
  return `BT /${FONTS[font ?? "plain"]} ${size} Tf 1 0 0 1 ${x} ${y} Tm ${font === "han" ? hexOf(text) : `(${escaped(text)})`} Tj ET`;
}

function hexOf(text: string): string {
  return `<${Array.from(text, (it) => it.charCodeAt(0).toString(16).padStart(4, "0")).join("")}>`;
}

function escaped(text: string): string {
  return text.replace(/[\\()]/gu, "\\$&");
}

function streamOf(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

function bytesOf(objects: readonly string[], extra: string): Uint8Array {
  let file = "%PDF-1.4\n";
  const places = objects.map((object, i) => {
    const place = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return String(place).padStart(10, "0");
  });
  const table = places.map((place) => `${place} 00000 n \n`).join("");
  const count = objects.length + 1;
  file += `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R ${extra} >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}

/** Lines below one another. */
export function linesAt(
  texts: readonly string[],
  { leading = 12, ...at }: Omit<Words, "text"> & { readonly leading?: number },
): Words[] {
  return texts.map((text, i) => ({ ...at, text, y: at.y - i * leading }));
}
