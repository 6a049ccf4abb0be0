/** Discord's limits for what a bot sends; one function for all tests. */

const MAX_CONTENT = 2_000;
const MAX_CARD_TEXT = 4_000;
/** Undocumented: what all texts of a message may be in UTF-8 (issue 8554 of Discord's repository of documents). */
const MAX_CARD_BYTES = 10_170;
const MAX_COMPONENTS = 40;
const TEXT_DISPLAY = 10;
const COMPONENTS_V2 = 1 << 15;

/** What is looked at of a message or a component. */
interface Fields {
  readonly type?: unknown;
  readonly content?: unknown;
  readonly components?: unknown;
  readonly accessory?: unknown;
  readonly flags?: unknown;
  readonly allowed_mentions?: unknown;
  readonly parse?: unknown;
  readonly custom_id?: unknown;
  readonly label?: unknown;
  readonly url?: unknown;
  readonly style?: unknown;
  readonly options?: unknown;
  readonly value?: unknown;
  readonly data?: unknown;
}

/** @throws {Error} if a message pings somebody or is larger than Discord allows. */
export function assertSendable(method: string, path: string, body: unknown): void {
  const message = messageIn(path, body);
  if (method === "GET" || message === undefined) return;
  const { content = "", components = [], flags = 0, allowed_mentions: mentions } = message;
  const hasText = content !== "" || (Array.isArray(components) && components.length > 0);
  if (hasText) {
    const parse = isFields(mentions) ? mentions.parse : undefined;
    assert(Array.isArray(parse) && parse.length === 0, "allowed_mentions.parse is not []");
  }
  assert(String(content).length <= MAX_CONTENT, "content is too long");
  const all = flatten(components);
  assert(all.length <= MAX_COMPONENTS, "too many components");
  const isVersion2 = (Number(flags) & COMPONENTS_V2) !== 0;
  assert(!isVersion2 || content === "", "content beside components of version 2");
  const texts = all.filter(({ type }) => type === TEXT_DISPLAY).map((it) => String(it.content));
  assert(
    texts.every((text) => text.length > 0),
    "an empty text",
  );
  assert(texts.join("").length <= MAX_CARD_TEXT, "too much text");
  assert(Buffer.byteLength(texts.join("")) <= MAX_CARD_BYTES, "too many bytes of text");
  all.forEach(assertChoosable);
  const ids = all.flatMap(({ custom_id: id }) => (typeof id === "string" ? [id] : []));
  assert(
    ids.every((id) => id.length >= 1 && id.length <= 100),
    "a custom_id is too long",
  );
  assert(new Set(ids).size === ids.length, "a custom_id stands twice");
  const labels = all.flatMap(({ label }) => (typeof label === "string" ? [label] : []));
  assert(
    labels.every((label) => label.length <= 80),
    "a label is too long",
  );
}

/** @throws {Error} if two choices of a menu have the same value. */
function assertChoosable({ options }: Fields): void {
  if (!Array.isArray(options)) return;
  const values = options.filter(isFields).map(({ value }) => value);
  assert(new Set(values).size === values.length, "a menu has a value twice");
}

/** All components, however deep. */
export function flatten(components: unknown): Fields[] {
  if (!Array.isArray(components)) return [];
  return components
    .filter(isFields)
    .flatMap((it) => [
      it,
      ...flatten(it.components),
      ...(isFields(it.accessory) ? [it.accessory] : []),
    ]);
}

/** The message in a request: an interaction's first answer wraps it. */
function messageIn(path: string, body: unknown): Fields | undefined {
  if (!isFields(body)) return undefined;
  if (/^\/(?:webhooks|channels)\//u.test(path)) return body;
  // 9 opens a form, which is no message.
  if (!path.startsWith("/interactions/") || body.type === 9) return undefined;
  return isFields(body.data) && !("choices" in body.data) ? body.data : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function assert(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(`Discord would refuse this: ${what}`);
}
