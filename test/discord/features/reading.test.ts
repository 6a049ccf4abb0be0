/** From an answer to the report and to where it is cited: the buttons that open its page and that show its citation. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Collection } from "../../../src/collections/collection.ts";
import { flatten } from "../../support/discordLimits.ts";
import { press, slash } from "../../support/discordPayloads.ts";
import type { StoredMessage } from "../../support/fakeDiscordRest.ts";
import {
  SENTENCE,
  buttonsOf,
  isPrivate,
  linksOf,
  openTestCollection,
  startTestBot,
  textOf,
} from "../../support/testBot.ts";

let collection: Collection;
beforeAll(async () => {
  collection = await openTestCollection();
});
afterAll(() => collection.close());

const siteUrl = "https://reports.example/city/";
const PAGE = `${siteUrl}dingzhou-2021-review.html`;

describe("Open in the report", () => {
  it("leads from an answer, its paragraph, its further passages and /cite to the first passage's place", async () => {
    const { answerTo } = await startTestBot(collection, { siteUrl });
    const answer = await answerTo(slash("ask", { question: SENTENCE }));
    const open = (message: typeof answer) => linksOf(message).get("Open in the report");
    expect(open(answer)).toBe(`${PAGE}#p-xciu6tnq`);
    const context = await answerTo(press(buttonsOf(answer).get("Context") ?? "", answer));
    expect(open(context)).toBe(`${PAGE}#p-xciu6tnq`);
    const next = await answerTo(press(buttonsOf(context).get("After") ?? "", context));
    expect(open(next)).toMatch(/\.html#p-[a-z2-7]{8}$/u);
    expect(open(next)).not.toBe(open(context));
    const more = await answerTo(press(buttonsOf(answer).get("More") ?? "", answer));
    expect(open(more)).toMatch(/\.html#p-[a-z2-7]{8}$/u);
    const cited = await answerTo(slash("cite", { what: "xciu6tnq" }));
    expect(open(cited)).toBe(`${PAGE}#p-xciu6tnq`);
  });

  it("is there for what is shared, in the server's language", async () => {
    const { answerTo, request } = await startTestBot(collection, { siteUrl });
    const actor = { locale: "en-US", guildLocale: "zh-TW" };
    const answer = await answerTo(slash("ask", { question: SENTENCE, private: true }, actor));
    expect(linksOf(answer).get("Open in the report")).toBe(`${PAGE}#p-xciu6tnq`);
    await answerTo(press(buttonsOf(answer).get("Share here") ?? "", answer, actor));
    const { body } = await request("POST", /^\/webhooks\/\d+\/[^/]+$/u);
    expect(JSON.stringify(body)).toContain(`"url":"${PAGE}#p-xciu6tnq"`);
    expect(JSON.stringify(body)).toContain('"label":"在報告中開啟"');
  });

  it("is not there where the reports are not published", async () => {
    const { answerTo } = await startTestBot(collection);
    expect(linksOf(await answerTo(slash("ask", { question: SENTENCE }))).size).toBe(0);
  });
});

/** The blocks of code in a message: what can be copied whole. */
function blocksOf({ components }: StoredMessage): string[] {
  const texts = flatten(components).map(({ content }) =>
    typeof content === "string" ? content : "",
  );
  return Array.from(
    texts.join("\n").matchAll(/^```(?:json)?\n(.*?)\n```$/gmsu),
    ([, it = ""]) => it,
  );
}

describe("Copy citation", () => {
  it("shows to whoever presses it how the first passage is cited, as text and as data", async () => {
    const { answerTo } = await startTestBot(collection, { siteUrl });
    const answer = await answerTo(slash("ask", { question: SENTENCE }));
    const shown = await answerTo(press(buttonsOf(answer).get("Copy citation") ?? "", answer));
    expect(isPrivate(shown)).toBe(true);
    const [text = "", json = ""] = blocksOf(shown);
    expect(text).toBe(
      `聶資濱. 砥礪初心使命 凝聚奮進力量. 開展“我為群眾辦實事”實踐活動解決群眾“急難愁盼”問題, paragraph 13, sentence 2, passage xciu6tnq. ${PAGE}#p-xciu6tnq`,
    );
    expect(JSON.parse(json)).toMatchObject([
      { id: "xciu6tnq", author: [{ literal: "聶資濱" }], URL: `${PAGE}#p-xciu6tnq` },
    ]);
  });

  it("works after a restart, in the language of whoever presses it, without an address", async () => {
    const first = await startTestBot(collection);
    const answer = await first.answerTo(slash("ask", { question: SENTENCE }));
    const second = await startTestBot(collection);
    const pressed = press("v1:citation:xciu6tnq", answer, { locale: "zh-TW" });
    const [text = ""] = blocksOf(await second.answerTo(pressed));
    expect(text).toMatch(/, 第13段第2句, 段落編號 xciu6tnq\.$/u);
  });

  it("says in one sentence that a passage is gone", async () => {
    const { answerTo } = await startTestBot(collection);
    const answer = await answerTo(slash("ask", { question: SENTENCE }));
    const shown = await answerTo(press("v1:citation:aaaaaaaa", answer));
    expect(isPrivate(shown)).toBe(true);
    expect(textOf(shown)).toBe(
      "There is no such passage or section in the reports. Pick one from the list.",
    );
  });
});
