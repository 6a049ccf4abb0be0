/** A question that comes to no answer is told so in time. */
import { expect, it, onTestFinished } from "vitest";
import { openCollection } from "../../src/collections/collection.ts";
import { readConfig } from "../../src/config.ts";
import { UnansweredError } from "../../src/errors.ts";
import { SMALL_MODEL, folderWith, temporaryFolder } from "../support/folders.ts";
import { copyOfSmallIndex, smallEncoder } from "../support/small.ts";

it("a question has a deadline, and so has its comparison with others; the next is answered", async () => {
  const config = readConfig({
    MODEL_DIR: SMALL_MODEL,
    REPORTS_DIR: await folderWith({ "a.txt": "題目\n\n甲鎮新建公園三個。\n" }),
    INDEX_DIR: await temporaryFolder(),
  });
  await copyOfSmallIndex(config.reportsDir, config.indexDir);
  const encoder = await smallEncoder();
  const hanging = new Set<string>();
  const slow: typeof encoder = {
    ...encoder,
    encode: (text, role) =>
      hanging.delete(text) ? new Promise(() => undefined) : encoder.encode(text, role),
    close: () => Promise.resolve(),
  };
  const collection = await openCollection(Promise.resolve(slow), { config, deadlineMs: 2_000 });
  onTestFinished(() => collection.close());
  hanging.add("公园");
  await expect(collection.ask("公园", { maxExcerpts: 1 })).rejects.toThrow(UnansweredError);
  hanging.add("公园");
  await expect(collection.vectorOf("公园")).rejects.toThrow(UnansweredError);
  expect((await collection.ask("公园", { maxExcerpts: 1 })).excerpts).toHaveLength(1);
});
