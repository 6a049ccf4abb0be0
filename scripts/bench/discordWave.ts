/** What the bench and its fake Discord tell each other. */
import * as v from "valibot";

/** Questions that are asked at the same moment. */
export const Wave = v.object({ questions: v.array(v.string()) });
export type Wave = v.InferOutput<typeof Wave>;

/** What became of them; times from the moment of asking. */
export const WaveResult = v.object({
  acknowledgedMs: v.array(v.number()),
  answeredMs: v.array(v.number()),
  unanswered: v.number(),
  /** Questions that were acknowledged or answered more than once. */
  doubled: v.number(),
  /** Messages that Discord would refuse, since the beginning. */
  refused: v.number(),
});
export type WaveResult = v.InferOutput<typeof WaveResult>;

/** The first message of the fake. */
export const FakeReady = v.object({ apiUrl: v.string() });
