/** What every page has around its text: what a browser is told, and what it is forbidden. Pure. */
import { createHash } from "node:crypto";
import { escapeLine } from "./html.ts";
import { PAGE_SCRIPT } from "./pageScript.ts";
import { PAGE_STYLE } from "./pageStyle.ts";
import type { ReportLanguage } from "./reportLanguage.ts";

/** A page. */
interface Framed extends ReportLanguage {
  readonly title: string;
  /** Its elements, as HTML. */
  readonly body: string;
  /** Whether search engines may list it. */
  readonly isIndexed: boolean;
  /** Whether it copies. */
  readonly hasScript: boolean;
}

/** A whole page. It asks for nothing else, from anywhere, and its browser would refuse to. */
export function frame({ lang, dir, title, body, isIndexed, hasScript }: Framed): string {
  const robots = isIndexed ? "" : `<meta name="robots" content="noindex">\n`;
  const script = hasScript ? `<script>${PAGE_SCRIPT}</script>\n` : "";
  return `<!doctype html>
<html lang="${escapeLine(lang)}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(hasScript)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${robots}<title>${escapeLine(title)}</title>
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body>
${body}${script}</body>
</html>
`;
}

/** The page's own style and script by their hashes, and nothing else; the empty picture keeps browsers from asking for an icon. */
function policy(hasScript: boolean): string {
  const rules = [
    "default-src 'none'",
    `style-src ${hashOf(PAGE_STYLE)}`,
    ...(hasScript ? [`script-src ${hashOf(PAGE_SCRIPT)}`] : []),
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return rules.join("; ");
}

function hashOf(source: string): string {
  return `'sha256-${createHash("sha256").update(source).digest("base64")}'`;
}
