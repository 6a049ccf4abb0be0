/** A Discord message as a picture: the components that the bot uses, in the colours of Discord's dark theme. */
import * as v from "valibot";
import { readMarkdown } from "../../../test/support/discordMarkdown.ts";
import type { Line } from "../../../test/support/discordMarkdown.ts";
import { drawPicture, drawText, escapeXml } from "./svg.ts";
import { widthOf, wrap } from "./textLayout.ts";

const Button = v.object({ type: v.literal(2), style: v.number(), label: v.string() });
const Text = v.object({ type: v.literal(10), content: v.string() });
const Menu = v.object({ type: v.literal(3), placeholder: v.string() });
const Row = v.object({ type: v.literal(1), components: v.array(v.union([Button, Menu])) });
const Section = v.object({ type: v.literal(9), components: v.array(Text), accessory: Button });
const Container = v.object({
  type: v.literal(17),
  accent_color: v.number(),
  components: v.array(v.union([Text, Row, Section])),
});

/** What is drawn of a message. */
const Message = v.object({
  flags: v.optional(v.number(), 0),
  content: v.optional(v.string(), ""),
  components: v.array(Container),
});

const COLOURS = {
  page: "#313338",
  card: "#2b2d31",
  edge: "#3f4147",
  text: "#dbdee1",
  small: "#949ba4",
  bar: "#4e5058",
  buttons: { 1: "#5865f2", 2: "#4e5058" } as Readonly<Record<number, string>>,
  white: "#ffffff",
} as const;

const EPHEMERAL = 64;
const WIDTH = 640;
const LEFT = 72;
const CARD_PADDING = 16;
const INNER_LEFT = LEFT + CARD_PADDING;
const INNER_WIDTH = WIDTH - INNER_LEFT - 2 * CARD_PADDING;
const QUOTATION_INDENT = 14;
const BUTTON = { height: 32, padding: 14, gap: 8 } as const;
const LOOKS = {
  text: { size: 15, lineHeight: 21 },
  quotation: { size: 15, lineHeight: 21 },
  small: { size: 12.5, lineHeight: 18 },
} as const;
const FONT =
  "'gg sans','Noto Sans','Noto Sans CJK TC','Noto Sans TC','PingFang TC','Microsoft JhengHei','Helvetica Neue',Arial,sans-serif";

/** Discord shows a message's address as its channel. */
const MESSAGE_LINK = /https:\/\/discord\.com\/channels\/\d+\/\d+\/\d+/gu;

/** Something that is drawn, and how far down it reaches. */
interface Drawn {
  readonly svg: string;
  readonly bottom: number;
}

/**
 * Draws a message of the bot as SVG.
 *
 * @throws {v.ValiError} if the message holds a component that no card of the bot has.
 */
export function drawMessage(message: unknown): string {
  const { flags, content, components } = v.parse(Message, message);
  const title = { y: 30, size: 15.5, isBold: true, colour: COLOURS.white };
  const name = drawText("Verbatim", { x: LEFT, ...title });
  const tag = `<rect x="${LEFT + 76}" y="17" width="34" height="16" rx="4" fill="${COLOURS.buttons[1] ?? ""}"/>${drawText("APP", { ...title, x: LEFT + 82, y: 29, size: 10.5 })}`;
  const avatar = `<circle cx="36" cy="38" r="20" fill="#2ea043"/><text x="36" y="60" font-size="44" font-weight="700" text-anchor="middle" fill="${COLOURS.white}" font-family="Georgia,serif">&#8220;</text>`;
  let drawn: Drawn = { svg: "", bottom: 42 };
  if (content !== "") drawn = append(drawn, drawContent(content, drawn.bottom, LEFT));
  for (const container of components) drawn = append(drawn, drawContainer(container, drawn.bottom));
  if ((flags & EPHEMERAL) !== 0) {
    const look = { x: LEFT, y: drawn.bottom + 20, size: 12, colour: COLOURS.small };
    const svg = drawText("Only you can see this · Dismiss message", look);
    drawn = append(drawn, { svg, bottom: drawn.bottom + 26 });
  }
  const height = drawn.bottom + 14;
  const page = { width: WIDTH, height, fill: COLOURS.page, font: FONT };
  return drawPicture(page, [avatar, name, tag, drawn.svg]);
}

function append(before: Drawn, { svg, bottom }: Drawn): Drawn {
  return { svg: `${before.svg}\n${svg}`, bottom };
}

