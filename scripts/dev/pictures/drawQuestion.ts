/** The way of a question from Discord to a card, as a picture: folder by folder, each step with the file of src that does it. */
import { drawPicture, drawText } from "./svg.ts";

/** A step: its name, what it does, and the file within src. */
type Step = readonly [name: string, says: string, file: string];

/** Steps that one folder does, one after the other. */
interface Room {
  readonly title: string;
  readonly steps: readonly Step[];
  /** What is done beside its second and third step. */
  readonly beside?: Room;
}

const MODELS: Room = {
  title: "models: a process of their own",
  steps: [
    ["encode", "queues the question", "models/encoder/encoder.ts"],
    ["encodeText", "makes its vectors", "models/encoder/encodeText.ts"],
  ],
};

/** The rooms in the order in which a question comes through them. */
const WAY: readonly Room[] = [
  {
    title: "discord",
    steps: [
      ["prepareRouter", "finds who answers it, and whether its asker may ask", "discord/router.ts"],
      ["handleAsk", "acknowledges it, and asks", "discord/features/answering.ts"],
    ],
  },
  {
    title: "collections",
    steps: [["ask", "takes the index that is in use", "collections/collection.ts"]],
  },
  {
    title: "search and ask: search.ts and ask.ts name these steps in order",
    steps: [
      ["describeQuestion", "its words, their script and language", "search/question.ts"],
      ["matchTerms", "words, glosses and names that sentences share", "search/scorers/keywords.ts"],
      ["findExactMatches", "sentences that it quotes: text, numbers", "search/exactMatch.ts"],
      ["findCandidates", "some 90 sentences: near vectors, telling terms", "search/candidates.ts"],
      ["score", "token by token, whole vectors, words, names", "search/ranking.ts"],
      [
        "prepareReading",
        "whether the best windows answer, and where",
        "search/reading/windowReadings.ts",
      ],
      ["rerank", "the passages that answer first", "search/reading/reranking.ts"],
      ["decide", "found, maybe or none, and why", "search/decision/decision.ts"],
      ["findApproved", "what moderators approved for it", "ask/approvedAnswers.ts"],
      ["composeAnswer", "excerpts, word for word, with their places", "ask/answer.ts"],
    ],
    beside: MODELS,
  },
  {
    title: "discord",
    steps: [
      ["renderAnswer", "a card within Discord's limits", "discord/cards/answerCard.ts"],
      ["showCard", "shows it in the place of the acknowledgement", "discord/respond.ts"],
    ],
  },
  {
    title: "ledger",
    steps: [["record", "keeps what was shown", "ledger/answers.ts"]],
  },
];

/** Each step of the picture, with its file. */
export const STEPS: readonly Step[] = [...WAY, MODELS].flatMap(({ steps }) => steps);

/** Lengths are in pixels. */
const MARGIN = 24;
const ROOM_WIDTH = 560;
const NARROW_LEFT = MARGIN + ROOM_WIDTH + 44;
const NARROW_WIDTH = 250;
const WIDTH = NARROW_LEFT + NARROW_WIDTH + MARGIN;
const PADDING = 14;
const TITLE_HEIGHT = 30;
const STEP_HEIGHT = 42;
const NARROW_STEP_HEIGHT = 58;
const ARROW_LENGTH = 24;
const CAPTION_HEIGHT = 24;

/** A panel of its own reads the same in light and dark mode. */
const COLOURS = {
  page: "#ffffff",
  room: "#f6f8fa",
  edge: "#d0d7de",
  arrow: "#57606a",
  title: "#0550ae",
  name: "#24292f",
  small: "#57606a",
} as const;
const FONT = "'Noto Sans','Helvetica Neue',Arial,sans-serif";
const CODE = ` font-family="'DejaVu Sans Mono',Menlo,Consolas,monospace"`;

/** Draws the picture as SVG. */
export function drawQuestion(): string {
  let top = MARGIN;
  const parts = [drawCaption("A question: /ask, Find in the report, or a mention", top)];
  top += CAPTION_HEIGHT;
  for (const room of WAY) {
    parts.push(drawArrow(MARGIN + ROOM_WIDTH / 2, top, `v${ARROW_LENGTH - 2}`));
    top += ARROW_LENGTH;
    parts.push(drawRoom(room, MARGIN, top));
    if (room.beside) parts.push(...drawBeside(room.beside, top + TITLE_HEIGHT));
    top += heightOf(room, STEP_HEIGHT);
  }
  const page = { width: WIDTH, height: top + MARGIN, fill: COLOURS.page, font: FONT };
  return drawPicture(page, parts);
}

function heightOf({ steps }: Room, stepHeight: number): number {
  return TITLE_HEIGHT + steps.length * stepHeight + PADDING / 2;
}

function drawCaption(text: string, top: number): string {
  const look = { x: MARGIN + ROOM_WIDTH / 2, y: top + 14, size: 14, colour: COLOURS.name };
  return drawText(text, { ...look, isBold: true, more: ' text-anchor="middle"' });
}

/** In a narrow room a step's file stands below it, else at the right. */
function drawRoom(room: Room, left: number, top: number, isNarrow = false): string {
  const x = left + PADDING;
  const width = isNarrow ? NARROW_WIDTH : ROOM_WIDTH;
  const stepHeight = isNarrow ? NARROW_STEP_HEIGHT : STEP_HEIGHT;
  const height = heightOf(room, stepHeight);
  const rows = room.steps.flatMap(([name, says, file], i) => {
    const y = top + TITLE_HEIGHT + i * stepHeight + 15;
    const at = isNarrow
      ? { x, y: y + 33, more: CODE }
      : { x: left + width - PADDING, y, more: `${CODE} text-anchor="end"` };
    return [
      drawText(name, { x, y, size: 14, isBold: true, colour: COLOURS.name }),
      drawText(says, { x, y: y + 17, size: 12.5, colour: COLOURS.small }),
      drawText(file, { ...at, size: 11.5, colour: COLOURS.small }),
    ];
  });
  return [
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="8" fill="${COLOURS.room}" stroke="${COLOURS.edge}"/>`,
    drawText(room.title, { x, y: top + 20, size: 13, isBold: true, colour: COLOURS.title }),
    ...rows,
  ].join("\n");
}

/** A narrow room beside the second and third step of another one, and the ways there and back. */
function drawBeside(room: Room, firstStep: number): string[] {
  const top = firstStep + STEP_HEIGHT / 2;
  const edge = MARGIN + ROOM_WIDTH;
  const length = NARROW_LEFT - edge - 4;
  return [
    drawRoom(room, NARROW_LEFT, top, true),
    drawArrow(edge + 2, top + 12, `h${length}`),
    drawArrow(NARROW_LEFT - 2, top + heightOf(room, NARROW_STEP_HEIGHT) - 12, `h${-length}`),
  ];
}

const HEADS = {
  down: "m-5 -6l5 6l5 -6",
  left: "m6 -5l-6 5l6 5",
  right: "m-6 -5l6 5l-6 5",
} as const;

/** @param line The line, as a command of an SVG path. */
function drawArrow(x: number, y: number, line: string): string {
  const head = line.startsWith("v") ? HEADS.down : line.startsWith("h-") ? HEADS.left : HEADS.right;
  return `<path d="M${x} ${y}${line}${head}" fill="none" stroke="${COLOURS.arrow}" stroke-width="1.5"/>`;
}
