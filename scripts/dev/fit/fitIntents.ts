/** Fits the classifier of questions' intents. */
import { meanOfRows } from "../../../src/vectors.ts";
import { share } from "../measurements.ts";
import { fitLogistic, predict, roundCoefficient as round } from "./logistic.ts";

/** A question and its kind. */
interface IntentExample {
  readonly kind: string;
  readonly question: string;
}

/** Brings centred vectors, whose values are near .05, to the size of 1. */
const SCALE = 10;
const OPTIONS = { penalty: 1e-4, steps: 150, rate: 0.5 };

/** Kinds of which no use is made yet: ordinary questions. */
const ORDINARY = new Set(["number", "time", "person", "place"]);

/** Fits a classifier of question kinds on vectors, and says how it does on questions that it has not seen. */
export async function fitIntents(
  examples: readonly IntentExample[],
  heldOut: readonly IntentExample[],
  encode: (question: string) => Promise<Float32Array>,
) {
  const kindOf = ({ kind }: IntentExample): string => (ORDINARY.has(kind) ? "other" : kind);
  const kinds = [...new Set(examples.map(kindOf))];
  const vectors: Float32Array[] = [];
  for (const { question } of examples) vectors.push(await encode(question));
  const mean = meanOfRows(vectors, vectors[0]?.length ?? 0);
  const scaled = (vector: Float32Array): Float32Array =>
    vector.map((value, k) => SCALE * (value - (mean[k] ?? 0)));
  const model = fitLogistic(
    examples.map((example, i) => ({
      features: scaled(vectors[i] ?? new Float32Array()),
      label: kinds.indexOf(kindOf(example)),
    })),
    { classes: kinds.length, ...OPTIONS },
  );
  const isRight = [];
  for (const example of heldOut) {
    const shares = predict(model, scaled(await encode(example.question)));
    isRight.push(kinds[shares.indexOf(Math.max(...shares))] === kindOf(example));
  }
  const accuracy = share(isRight, Boolean);
  console.log(
    `question kinds: ${accuracy.toFixed(3)} of ${heldOut.length} held-out questions right`,
  );
  return {
    provenance:
      `npm run fit: ${examples.length} questions, ${heldOut.length} held out, ` +
      `of which ${accuracy.toFixed(3)} are told right`,
    kinds,
    scale: SCALE,
    mean: Array.from(mean, round),
    weights: model.weights.map((row) => row.map(round)),
    biases: model.biases.map(round),
  };
}
