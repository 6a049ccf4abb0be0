/** This program's side of the worker that runs the models: starts it, hands it tasks, and starts it again where it has died. */
import * as v from "valibot";
import { UserError } from "../errors.ts";
import { tellOfModels } from "../trace.ts";
import { Reply } from "./messages.ts";
import type { Result, Task } from "./messages.ts";
import { startWorker } from "./workerChannel.ts";
import type { WorkerChannel, WorkerKind } from "./workerChannel.ts";

/** The worker that runs the models of this program. */
export interface ModelWorker {
  /** The id of its process; undefined where it is a thread, or has ended. */
  readonly pid: number | undefined;
  /**
   * Hands it a task. Where its process dies over it, another one is started, with the same models, and gets the task once more.
   *
   * @throws {UserError} if the task fails for a reason that may be shown.
   */
  perform(task: Task): Promise<Result>;
  /** While it is held, it keeps this process alive. */
  hold(): void;
  release(): void;
}

/** A task that has killed so many processes is not tried on another one. */
const MAX_ATTEMPTS = 2;

interface Waiting {
  readonly task: Task;
  readonly attempts: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

interface State {
  readonly kind: WorkerKind;
  /** Undefined once it has ended, until the next task. */
  channel: WorkerChannel | undefined;
  /** Why a thread has ended, which is for good. */
  ended: Error | undefined;
  /** What waits for a result, by the number of its message. */
  readonly waiting: Map<number, Waiting>;
  /** What has loaded the models that are in use. */
  readonly loads: Map<number, Task>;
  lastId: number;
  held: number;
}

let running: ModelWorker | undefined;

/** The one worker of this program, started when it is first asked for: `kind` counts then. */
export function modelWorker(kind: WorkerKind): ModelWorker {
  running ??= createModelWorker(kind);
  return running;
}

/** A worker of its own, for whoever is not this program: {@link modelWorker} is. */
export function createModelWorker(kind: WorkerKind): ModelWorker {
  const state: State = {
    kind,
    channel: undefined,
    ended: undefined,
    waiting: new Map(),
    loads: new Map(),
    lastId: 0,
    held: 0,
  };
  open(state);
  return {
    get pid() {
      return state.channel?.pid;
    },
    perform: (task) =>
      new Promise((resolve, reject) => {
        send(state, { task, attempts: 1, resolve, reject });
      }),
    hold: () => {
      state.held += 1;
      state.channel?.hold(true);
    },
    release: () => {
      state.held -= 1;
      state.channel?.hold(state.held > 0);
    },
  };
}

/** The worker's channel; a new worker first loads the models that are in use. */
function open(state: State): WorkerChannel {
  if (state.channel) return state.channel;
  const channel = startWorker(state.kind, {
    onMessage: (message) => {
      take(state, message);
    },
    onEnd: (how) => {
      if (state.channel === channel) end(state, how);
    },
  });
  state.channel = channel;
  channel.hold(state.held > 0);
  for (const task of state.loads.values()) channel.send({ id: ++state.lastId, task });
  return channel;
}

function send(state: State, asked: Waiting): void {
  if (state.ended) {
    asked.reject(state.ended);
    return;
  }
  if (asked.task.kind === "unload" && state.channel === undefined) {
    state.loads.delete(asked.task.model);
    asked.resolve({ kind: "unloaded" });
    return;
  }
  const channel = open(state);
  const id = ++state.lastId;
  state.waiting.set(id, asked);
  channel.send({ id, task: asked.task });
}

function take({ waiting, loads }: State, message: unknown): void {
  const { id, result } = v.parse(Reply, message);
  const asked = waiting.get(id);
  waiting.delete(id);
  if (asked === undefined) return;
  const { task, resolve, reject } = asked;
  if (result.kind === "failed") {
    reject(toError(result));
    return;
  }
  if (task.kind === "load") loads.set(task.model, task);
  if (task.kind === "unload") loads.delete(task.model);
  resolve(result);
}

/** What a process died over is handed to the next one, once. */
function end(state: State, how: string): void {
  const error = new Error(`the models' ${state.kind} has ended (${how})`);
  const lost = [...state.waiting.values()];
  state.waiting.clear();
  state.channel = undefined;
  if (state.kind === "thread") state.ended = error;
  tellOfModels(error.message);
  for (const asked of lost) {
    if (asked.attempts < MAX_ATTEMPTS) send(state, { ...asked, attempts: asked.attempts + 1 });
    else asked.reject(error);
  }
}

function toError({ message, isUserError, cause }: Extract<Result, { kind: "failed" }>): Error {
  return isUserError ? new UserError(message, { cause }) : new Error(message, { cause });
}
