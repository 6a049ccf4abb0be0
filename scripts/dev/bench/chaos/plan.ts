/** What happens in a run of chaos: drawn by a seed before it begins, so that the same seed does the same. Pure. */
import { FAULTS } from "./faults.ts";

/** What strikes the bot itself: each once in {@link ROUND} events. */
export type Strike = "models are killed" | "bot is killed" | "index is switched";

/** Buttons that are pressed, by the kind of their custom_id. */
export type Pressed = (typeof PRESSED)[number];

/** What somebody does. */
export type Act =
  | { readonly kind: "ask"; readonly question: string; readonly isPrivate: boolean }
  | { readonly kind: "mention"; readonly question: string }
  /** `at` says which of the messages with such a button: 0 is the first, nearly 1 the last. */
  | { readonly kind: "press"; readonly button: Pressed; readonly at: number };

/** One event, and what goes wrong just before it. */
export interface Event {
  /** Who does it, by their number. */
  readonly actor: number;
  readonly act: Act;
  readonly strike: Strike | undefined;
  /** The name of a fault of Discord's. */
  readonly fault: string | undefined;
  /** Until the next one, in milliseconds. */
  readonly pauseMs: number;
}

/** Events in which everything strikes once; a run that is shorter is a round too. */
export const ROUND = 200;

const STRIKES: readonly Strike[] = ["models are killed", "bot is killed", "index is switched"];

const ASKERS = 200;
const MEAN_PAUSE_MS = 100;

/** Share of the events before which something goes wrong at Discord. */
const FAULT_SHARE = 1 / 8;

/** Pins are pressed most: nothing else can be done twice so easily. */
const PRESSED = [
  "pin",
  "pin",
  "pin",
  "approve",
  "approve",
  "vote",
  "context",
  "share",
  "human",
] as const;

/** What nobody should be pinged by, and no link should come of. */
const HOSTILE = "@everyone <@&250000000000000009> [x](https://evil.example) ||**`";

/** Draws so many events. */
export function drawPlan(
  random: () => number,
  events: number,
  questions: readonly string[],
): Event[] {
  const pick = <Item>(items: readonly Item[]): Item | undefined =>
    items[Math.floor(random() * items.length)];
  const strikes = drawStrikes(random, events);
  return Array.from({ length: events }, (_, i) => ({
    actor: Math.floor(random() * ASKERS),
    act: drawAct(random, pick(questions) ?? "", pick(PRESSED) ?? "pin"),
    strike: strikes.get(i),
    fault: random() < FAULT_SHARE ? pick(Object.keys(FAULTS)) : undefined,
    pauseMs: 2 * MEAN_PAUSE_MS * random(),
  }));
}

function drawAct(random: () => number, question: string, button: Pressed): Act {
  const [what, how] = [random(), random()];
  const asked = how < 0.1 ? `${question} ${HOSTILE}` : question;
  if (what < 0.5) return { kind: "ask", question: asked, isPrivate: how > 0.8 };
  if (what < 0.6) return { kind: "mention", question: asked };
  return { kind: "press", button, at: how };
}

/** In each round every strike at an event of its own; not among the first, when nothing is there yet that could be lost. */
function drawStrikes(random: () => number, events: number): Map<number, Strike> {
  const at = new Map<number, Strike>();
  for (let from = 0; from < events; from += ROUND) {
    const length = Math.min(ROUND, events - from);
    for (const strike of STRIKES) {
      let event: number;
      do event = from + Math.floor(length * (0.1 + 0.9 * random()));
      while (at.has(event));
      at.set(event, strike);
    }
  }
  return at;
}
