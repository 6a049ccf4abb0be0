import { describe, expect, it } from "vitest";
import { prepareAsk, prepareFind } from "../../../src/ask/ask.ts";
import { prepareApproved } from "../../../src/ask/approvedAnswers.ts";
import { UsageError } from "../../../src/errors.ts";
import type { ReadWindows } from "../../../src/models/readWindows.ts";
import { questionKey } from "../../../src/search/question.ts";
import { smallIndex } from "../../support/small.ts";

const REPORT = [
  "第一節環境",
  "甲鎮去年種樹三千棵。",
  "乙鎮治理河道，水清了。",
  "第二節教育",
  "丙縣新建學校六所。",
  "丙縣改造學校四十二所，投用三所。",
].join("\n");

const files = { "a.txt": REPORT };

/** A reader that is told how surely each question is answered, and keeps what it was asked. */
function readerOf(answers: (question: string) => number) {
  const asked: string[] = [];
  const read: ReadWindows = (question, windows) => {
    asked.push(question);
    return Promise.resolve(
      windows.map(({ length }) => {
        const logits = new Float32Array(length);
        return { answers: answers(question), starts: logits, ends: logits, nowhere: 0 };
      }),
    );
  };
  return { asked, read };
}

async function findWith(read: ReadWindows) {
  const { generation, encoder } = await smallIndex(files);
  return prepareFind(generation, { ...encoder, read });
}

describe("a question behind another one", () => {
  const earlier = "丙縣新建學校幾所？";

  it("leans on it where its few words are not answered alone: both are searched and read together", async () => {
    const { asked, read } = readerOf((question) => (question.includes(" ") ? 4 : -6));
    const found = await (await findWith(read))("改造呢", earlier);
    expect(found.after).toBe(earlier);
    expect(found.searchedAs).toBe(`${earlier} 改造呢`);
    expect(found.question.text).toBe("改造呢");
    expect(asked).toContain("丙县新建学校几所？ 改造呢");
    // Read together it looks like an answer, as the one before does: alone it does not.
    expect(found.decision.state).toBe("maybe");
    expect(found.decision.reasons?.features).toMatchObject({ alone: -6, together: 4 });
    expect(found.passages[0]?.reading?.score).toBe(4);
  });

  it("is found where its own words are answered in the same place too", async () => {
    const { read } = readerOf((question) => (question.includes(" ") ? 9 : 5));
    const find = await findWith(read);
    const { after, decision } = await find("那改", earlier);
    expect(after).toBe(earlier);
    expect(decision.state).toBe("found");
    expect(decision.confidence).toBe(decision.reasons?.answers.probability);
  });

  it("stands by itself where it is complete, whatever was asked before", async () => {
    const { read } = readerOf((question) => (question.includes(" ") ? -6 : 6));
    const find = await findWith(read);
    const question = "請問甲鎮去年在環境方面一共種樹多少棵，是誰種的？";
    const alone = await find(question);
    const behind = await find(question, earlier);
    expect(behind.after).toBeUndefined();
    expect(behind).toEqual({ ...alone, ms: behind.ms });
  });

  it("is understood without a reader too, and then never called found", async () => {
    const { search } = await smallIndex(files);
    const found = await search("改造呢", "甲鎮去年種樹三千棵。");
    expect(found.after).toBe("甲鎮去年種樹三千棵。");
    expect(found.decision.state).not.toBe("found");
    // What the question before quotes proves nothing for this one.
    expect(found.decision.confidence).toBeLessThan(1);
  });

  it("is found for certain if it quotes a sentence, which the question before may have done as well", async () => {
    const { search } = await smallIndex(files);
    const { after, decision } = await search("乙鎮治理河道，水清了。", "甲鎮去年種樹三千棵。");
    expect(after).toBeUndefined();
    expect(decision).toEqual({ state: "found", confidence: 1, reasons: undefined });
  });

  it.each([
    ["a letter", "水"],
    ["a number", "7"],
    ["of Chinese numerals", "二〇二〇年呢"],
    ["very long", "啊".repeat(2_000)],
    ["of another language", "ולמה"],
  ])("may be anything that can be asked: %s", async (_, question) => {
    const { search } = await smallIndex(files);
    for (const after of ["水", "字".repeat(2_000), "why?"]) {
      const { decision, passages } = await search(question, after);
      expect(["found", "maybe", "none"]).toContain(decision.state);
      for (const { rank } of passages) expect(Number.isFinite(rank)).toBe(true);
    }
  });

  it("is refused like any other without words, and so is the question before", async () => {
    const { search } = await smallIndex(files);
    await expect(search("😂", earlier)).rejects.toThrow(UsageError);
    await expect(search("改造呢", "😂")).rejects.toThrow(UsageError);
  });

  it("gets what moderators approved for both questions, and not what they approved for the one before", async () => {
    const { generation, encoder } = await smallIndex(files);
    const ask = await prepareAsk(generation, encoder);
    const [passage] = generation.passages.slice(-1);
    if (passage === undefined) throw new Error("no passage");
    const { verified } = await ask("改造呢", {
      maxExcerpts: 3,
      after: earlier,
      approved: () => Promise.resolve(approvalOf(earlier, passage)),
    });
    expect(verified).toBeUndefined();
    const whole = approvalOf(`${earlier} 改造呢`, passage);
    const asked = { maxExcerpts: 3, approved: () => Promise.resolve(whole) };
    expect((await ask("改造呢", { ...asked, after: earlier })).verified?.id).toBe("approval");
    expect((await ask("改造呢", asked)).verified).toBeUndefined();
  });
});

/** An approval that only the same words find. */
function approvalOf(question: string, { id, foldedHash }: { id: string; foldedHash: string }) {
  const vector = { key: questionKey(question), language: "zh", space: "", row: new Int8Array(0) };
  const passages = [{ id, words: foldedHash }];
  return prepareApproved([{ id: "approval", question, vector, passages, note: undefined }]);
}
