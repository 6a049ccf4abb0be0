/** The connection to Discord's gateway, with the bounds that discord.js lacks: its end is the end, and what Discord sends cannot end the process. */
import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { SimpleShardingStrategy } from "discord.js";
import { bounded, wrapMethod } from "./boundary.ts";

type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0];
type DestroyOptions = Parameters<SimpleShardingStrategy["destroy"]>[0];

/** How long the gateway may take for the socket, and then for its greeting, in milliseconds; discord.js waits 30 and 60 s. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** How long is waited for the gateway to agree to the end, in milliseconds. */
const GOODBYE_MS = 1_000;

/** What a shard does by itself, and nobody awaits: what it throws would end the process. */
const UNAWAITED = ["onMessage", "onClose", "heartbeat", "internalConnect"];

/** How a connection's shards are run. */
interface BoundedOptions {
  /** Ends them. */
  readonly signal: AbortSignal;
  /** Told what went wrong in a shard. */
  readonly report: (error: unknown) => void;
}

/** Shards that do not come back after their end: discord.js's own connect again where they were about to. */
export class BoundedShards extends SimpleShardingStrategy {
  readonly #options: BoundedOptions;

  constructor(manager: Manager, options: BoundedOptions) {
    super(manager);
    this.#options = options;
    manager.options.handshakeTimeout = HANDSHAKE_TIMEOUT_MS;
    manager.options.helloTimeout = HANDSHAKE_TIMEOUT_MS;
  }

  override async spawn(shardIds: number[]): Promise<void> {
    await super.spawn(shardIds);
    const { signal, report } = this.#options;
    for (const shard of this.#shards()) {
      for (const name of UNAWAITED) {
        wrapMethod(shard, name, (call) => (signal.aborted ? undefined : bounded(call, report)));
      }
    }
  }

  override async destroy(options?: DestroyOptions): Promise<void> {
    const sockets = this.#shards()
      .map((shard): unknown => Reflect.get(shard, "connection"))
      .filter(isSocket);
    // A socket that is not open yet ends with an error, which without a listener would end the process.
    for (const socket of sockets) socket.on("error", () => undefined);
    await Promise.race([super.destroy(options), sleep(GOODBYE_MS, undefined, { ref: false })]);
    for (const socket of sockets) socket.terminate();
  }

  #shards(): object[] {
    const shards: unknown = Reflect.get(this, "shards");
    if (!(shards instanceof Map)) throw new Error("discord.js has no shards any more");
    const all: Iterable<unknown> = shards.values();
    return [...all].filter((it) => typeof it === "object" && it !== null);
  }
}

/** A WebSocket of the package that discord.js uses. */
interface Socket extends EventEmitter {
  terminate(): void;
}

function isSocket(value: unknown): value is Socket {
  return value instanceof EventEmitter && "terminate" in value;
}
