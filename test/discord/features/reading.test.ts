/** From an answer to the report: the buttons that open its page. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Collection } from "../../../src/collections/collection.ts";
import { press, slash } from "../../support/discordPayloads.ts";
import {
  SENTENCE,
  buttonsOf,
  linksOf,
  openTestCollection,
  startTestBot,
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
