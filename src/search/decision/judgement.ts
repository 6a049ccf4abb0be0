/** A logistic model's word, and what it comes from. Pure. */
import { mapNames } from "../../names.ts";

/** What a logistic model says: the effects of the features on its logit, which with the bias make its sum. */
export interface Judgement<Name extends string = string> {
  readonly effects: Readonly<Record<Name, number>>;
  readonly bias: number;
  /** 0..1 */
  readonly probability: number;
  readonly threshold: number;
}

/** A fitted model. */
interface LogisticModel<Name extends string> {
  readonly bias: number;
  readonly weights: Readonly<Record<Name, number>>;
}

/** Judges features by a model, which means yes from the threshold on. */
export function judge<Name extends string>(
  names: readonly Name[],
  features: Readonly<Record<Name, number>>,
  { bias, weights }: LogisticModel<Name>,
  threshold: number,
): Judgement<Name> {
  const effects = mapNames(names, (name) => weights[name] * features[name]);
  const logit = names.reduce((sum, name) => sum + effects[name], bias);
  return { effects, bias, probability: 1 / (1 + Math.exp(-logit)), threshold };
}