function drawContainer(
  { accent_color: accent, components }: v.InferOutput<typeof Container>,
  top: number,
): Drawn {
  let inside: Drawn = { svg: "", bottom: top + CARD_PADDING - 4 };
  for (const component of components)
    inside = append(inside, drawComponent(component, inside.bottom));
  const bottom = inside.bottom + CARD_PADDING - 4;
  const box = `<rect x="${LEFT}" y="${top}" width="${WIDTH - LEFT - CARD_PADDING}" height="${bottom - top}" rx="8" fill="${COLOURS.card}" stroke="${COLOURS.edge}"/>`;
  const edge = `<rect x="${LEFT}" y="${top}" width="4" height="${bottom - top}" rx="2" fill="#${accent.toString(16).padStart(6, "0")}"/>`;
  return { svg: `${box}\n${edge}\n${inside.svg}`, bottom };
}

function drawComponent(
  component: v.InferOutput<typeof Container>["components"][number],
  top: number,
): Drawn {
  switch (component.type) {
    case 10:
      return drawContent(component.content, top + 4, INNER_LEFT);
    case 1:
      return drawRow(component.components, top + 8);
    case 9: {
      const texts = drawContent(
        component.components.map(({ content }) => content).join("\n"),
        top + 6,
        INNER_LEFT,
        INNER_WIDTH - 90,
      );
      const button = drawButton(
        component.accessory,
        INNER_LEFT + INNER_WIDTH - buttonWidth(component.accessory),
        top + 4,
      );
      return { svg: texts.svg + button, bottom: Math.max(texts.bottom, top + 4 + BUTTON.height) };
    }
  }
}

function drawRow(components: v.InferOutput<typeof Row>["components"], top: number): Drawn {
  let x = INNER_LEFT;
  const parts = components.map((component) => {
    if (component.type === 3) return drawMenu(component.placeholder, top);
    const part = drawButton(component, x, top);
    x += buttonWidth(component) + BUTTON.gap;
    return part;
  });
  return { svg: parts.join("\n"), bottom: top + BUTTON.height + 4 };
}

function drawMenu(placeholder: string, top: number): string {
  return `<rect x="${INNER_LEFT}" y="${top}" width="${INNER_WIDTH}" height="${BUTTON.height}" rx="6" fill="#1e1f22"/>${drawText(placeholder, { x: INNER_LEFT + 12, y: top + 21, size: 14, colour: COLOURS.small })}${drawText("▾", { x: INNER_LEFT + INNER_WIDTH - 24, y: top + 21, size: 14, colour: COLOURS.small })}`;
}

function buttonWidth({ label }: v.InferOutput<typeof Button>): number {
  return widthOf(label, 14) + 2 * BUTTON.padding;
}

function drawButton(button: v.InferOutput<typeof Button>, x: number, y: number): string {
  const fill = COLOURS.buttons[button.style] ?? COLOURS.bar;
  return `<rect x="${x}" y="${y}" width="${buttonWidth(button)}" height="${BUTTON.height}" rx="6" fill="${fill}"/>${drawText(button.label, { x: x + BUTTON.padding, y: y + 21, size: 14, colour: COLOURS.white })}`;
}

/** Markdown, line by line, wrapped; quotations with their bar. */
function drawContent(content: string, top: number, left: number, width = INNER_WIDTH): Drawn {
  let bottom = top;
  const parts: string[] = [];
  for (const line of readMarkdown(content.replace(MESSAGE_LINK, "# general › 💬")).lines) {
    const { size, lineHeight } = LOOKS[line.kind];
    const indent = line.kind === "quotation" ? QUOTATION_INDENT : 0;
    for (const runs of wrap(line.runs, size, width - indent)) {
      parts.push(drawLine({ kind: line.kind, runs }, left, bottom));
      bottom += lineHeight;
    }
    if (line.kind === "small") bottom += 4;
  }
  return { svg: parts.join("\n"), bottom };
}

function drawLine({ kind, runs }: Line, left: number, top: number): string {
  const { size, lineHeight } = LOOKS[kind];
  const isQuotation = kind === "quotation";
  const bar = isQuotation
    ? `<rect x="${left}" y="${top}" width="4" height="${lineHeight}" rx="2" fill="${COLOURS.bar}"/>`
    : "";
  const spans = runs
    .map(
      ({ text, isBold }) =>
        `<tspan${isBold ? ` font-weight="700" fill="${COLOURS.white}"` : ""}>${escapeXml(text)}</tspan>`,
    )
    .join("");
  const colour = kind === "small" ? COLOURS.small : COLOURS.text;
  const x = left + (isQuotation ? QUOTATION_INDENT : 0);
  return `${bar}<text x="${x}" y="${top + size + 1}" font-size="${size}" fill="${colour}" xml:space="preserve">${spans}</text>`;
}
