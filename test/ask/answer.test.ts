import path from "node:path";
import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { composeAnswer } from "../../src/ask/answer.ts";
import { prepareFind } from "../../src/ask/ask.ts";
import { FILE } from "../../src/index/fileStore/generationFiles.ts";
import type { ReadWindows } from "../../src/models/readWindows.ts";
import { smallIndex } from "../support/small.ts";

const REPORT = [
  "題目一則",
  "第一節公園",
  "甲鎮在鎮東和鎮西新建公園共三個，乙鎮改造老舊小區共計四十一個，丙鎮打通各處道路，新劃停車位七千個。",
  "“路修好了，我們都高興。”村民王某說。",
  "第二節教育",
  "丁縣新建學校六所。戊縣種樹。",
  "丁縣新建學校六所。",
].join("\n");

/** A reader that takes whatever comes last for the answer's end. */
const readToTheEnd: ReadWindows = (_, windows) =>
  Promise.resolve(
    windows.map(({ length }) => {
      const ends = Float32Array.from({ length }, (_, token) => token);
      return { answers: 0, starts: new Float32Array(length), ends, nowhere: 0 };
    }),
  );

describe("composeAnswer", () => {
  it("quotes the report character for character, with its place", async () => {
    const { generation, search } = await smallIndex({ "a.txt": REPORT });
    const answer = await composeAnswer(generation, await search("路修好了誰說的"), {
      maxExcerpts: 2,
    });
    expect(answer.excerpts).toHaveLength(2);
    for (const { text, start, end } of answer.excerpts) expect(REPORT.slice(start, end)).toBe(text);
    expect(answer.excerpts[0]).toMatchObject({
      text: "“路修好了，我們都高興。”村民王某說。",
      report: "a",
      title: "題目一則",
      section: ["第一節公園"],
      paragraph: 4,
      sentences: [1, 2],
    });
  });

  it("says how much of a long question was compared by its meaning, and nothing of a short one", async () => {
    const { generation, search } = await smallIndex({ "a.txt": REPORT });
    const words = "改造老舊小區";
    const long = await search(words.repeat(100));
    const { comparedChars = 0 } = await composeAnswer(generation, long, { maxExcerpts: 1 });
    expect(comparedChars).toBe(long.encoding.spans.at(-1));
    expect(comparedChars).toBeLessThan(100 * words.length);
    const short = await composeAnswer(generation, await search(words), { maxExcerpts: 1 });
    expect(short).not.toHaveProperty("comparedChars");
  });

  it("highlights the clause that answers", async () => {
    const { generation, search } = await smallIndex({ "a.txt": REPORT });
    const { excerpts } = await composeAnswer(generation, await search("改造老舊小區"), {
      maxExcerpts: 1,
    });
    const [excerpt] = excerpts;
    expect(excerpt?.text.slice(...excerpt.highlight)).toBe("乙鎮改造老舊小區共計四十一個，");
  });

  it("shows the same words once, and names every place", async () => {
    const { generation, search } = await smallIndex({
      "a.txt": REPORT,
      "b.txt": "丁县新建学校六所。\n",
    });
    const { excerpts } = await composeAnswer(generation, await search("新建學校"), {
      maxExcerpts: 10,
    });
    const schools = excerpts.filter(({ text }) => text.includes("六所"));
    expect(schools).toHaveLength(1);
    const places = schools.flatMap((it) => [it, ...it.alsoAt]);
    expect(places.map(({ report, paragraph }) => `${report}:${paragraph}`).sort()).toEqual([
      "a:6",
      "a:7",
      "b:1",
    ]);
  });

  it("names the headings that come nearest", async () => {
    const { generation, search } = await smallIndex({ "a.txt": REPORT });
    const { headings } = await composeAnswer(generation, await search("學校"), { maxExcerpts: 1 });
    expect(headings[0]).toBe("第二節教育");
  });

  it("tells what was read where it is asked for, and always what the reader makes of an excerpt", async () => {
    const { generation, encoder } = await smallIndex({ "a.txt": REPORT });
    const find = await prepareFind(generation, { ...encoder, read: readToTheEnd });
    const found = await find("新建學校");
    expect(await composeAnswer(generation, found, { maxExcerpts: 3 })).not.toHaveProperty("read");
    const shown = { maxExcerpts: 3, isExplained: true };
    const { excerpts, read } = await composeAnswer(generation, found, shown);
    expect(read?.whyUnread).toBeUndefined();
    expect(read?.windows).toHaveLength(found.windows.length);
    expect(read?.windows.map(({ report }) => report)).toContain("a");
    const readings = found.passages.map(({ reading }) => reading?.score);
    expect(excerpts.map(({ reading }) => reading?.score)).toEqual(readings.slice(0, 3));
    for (const { text, reading } of excerpts) {
      const [from = 0, to = 0] = reading?.span ?? [];
      expect(from).toBeLessThan(to);
      expect(to).toBe(text.length);
    }
  });

  it("says why nothing was read", async () => {
    const { generation, search } = await smallIndex({ "a.txt": REPORT });
    const shown = { maxExcerpts: 1, isExplained: true };
    const { read, excerpts } = await composeAnswer(generation, await search("新建學校"), shown);
    expect(read?.windows).toEqual([]);
    expect(read?.whyUnread).toContain("has no reader");
    expect(excerpts[0]?.reading).toBeUndefined();
  });

  it("shows nothing where the stored words have been changed since", async () => {
    const { generation, folder, search } = await smallIndex({ "a.txt": REPORT });
    const result = await search("新建學校");
    const file = path.join(folder, FILE.texts);
    const text = (await readFile(file)).toString("utf16le");
    await writeFile(file, Buffer.from(text.replaceAll("六", "七"), "utf16le"));
    await expect(composeAnswer(generation, result, { maxExcerpts: 1 })).rejects.toThrow(
      /passage [a-z2-7]{8} of a is not what/,
    );
  });
});
