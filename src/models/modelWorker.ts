/** This program's side of the worker that runs the models: starts it, hands it tasks, and starts it again where it has died. */
import * as v from "valibot";
import { prepareBackoff } from "../backoff.ts";
import { tellOfModels } from "../trace.ts";
import { Reply } from "./messages.ts";
import type { Result, Task } from "./messages.ts";
import { giveUp, settle } from "./waitingTask.ts";
import type { WaitingTask } from "./waitingTask.ts";
import { startWorker } from "./workerChannel.ts";
import type { WorkerChannel, WorkerKind } from "./workerChannel.ts";
import { WORKER_LIMITS } from "./workerLimits.ts";
import type { WorkerLimits } from "./workerLimits.ts";

/** The worker that runs the models of this program. */
export interface ModelWorker {
  /** The id of its process; undefined where it is a thread, or has ended. */
  readonly pid: number | undefined;
  /**
   * Hands it a task. Where its process dies over it, another one is started, with the same models, and gets the task once more. To
   * unload a model never fails over the worker's end.
   *
   * @throws {UnansweredError} if two processes have died over the task, or the thread has ended.
   * @throws {UserError} if the task fails for a reason that may be shown.
   */
  perform(task: Task): Promise<Result>;
  /** While it is held, it keeps this process alive, and one that has died is started again at once. */
  hold(): void;
  release(): void;
  /** Has it end, once nobody needs it any more. */
  retire(): Promise<void>;
}

/** A task that has killed so many processes is not tried on another one. */
const MAX_ATTEMPTS = 2;

