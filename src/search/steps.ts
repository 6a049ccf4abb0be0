import { LEGS } from "./legs.ts";
import type { Leg } from "./legs.ts";

/**
 * A part of the search that can be left out, to measure what it is worth: a leg; a question's language taken out of its vectors
 * (`centring`); vectors of paragraphs and clauses beside the sentence's (`grains`) and of headings (`headings`); questions about the
 * document and about who said what (`kinds`); text that is found exactly (`quotations`).
 */
export type Step = Leg | "centring" | "grains" | "headings" | "kinds" | "quotations";

export const STEPS: readonly Step[] = [
  ...LEGS,
  "centring",
  "grains",
  "headings",
  "kinds",
  "quotations",
];
