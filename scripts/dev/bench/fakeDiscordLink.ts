/** What the bench and its fake Discord tell each other. */
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
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
const FakeReady = v.object({ apiUrl: v.string() });

/** A fake Discord in a process of its own. */
export interface FakeDiscordProcess {
  readonly apiUrl: string;
  readonly pid: number | undefined;
  /** Asks all questions at once and waits for their answers. */
  ask(questions: string[]): Promise<WaveResult>;
  close(): void;
}

/** Starts a fake Discord. */
export async function startFakeProcess(): Promise<FakeDiscordProcess> {
  const child = fork(fileURLToPath(new URL("./fakeDiscordProcess.js", import.meta.url)));
  const { apiUrl } = v.parse(FakeReady, await nextMessage(child));
  return {
    apiUrl,
    pid: child.pid,
    ask: async (questions) => {
      const answered = nextMessage(child);
      child.send({ questions } satisfies Wave);
      return v.parse(WaveResult, await answered);
    },
    close: () => {
      child.disconnect();
    },
  };
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const values: unknown[] = await once(child, "message");
  return values[0];
}