interface State {
  readonly kind: WorkerKind;
  readonly taskMs: number;
  /** How long to wait after the end of a process. */
  readonly backoff: (livedMs: number) => number;
  /** Undefined once it has ended, until the next one is started. */
  channel: WorkerChannel | undefined;
  /** When it was started, by the monotonic clock, in milliseconds. */
  startedAt: number;
  /** Until it fires, no process is started. */
  pause: NodeJS.Timeout | undefined;
  /** How a thread has ended, which is for good. */
  ended: string | undefined;
  /** What waits for a result, by the number of its message. */
  readonly sent: Map<number, WaitingTask>;
  /** What waits for a process. */
  readonly unsent: WaitingTask[];
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
export function createModelWorker(
  kind: WorkerKind,
  limits: Partial<WorkerLimits> = {},
): ModelWorker {
  const state = initialState(kind, { ...WORKER_LIMITS, ...limits });
  open(state);
  const hold = (by: 1 | -1): void => {
    state.held += by;
    holdAll(state);
  };
  return {
    get pid() {
      return state.channel?.pid;
    },
    perform: (task) =>
      new Promise((resolve, reject) => {
        take(state, { task, attempts: 0, resolve, reject });
      }),
    hold: () => {
      hold(1);
    },
    release: () => {
      hold(-1);
    },
    retire: async () => {
      const { channel } = state;
      // From now on its end is no news.
      state.channel = undefined;
      await channel?.end();
    },
  };
}

function initialState(kind: WorkerKind, { taskMs, ...waits }: WorkerLimits): State {
  return {
    kind,
    taskMs,
    backoff: prepareBackoff(waits),
    channel: undefined,
    startedAt: 0,
    pause: undefined,
    ended: undefined,
    sent: new Map(),
    unsent: [],
    loads: new Map(),
    lastId: 0,
    held: 0,
  };
}

function holdAll({ channel, pause, held }: State): void {
  channel?.hold(held > 0);
  if (held > 0) pause?.ref();
  else pause?.unref();
}

/** Hands a task over, now or when there is a process again. */
function take(state: State, asked: WaitingTask): void {
  const { task, resolve } = asked;
  if (state.ended !== undefined) {
    state.loads.delete(task.model);
    giveUp(asked, state.kind, state.ended);
  } else if (task.kind === "unload" && state.channel === undefined) {
    state.loads.delete(task.model);
    resolve({ kind: "unloaded" });
  } else {
    state.unsent.push(asked);
    if (state.channel) sendAll(state, state.channel);
    else if (state.pause === undefined) open(state);
  }
}

/** Starts a worker, which first loads the models that are in use. */
function open(state: State): void {
  state.startedAt = performance.now();
  let channel: WorkerChannel;
  try {
    channel = startWorker(state.kind, {
      onMessage: (message) => {
        hear(state, channel, message);
      },
      onEnd: (how) => {
        if (state.channel === channel) end(state, how);
      },
    });
  } catch (error) {
    end(state, String(error));
    return;
  }
  state.channel = channel;
  holdAll(state);
  const again = [...state.loads.values()].map((task) => reload(task, state, channel));
  state.unsent.unshift(...again);
  sendAll(state, channel);
}

/** A load that nobody waits for: a process that cannot do it is as good as dead, and another one may fare better. */
function reload(task: Task, state: State, channel: WorkerChannel): WaitingTask {
  return {
    task,
    attempts: MAX_ATTEMPTS,
    resolve: () => undefined,
    reject: ({ message }) => {
      if (state.channel !== channel) return;
      end(state, message);
      channel.kill();
    },
  };
}

function sendAll(state: State, channel: WorkerChannel): void {
  for (const asked of state.unsent.splice(0)) {
    const id = ++state.lastId;
    state.sent.set(id, {
      ...asked,
      attempts: asked.attempts + 1,
      timer: state.kind === "process" ? timerOf(channel, state.taskMs) : undefined,
    });
    channel.send({ id, task: asked.task });
  }
}

function timerOf(channel: WorkerChannel, taskMs: number): NodeJS.Timeout {
  return setTimeout(() => {
    channel.kill();
  }, taskMs).unref();
}

function hear(state: State, channel: WorkerChannel, message: unknown): void {
  const { success, output } = v.safeParse(Reply, message);
  if (!success) {
    // What has lost its words is not to be trusted with the next task.
    channel.kill();
    return;
  }
  const { id, result } = output;
  const asked = state.sent.get(id);
  if (asked === undefined) return;
  state.sent.delete(id);
  clearTimeout(asked.timer);
  const { task } = asked;
  if (result.kind === "loaded") state.loads.set(task.model, task);
  if (task.kind === "unload") state.loads.delete(task.model);
  settle(asked, result);
}

/** What a process died over is handed to the next one, once. */
function end(state: State, how: string): void {
  const { kind, sent, unsent } = state;
  const why = `the models' ${kind} has ended (${how})`;
  const lost = [...sent.values(), ...unsent.splice(0)];
  sent.clear();
  state.channel = undefined;
  if (kind === "thread") state.ended = why;
  for (const asked of lost) {
    clearTimeout(asked.timer);
    const isOver = asked.task.kind === "unload" || asked.attempts >= MAX_ATTEMPTS;
    if (asked.task.kind === "unload") state.loads.delete(asked.task.model);
    if (isOver || kind === "thread") giveUp(asked, kind, why);
    else unsent.push(asked);
  }
  const waitMs = kind === "process" ? pauseAfterEnd(state) : 0;
  tellOfModels(waitMs > 0 ? `${why}; it is started again in ${waitMs / 1_000} s` : why);
  if (kind === "process" && state.pause === undefined) openIfNeeded(state);
}

/** Sees to it that no process is started for a while where the ones before lived shortly; for how long, in milliseconds. */
function pauseAfterEnd(state: State): number {
  const waitMs = state.backoff(performance.now() - state.startedAt);
  if (waitMs === 0) return 0;
  state.pause = setTimeout(() => {
    state.pause = undefined;
    openIfNeeded(state);
  }, waitMs);
  holdAll(state);
  return waitMs;
}

function openIfNeeded(state: State): void {
  if (state.channel === undefined && (state.held > 0 || state.unsent.length > 0)) open(state);
}
