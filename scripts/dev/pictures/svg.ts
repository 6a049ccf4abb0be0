/** The elements of pictures. */

/** How a text looks, and where it begins, on its base line; lengths in pixels. */
interface TextLook {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly colour: string;
  readonly isBold?: boolean;
  /** Anything else, as attributes. */
  readonly more?: string;
}

/** Draws a text. */
export function drawText(
  text: string,
  { x, y, size, colour, isBold = false, more = "" }: TextLook,
): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}"${isBold ? ' font-weight="700"' : ""}${more}>${escapeXml(text)}</text>`;
}

/** A picture's size in pixels, the colour of its page, and its fonts. */
interface Page {
  readonly width: number;
  readonly height: number;
  readonly fill: string;
  readonly font: string;
}

/** Draws a picture of parts that are drawn already. */
export function drawPicture({ width, height, fill, font }: Page, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="${fill}"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

/** Text as it stands in SVG. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/gu, (letter) => `&#${letter.charCodeAt(0)};`);
}
