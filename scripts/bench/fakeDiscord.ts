import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { FakeReady, WaveResult } from "./discordWave.ts";
import type { Wave } from "./discordWave.ts";

/** A fake Discord in a process of its own. */
export interface FakeDiscordProcess {
  readonly apiUrl: string;
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
