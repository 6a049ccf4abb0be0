/** What a reader of Discord sees of a text: the part of its markdown that a bot's messages can hold. */

/** Letters of one look. */
export interface Run {
  readonly text: string;
  readonly isBold: boolean;
}

/** A line as it stands on the screen. */
export interface Line {
  readonly kind: "text" | "quotation" | "small";
  readonly runs: readonly Run[];
}

/** A text as it stands on the screen. */
interface Reading {
  readonly lines: readonly Line[];
  /** What does something or looks otherwise: mentions, links, timestamps, headings, lists, code, italics and so on. */
  readonly live: readonly string[];
}

/** What begins a line that looks otherwise. */
const LIVE_LINES = [/^#{1,3} /u, /^\s*[-*] /u, /^\s*\d+\. /u, /^>>> /u, /^```/u];

/** What does something, or looks otherwise, within a line. */
const LIVE_INLINE = [
  /^<(?:@[!&]?|#)\d+>/u,
  /^<a?:\w+:\d+>/u,
  /^<t:-?\d+(?::\w)?>/u,
  /^<\/[^:>]+:\d+>/u,
  /^<id:\w+>/u,
  /^@(?:everyone|here)/u,
  /^\[[^\]\n]+\]\([^)\n]+\)/u,
  /^(?:https?|steam|discord):\/\/\S+/iu,
  /^<?[\w.+-]+@[\w-]+\.\w+>/u,
  /^discord(?:app)?\.(?:gg|com|me|io)\S*/iu,
  /^`[^`\n]+`/u,
  /^~~[^\n]+?~~/u,
  /^\|\|[^\n]+?\|\|/u,
  /^__[^\n]+?__/u,
  /^_[^_\n]+_/u,
  /^\*[^*\s][^*\n]*\*(?!\*)/u,
  /^:\w+:/u,
];

/** Reads a text display. */
export function readMarkdown(content: string): Reading {
  const live: string[] = [];
  const lines = content.split("\n").map((whole): Line => {
    const [mark, kind] = whole.startsWith("> ")
      ? ["> ", "quotation" as const]
      : whole.startsWith("-# ")
        ? ["-# ", "small" as const]
        : ["", "text" as const];
    const line = whole.slice(mark.length);
    for (const pattern of LIVE_LINES) {
      const found = pattern.exec(line);
      if (found) live.push(found[0]);
    }
    return { kind, runs: readLine(line, live) };
  });
  return { lines, live };
}

/** The letters of some lines, with line feeds between them. */
export function lettersOf(lines: readonly Line[]): string {
  return lines.map(({ runs }) => runs.map(({ text }) => text).join("")).join("\n");
}

function readLine(line: string, live: string[]): Run[] {
  const runs: Run[] = [];
  let isBold = false;
  let text = "";
  const end = (): void => {
    if (text !== "") runs.push({ text, isBold });
    text = "";
  };
  for (let at = 0; at < line.length;) {
    const rest = line.slice(at);
    const escaped = /^\\([^0-9A-Za-z\s])/u.exec(rest)?.[1];
    const found = LIVE_INLINE.map((pattern) => pattern.exec(rest)?.[0]).find((it) => it);
    if (escaped !== undefined) {
      text += escaped;
      at += 1 + escaped.length;
    } else if (rest.startsWith("**") && (isBold || rest.includes("**", 3))) {
      end();
      isBold = !isBold;
      at += 2;
    } else {
      if (found !== undefined) live.push(found);
      text += rest.charAt(0);
      at += 1;
    }
  }
  end();
  return runs;
}
