/** The fake Discord is as unkind as the real one. */
import { describe, expect, it, onTestFinished } from "vitest";
import { IDS, memberMessage, press, slash } from "./discordPayloads.ts";
import { TOKEN, startFakeDiscord } from "./fakeDiscord.ts";
import type { FakeDiscord } from "./fakeDiscord.ts";
import { RIGHTS } from "./fakeDiscordReplies.ts";

const MENTIONS = { parse: [] };
const CHANNEL = `/channels/${IDS.channel}`;

interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

type Ask = (method: string, path: string, body?: unknown) => Promise<Answered>;

/** A fake Discord, and what asks it for something. */
async function fake(): Promise<{ readonly discord: FakeDiscord; readonly ask: Ask }> {
  const discord = await startFakeDiscord();
  onTestFinished(() => discord.close());
  const ask: Ask = async (method, path, body) => {
    const response = await fetch(`${discord.apiUrl}/v10${path}`, {
      method,
      headers: { authorization: `Bot ${TOKEN}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const said = await response.text();
    const parsed: unknown = said === "" ? {} : JSON.parse(said);
    return { status: response.status, body: parsed as Answered["body"] };
  };
  return { discord, ask };
}

const post = (body: object) => ({ allowed_mentions: MENTIONS, ...body });
const card = (...components: object[]) => post({ flags: 1 << 15, components });
const text = (content: string) => ({ type: 10, content });
const menu = (values: readonly string[]) => ({
  type: 1,
  components: [
    { type: 3, custom_id: "x", options: values.map((value) => ({ label: "x", value })) },
  ],
});

describe("a message", () => {
  it.each([
    ["whose texts have more bytes than fit", card(text("字".repeat(3_391)))],
    ["with more than 4,000 characters", card(text("x".repeat(2_001)), text("x".repeat(2_000)))],
    ["with two choices of one value", card(menu(["a", "a"]))],
    ["with more choices than fit", card(menu(Array.from({ length: 26 }, (_, i) => String(i))))],
    ["with a component of no known type", card({ type: 99 })],
    ["with an empty text", card(text(""))],
    ["that says pings in no way", { content: "hello" }],
  ])("%s is refused (50035)", async (_, body) => {
    const { discord, ask } = await fake();
    const answered = await ask("POST", `${CHANNEL}/messages`, body);
    expect(answered).toMatchObject({ status: 400, body: { code: 50_035 } });
    expect(discord.messages.size).toBe(0);
    expect(discord.faults).toHaveLength(1);
  });

  it("of a nonce that was sent before is given back, even where it is deleted; then it is unknown (10008)", async () => {
    const { discord, ask } = await fake();
    const body = post({ content: "hello", nonce: "1", enforce_nonce: true });
    const first = await ask("POST", `${CHANNEL}/messages`, body);
    const id = String(first.body["id"]);
    discord.deleteMessage(id);
    expect((await ask("POST", `${CHANNEL}/messages`, body)).body["id"]).toBe(id);
    expect(discord.messages.size).toBe(0);
    const pin = await ask("PUT", `${CHANNEL}/messages/pins/${id}`);
    expect(pin).toMatchObject({ status: 404, body: { code: 10_008 } });
  });

  it.each([
    [50_001, 0n],
    [50_013, RIGHTS.viewChannel],
    [160_002, RIGHTS.viewChannel | RIGHTS.sendMessages],
  ])("that the bot may not send is refused (%d)", async (code, rights) => {
    const { discord, ask } = await fake();
    discord.rights.set(IDS.channel, rights);
    const body = post({ content: "x", message_reference: { message_id: IDS.channel } });
    expect((await ask("POST", `${CHANNEL}/messages`, body)).body["code"]).toBe(code);
  });

  it.each<[number, (discord: FakeDiscord) => void]>([
    [
      10_003,
      (discord) => {
        discord.deleteChannel(IDS.channel);
      },
    ],
    [
      50_001,
      (discord) => {
        discord.kick();
      },
    ],
  ])("to where nothing can be sent any more is refused (%d)", async (code, happen) => {
    const { discord, ask } = await fake();
    happen(discord);
    const answered = await ask("POST", `${CHANNEL}/messages`, post({ content: "x" }));
    expect(answered.body["code"]).toBe(code);
  });
});

describe("an interaction", () => {
  const defer = { type: 5 };

  it.each([
    ["that nobody sent", "nobody's"],
    ["that is too old", undefined],
  ])("%s cannot be acknowledged (10062)", async (_, unknown) => {
    const { discord, ask } = await fake();
    const { id, token } = slash("help");
    discord.dispatch("INTERACTION_CREATE", { id, token });
    discord.interactions.expire(token);
    const callback = `/interactions/${id}/${unknown ?? token}/callback`;
    expect((await ask("POST", callback, defer)).body["code"]).toBe(10_062);
  });

  it("is acknowledged once (40060), and answered only after that (10015)", async () => {
    const { discord, ask } = await fake();
    const asked = slash("help");
    discord.dispatch("INTERACTION_CREATE", asked);
    const original = `/webhooks/${IDS.bot}/${asked.token}/messages/@original`;
    const callback = `/interactions/${asked.id}/${asked.token}/callback`;
    const answer = post({ content: "x" });
    expect((await ask("PATCH", original, answer)).body["code"]).toBe(10_015);
    expect((await ask("POST", callback, defer)).status).toBe(204);
    expect((await ask("POST", callback, defer)).body["code"]).toBe(40_060);
    expect((await ask("PATCH", original, answer)).status).toBe(200);
    discord.interactions.expire(asked.token);
    expect((await ask("PATCH", original, answer)).body["code"]).toBe(50_027);
  });

  it("of somebody who may not send is answered for them alone, and says so", async () => {
    const { discord, ask } = await fake();
    const asked = slash("help", {}, { rights: RIGHTS.viewChannel });
    discord.dispatch("INTERACTION_CREATE", asked);
    await ask("POST", `/interactions/${asked.id}/${asked.token}/callback`, defer);
    const original = `/webhooks/${IDS.bot}/${asked.token}/messages/@original`;
    const { body } = await ask("PATCH", original, post({ content: "x" }));
    expect(body["flags"]).toBe(64);
  });

  it("on a card that was deleted has nothing to change (10008), and on a card takes no plain text (50035)", async () => {
    const { discord, ask } = await fake();
    const cards = ["1", "2"].map((id) => ({ ...memberMessage("", { flags: 1 << 15 }), id }));
    const codes = [];
    for (const shown of cards) {
      discord.setMessage(shown);
      const pressed = press("x", shown);
      discord.dispatch("INTERACTION_CREATE", pressed);
      const callback = `/interactions/${pressed.id}/${pressed.token}/callback`;
      await ask("POST", callback, { type: 6 });
      if (shown.id === "1") discord.deleteMessage("1");
      const original = `/webhooks/${IDS.bot}/${pressed.token}/messages/@original`;
      codes.push((await ask("PATCH", original, post({ content: "x" }))).body["code"]);
    }
    expect(codes).toEqual([10_008, 50_035]);
  });
});

describe("a request", () => {
  it("with another token is refused (401)", async () => {
    const { discord, ask } = await fake();
    discord.token = "reset.by.an-operator";
    expect((await ask("GET", "/gateway/bot")).status).toBe(401);
  });

  it("fails for as long as the test says", async () => {
    const { discord, ask } = await fake();
    const end = discord.failWhile({ method: "GET", path: /gateway/u, status: 503, isBare: true });
    expect((await ask("GET", "/gateway/bot")).status).toBe(503);
    expect((await ask("GET", "/gateway/bot")).status).toBe(503);
    end();
    expect((await ask("GET", "/gateway/bot")).status).toBe(200);
  });
});
