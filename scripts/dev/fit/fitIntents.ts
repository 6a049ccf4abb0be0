/** Fits the classifier of questions' intents. */
import { meanOfRows } from "../../../src/vectors.ts";
import { share } from "../measurements.ts";
import { fitLogistic, predict, roundCoefficient as round } from "./logistic.ts";

/** A question and its intent. */
interface IntentExample {
  readonly intent: string;
  readonly question: string;
}

/** Brings centred vectors, whose values are near .05, to the size of 1. */
const SCALE = 10;
const OPTIONS = { penalty: 1e-4, steps: 150, rate: 0.5 };

/** Intents of which no use is made yet: ordinary questions. */
const ORDINARY = new Set(["number", "time", "person", "place"]);

/** Fits a classifier of intents on vectors, and says how it does on questions that it has not seen. */
export async function fitIntents(
  examples: readonly IntentExample[],
  heldOut: readonly IntentExample[],
  encode: (question: string) => Promise<Float32Array>,
) {
  const intentOf = ({ intent }: IntentExample): string => (ORDINARY.has(intent) ? "other" : intent);
  const intents = [...new Set(examples.map(intentOf))];
  const vectors: Float32Array[] = [];
  for (const { question } of examples) vectors.push(await encode(question));
  const mean = meanOfRows(vectors, vectors[0]?.length ?? 0);
  const scaled = (vector: Float32Array): Float32Array =>
    vector.map((value, k) => SCALE * (value - (mean[k] ?? 0)));
  const model = fitLogistic(
    examples.map((example, i) => ({
      features: scaled(vectors[i] ?? new Float32Array()),
      label: intents.indexOf(intentOf(example)),
    })),
    { classes: intents.length, ...OPTIONS },
  );
  const isRight = [];
  for (const example of heldOut) {
    const shares = predict(model, scaled(await encode(example.question)));
    isRight.push(intents[shares.indexOf(Math.max(...shares))] === intentOf(example));
  }
  const accuracy = share(isRight, Boolean);
  console.log(
    `question kinds: ${accuracy.toFixed(3)} of ${heldOut.length} held-out questions right`,
  );
  return {
    provenance:
      `npm run fit: ${examples.length} questions, ${heldOut.length} held out, ` +
      `of which ${accuracy.toFixed(3)} are told right`,
    kinds: intents,
    scale: SCALE,
    mean: Array.from(mean, round),
    weights: model.weights.map((row) => row.map(round)),
    biases: model.biases.map(round),
  };
}
