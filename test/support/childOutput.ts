/** What a child process says, and how it ends. */
import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";

/** A child process that is listened to. */
export interface Heard {
  /** All that it has said so far. */
  readonly text: () => string;
  /** Waits until it has said the words; fails where it ends before. */
  readonly said: (words: string) => Promise<void>;
  /** How it ended, when its streams have ended too. Never fails: that it could not be started stands in its text. */
  readonly ended: Promise<End>;
}

/** How a process ended. */
export interface End {
  /** Exit code; null if a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Listens to a child process from its start on.
 *
 * @param stream What is listened to; standard error unless given.
 */
export function hear(child: ChildProcess, stream: Readable | null = child.stderr): Heard {
  let text = "";
  stream?.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  child.once("error", ({ message }) => (text += message));
  const ended = new Promise<End>((resolve) => {
    child.once("close", (code, signal) => {
      resolve({ code, signal });
    });
  });
  const said = (words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!text.includes(words)) return;
        stream?.off("data", look);
        resolve();
      };
      stream?.on("data", look);
      void ended.then(() => {
        reject(new Error(`the process ended without saying "${words}", but: ${text}`));
      });
      look();
    });
  return { text: () => text, said, ended };
}
