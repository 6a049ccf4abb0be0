/** Whatever is asked: an answer that Discord refuses is told as a fault, in its place, and settled only then. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Collection } from "../../src/collections/collection.ts";
import { openDatabase } from "../../src/ledger/database.ts";
import { IDS, choose, onMessage, press, slash, submit } from "../support/discordPayloads.ts";
import type { Interaction } from "../support/discordPayloads.ts";
import { eventually } from "../support/eventually.ts";
import type { StoredMessage } from "../support/fakeDiscordRest.ts";
import { ADMIN, MODERATOR, choicesOf, click } from "../support/moderators.ts";
import { SENTENCE, buttonsOf, openTestCollection, startTestBot } from "../support/testBot.ts";
import type { TestBot } from "../support/testBot.ts";

let collection: Collection;
beforeAll(async () => {
  collection = await openTestCollection();
});
afterAll(() => collection.close());

const UNKNOWN = "¿Cuál es la capital de Francia?";

/** What there is to be asked about. */
interface World {
  readonly answer: StoredMessage;
  readonly privateAnswer: StoredMessage;
  /** What was approved, as whoever approved it is shown it. */
  readonly approval: StoredMessage;
  /** What waits for an answer. */
  readonly gaps: StoredMessage;
}

async function build({ answerTo }: TestBot): Promise<World> {
  await answerTo(slash("settings", { channel: IDS.otherChannel }, ADMIN));
  const answer = await answerTo(
    slash("ask", { question: SENTENCE }, { user: "410000000000000001" }),
  );
  const inPrivate = { question: SENTENCE, private: true };
  const privateAnswer = await answerTo(slash("ask", inPrivate, { user: "410000000000000002" }));
  const unknown = slash("ask", { question: UNKNOWN }, { user: "410000000000000003" });
  await answerTo(click("Ask a human", await answerTo(unknown)));
  const approval = await answerTo(click("✓ Approve", answer));
  const gaps = await answerTo(slash("gaps", {}, MODERATOR));
  return { answer, privateAnswer, approval, gaps };
}

/** Chooses the first of what a card offers. */
function chooseFirst(offer: StoredMessage): Interaction {
  return choose(buttonsOf(offer).get("") ?? "", choicesOf(offer).slice(0, 1), offer, MODERATOR);
}

const COMMANDS: Readonly<Record<string, Interaction>> = Object.fromEntries(
  ["help", "about", "pins", "approved", "gaps", "digest", "audit", "forget-me"].map((name) => [
    `/${name}`,
    slash(name, {}, MODERATOR),
  ]),
);

type Asking = (world: World, bot: TestBot) => Interaction | Promise<Interaction>;

const ASKED: Readonly<Record<string, Asking>> = {
  ...Object.fromEntries(Object.entries(COMMANDS).map(([name, it]) => [name, () => it])),
  "/ask": () => slash("ask", { question: SENTENCE }, MODERATOR),
  "/cite": () => slash("cite", { what: "13" }, MODERATOR),
  "/settings": () => slash("settings", {}, ADMIN),
  Find: ({ answer }) =>
    onMessage("Find in the report", { ...answer, content: SENTENCE }, MODERATOR),
  "Pin by menu": ({ answer }) => onMessage("Pin answer", answer, MODERATOR),
  Context: ({ answer }) => click("Context", answer),
  "Context in private": ({ privateAnswer }) => click("Context", privateAnswer),
  "next paragraph": async ({ answer }, { answerTo }) => {
    const context = await answerTo(click("Context", answer));
    return press([...buttonsOf(context).values()][0] ?? "", context, MODERATOR);
  },
  More: ({ answer }) => click("More", answer),
  Share: ({ privateAnswer }) => click("Share here", privateAnswer),
  "a vote": ({ answer }) => click("👍", answer),
  "a vote against": ({ answer }) => click("👎", answer),
  "a reason": async ({ answer }, { answerTo }) => chooseFirst(await answerTo(click("👎", answer))),
  Pin: ({ answer }) => click("Pin", answer),
  Unpin: async ({ answer }, { answerTo, discord }) => {
    await answerTo(click("Pin", answer));
    return press(`v1:unpin:${discord.pins[0] ?? ""}`, answer, MODERATOR);
  },
  Approve: ({ answer }) => click("✓ Approve", answer),
  "the first page": ({ approval }) => press("v1:approved:0", approval, MODERATOR),
  Edit: ({ approval }) => press(approvalAction(approval, "edit"), approval, MODERATOR),
  Note: ({ approval }) => press(approvalAction(approval, "note"), approval, MODERATOR),
  "a note": ({ approval }) =>
    submit(approvalAction(approval, "note"), { note: "a note" }, approval, MODERATOR),
  Remove: ({ approval }) => press(approvalAction(approval, "remove"), approval, MODERATOR),
  "a passage": async ({ approval }, { answerTo }) =>
    chooseFirst(await answerTo(press(approvalAction(approval, "edit"), approval, MODERATOR))),
  "Approve for a gap": ({ gaps }) => click("Approve a passage", gaps),
  "a passage for a gap": async ({ gaps }, { answerTo }) =>
    chooseFirst(await answerTo(click("Approve a passage", gaps))),
  Dismiss: ({ gaps }) => click("Dismiss", gaps),
  "Ask a human": ({ answer }) => press("v1:human", answer, MODERATOR),
  "a button of another version": ({ answer }) => press("v0:old", answer, MODERATOR),
};

function approvalAction(approval: StoredMessage, action: string): string {
  const id = /v1:approval:[a-z]+:([a-z2-7]{12})/u.exec(JSON.stringify(approval))?.[1] ?? "";
  return `v1:approval:${action}:${id}`;
}

/** What is refused: the first thing that is said, which acknowledges or answers at once, or the answer to what was acknowledged. */
const REFUSED = {
  "first word": { method: "POST", path: (token: string) => new RegExp(`${token}/callback`, "u") },
  answer: { method: "PATCH", path: (token: string) => new RegExp(`${token}/messages`, "u") },
};

describe.each(Object.entries(REFUSED))("a refused %s", (_, { method, path }) => {
  it.each(Object.entries(ASKED))("to %s", async (__, asking) => {
    const bot = await startTestBot(collection);
    const { discord, log, dataDir } = bot;
    const interaction = await asking(await build(bot), bot);
    discord.failNext({ method, path: path(interaction.token), status: 400, code: 50_035 });
    discord.dispatch("INTERACTION_CREATE", interaction);
    await eventually(() => {
      expect(discord.interactions.endOf(interaction.token)?.isDeferred).toBe(false);
    });
    const requests = discord.requests.filter(
      (it) => it.method === method && path(interaction.token).test(it.path),
    );
    // What is answered at once has no second word that could be refused.
    if (requests.length > 0) expect(textsTo(bot, interaction)).toContain("Something went wrong");
    await eventually(async () => {
      expect(await awaitedIn(dataDir)).toEqual([]);
    });
    expect(log.filter((it) => it.includes("an event led to a fault"))).toEqual([]);
  });
});

/** All that was shown to an interaction. */
function textsTo({ discord }: TestBot, { token }: Interaction): string {
  return [...(discord.interactions.endOf(token)?.shown ?? [])].join();
}

/** The names of what somebody waits for. */
async function awaitedIn(dataDir: string): Promise<string[]> {
  const database = await openDatabase({ dataDir });
  const rows = await database
    .selectFrom("claims")
    .select("name")
    .where("token", "is not", null)
    .execute();
  await database.destroy();
  return rows.map(({ name }) => name);
}
