import * as v from "valibot";

const Distribution = v.object({ mean: v.number(), deviation: v.number() });

/**
 * How high an index scores questions that have nothing to do with it: mean and standard deviation of the best passage's score
 * over the question bank, for questions in a language of the reports and in others.
 */
export const Background = v.object({
  native: v.optional(Distribution),
  foreign: v.optional(Distribution),
});

export type Background = v.InferOutput<typeof Background>;
export type Distribution = v.InferOutput<typeof Distribution>;
