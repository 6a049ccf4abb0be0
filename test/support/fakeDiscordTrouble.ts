/** What goes wrong at the fake Discord, as a test says: once, or for as long as it lasts. */
import { refusal } from "./fakeDiscordReplies.ts";
import type { Body } from "./fakeDiscordReplies.ts";

/** Which requests are meant; the upgrade to the gateway's socket is one, with the method UPGRADE. */
export interface Pattern {
  readonly method: string | RegExp;
  readonly path: RegExp;
}

/** What a matching request gets instead of an answer. */
export interface Failure extends Pattern {
  /** 0 closes the socket without a word. */
  readonly status: number;
  /** Discord's code for the error; 0 where not given. */
  readonly code?: number;
  /** Whether the request counts all the same: only its answer is lost, or comes from a proxy on the way. */
  readonly isLost?: boolean;
  /** Without a body and without headers, as from a proxy on the way. */
  readonly isBare?: boolean;
  /** What its body says besides. */
  readonly says?: Body;
  /** How long a 429 asks to wait, in seconds: 1 where not given. */
  readonly retryAfterS?: number;
}

/** Failures and waits that are to come. */
export class Trouble {
  readonly #once: Failure[] = [];
  readonly #lasting = new Set<Failure>();
  readonly #holds: (Pattern & { readonly released: Promise<void> })[] = [];

  /** Fails the next matching request. */
  failNext(failure: Failure): void {
    this.#once.push(failure);
  }

  /** Fails every matching request until the function is called that it gives. */
  failWhile(failure: Failure): () => void {
    this.#lasting.add(failure);
    return () => void this.#lasting.delete(failure);
  }

  /** Keeps the answer to the next matching request until it is released. */
  holdNext(method: string, path: RegExp): () => void {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    this.#holds.push({ method, path, released });
    return release;
  }

  /** What a request gets, after it was held. */
  async of(method: string, path: string): Promise<Failure | undefined> {
    await takeFirst(this.#holds, method, path)?.released;
    const lasting = [...this.#lasting].find((it) => matches(it, method, path));
    return takeFirst(this.#once, method, path) ?? lasting;
  }
}

/** What a failure looks like: its headers and its body. */
export function faceOf({ status, code = 0, isBare = false, retryAfterS = 1, says }: Failure) {
  if (isBare) return { headers: {}, body: "" };
  const isLimit = status === 429;
  return {
    headers: {
      "content-type": "application/json",
      ...(isLimit && { "retry-after": String(retryAfterS), "x-ratelimit-scope": "user" }),
    },
    body: JSON.stringify({
      ...refusal(code, "refused by the test"),
      ...says,
      ...(isLimit && { retry_after: retryAfterS, global: false }),
    }),
  };
}

function matches(pattern: Pattern, method: string, path: string): boolean {
  const isMethod =
    typeof pattern.method === "string" ? pattern.method === method : pattern.method.test(method);
  return isMethod && pattern.path.test(path);
}

/** Takes the first entry that means a request out of a list. */
function takeFirst<Entry extends Pattern>(
  list: Entry[],
  method: string,
  path: string,
): Entry | undefined {
  const at = list.findIndex((it) => matches(it, method, path));
  return at < 0 ? undefined : list.splice(at, 1)[0];
}
