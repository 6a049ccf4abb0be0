import { describe, expect, it } from "vitest";
import { sha256 } from "../../../../src/bytes.ts";
import { UserError } from "../../../../src/errors.ts";
import { readPdf } from "../../../../src/parse/formats/pdf/pdf.ts";
import type { Document } from "../../../../src/parse/outline.ts";
import { linesAt, writePdf } from "../../../support/pdfWriter.ts";

function read(bytes: Uint8Array): Promise<Document> {
  return readPdf({ id: "a", path: "reports/a.pdf", format: "pdf", bytes, hash: sha256(bytes) });
}

function partsOf({ text, parts }: Document): string[] {
  return parts.map(({ kind, span }) => `${kind} ${text.slice(span.start, span.end)}`);
}

const LEFT = [
  "The brook was walked in March and in June",
  "by six people. They found signs of otters on",
  "eleven beats, more than in any year before",
  "and most of them below the railway bridge.",
];
const RIGHT = [
  "Crayfish were looked for as well, by lifting",
  "stones in forty places. None were found; the",
  "last one was seen ten years ago, above the",
  "mill, where the water was then much deeper.",
];

describe("readPdf", () => {
  it("reads title, headings and paragraphs, joins words that a hyphen parts, and keeps hyphens of compounds", async () => {
    const page = [
      { text: "Otters of the Brook", x: 40, y: 550, size: 18 },
      { text: "Where they live", x: 40, y: 510, font: "bold" as const },
      ...linesAt(
        [
          "Otters live along the whole of the brook and in a self-",
          "contained pond above it, in six hol-",
          "lows. A self-contained pond is best.",
        ],
        { x: 40, y: 490 },
      ),
      ...linesAt(["They eat eels and frogs, as was known before this", "survey."], {
        x: 40,
        y: 440,
      }),
    ];
    expect(partsOf(await read(writePdf([page])))).toEqual([
      "title Otters of the Brook",
      "heading Where they live",
      "paragraph Otters live along the whole of the brook and in a self-contained pond above it, in six hollows. A self-contained pond is best.",
      "paragraph They eat eels and frogs, as was known before this survey.",
    ]);
  });

  it("reads one column after the other", async () => {
    const page = [
      ...LEFT.flatMap((text, i) => [
        { text, x: 20, y: 500 - 12 * i, size: 8 },
        { text: RIGHT[i] ?? "", x: 210, y: 500 - 12 * i, size: 8 },
      ]),
    ];
    const [first = "", second = ""] = partsOf(await read(writePdf([page])));
    expect([first, second].join(" ").replaceAll("paragraph ", "")).toBe(
      [...LEFT, ...RIGHT].join(" "),
    );
  });

  it("joins a paragraph over a page's end, leaves out heads, feet and numbers, and says on which page each word stands", async () => {
    const page = (number: number, texts: readonly string[]) => [
      { text: "Annual report of the brook", x: 40, y: 570, size: 8 },
      ...linesAt(texts, { x: 40, y: 520 }),
      { text: `— ${number} —`.replaceAll("—", "-"), x: 190, y: 20, size: 8 },
    ];
    const document = await read(
      writePdf([
        page(1, [
          "The wardens walked along the whole of the brook and",
          "counted all of the holts that they found below the",
        ]),
        page(2, [
          "bridge in spring.",
          "Nothing was found above it, as in all of the years",
          "before.",
        ]),
      ]),
    );
    const words = partsOf(document);
    expect(words[0]).toMatch(/^paragraph The wardens .* below the bridge in spring\./u);
    expect(document.pages?.map(({ number }) => number)).toEqual([1, 2]);
    expect(document.text.slice(document.pages?.[1]?.start)).toMatch(/^bridge in spring/u);
    expect(document.leftOut?.map(({ text, why }) => `${why}: ${text}`)).toEqual([
      "running head or foot: Annual report of the brook",
      "page number: - 1 -",
      "running head or foot: Annual report of the brook",
      "page number: - 2 -",
    ]);
  });

  it("reads tables as rows with the heads of their columns, and notes at a page's foot with their marks", async () => {
    const rows = [
      ["Year", "Otters", "Frogs"],
      ["2021", "7", "40"],
      ["2022", "9", "38"],
      ["2023", "11", "35"],
    ];
    const page = [
      ...linesAt(
        ["The counts of three years stand below, as far as they", "are known to the wardens"],
        { x: 40, y: 550 },
      ),
      { text: "1", x: 154.5, y: 542, size: 6 },
      { text: ".", x: 157.9, y: 538 },
      ...rows.flatMap((cells, i) =>
        cells.map((text, j) => ({ text, x: 40 + 90 * j, y: 480 - 14 * i })),
      ),
      { text: "1 Frogs are counted by their voices.", x: 40, y: 60, size: 7 },
    ];
    const document = await read(writePdf([page]));
    expect(partsOf(document)).toEqual([
      "paragraph The counts of three years stand below, as far as they are known to the wardens¹.",
      "row Year\tOtters\tFrogs",
      "row 2021\t7\t40",
      "row 2022\t9\t38",
      "row 2023\t11\t35",
      "note 1 Frogs are counted by their voices.",
    ]);
  });

  it("reads Chinese of a font that the file does not hold, without spaces at lines' ends", async () => {
    const page = [
      { text: "湿地年报", x: 40, y: 550, size: 20, font: "han" as const },
      { text: "一、水鸟", x: 40, y: 510, font: "han" as const },
      ...linesAt(["今年冬天在银杏湾记录到水鸟六十三种其中小天", "鹅四百一十二只。"], {
        x: 40,
        y: 480,
        font: "han",
      }),
    ];
    expect(partsOf(await read(writePdf([page])))).toEqual([
      "title 湿地年报",
      "heading 一、水鸟",
      "paragraph 今年冬天在银杏湾记录到水鸟六十三种其中小天鹅四百一十二只。",
    ]);
  });

  it("leaves out lists of contents and names pages without text", async () => {
    const dots = ".".repeat(40);
    const contents = ["Otters", "Frogs", "Eels"].map((it, i) => `${it} ${dots} ${i + 2}`);
    const document = await read(
      writePdf([
        linesAt(["Contents", ...contents], { x: 40, y: 500 }),
        [],
        linesAt(["Otters live here."], { x: 40, y: 500 }),
      ]),
    );
    expect(partsOf(document)).toEqual(["paragraph Otters live here."]);
    expect(document.leftOut?.map(({ why }) => why)).toEqual([
      "page 2 has no text; it may be a scan",
      ...contents.map(() => "list of contents"),
      "list of contents",
    ]);
  });

  it("says in one sentence why a file cannot be read", async () => {
    const whole = writePdf([linesAt(["Otters live here."], { x: 40, y: 500 })]);
    const locked = writePdf(
      [linesAt(["Otters live here."], { x: 40, y: 500 })],
      `/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${"00".repeat(32)}> /U <${"00".repeat(32)}> >>`,
    );
    const cases: readonly [bytes: Uint8Array, why: RegExp][] = [
      [
        writePdf([[]]),
        /^The report reports\/a\.pdf has no text on page 1; it may be a scan: .*\.$/u,
      ],
      [locked, /^The report reports\/a\.pdf is encrypted: .*\.$/u],
      [whole.slice(0, 40), /^The report reports\/a\.pdf is damaged, .*\.$/u],
      [Buffer.from("no PDF"), /^The report reports\/a\.pdf is damaged, .*\.$/u],
    ];
    for (const [bytes, why] of cases) {
      const error: unknown = await read(bytes).catch((it: unknown) => it);
      expect(error).toBeInstanceOf(UserError);
      expect(String(error)).toMatch(new RegExp(why.source.replace("^", "(?:^|: )"), "u"));
    }
  });
});
