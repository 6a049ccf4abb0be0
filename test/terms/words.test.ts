import { describe, expect, it } from "vitest";
import { termsOf } from "../../src/terms/words.ts";

describe("termsOf", () => {
  it.each([
    [
      "老舊小區",
      ["老", "老旧", "旧", "旧小", "小", "小区", "区"],
      "Han: characters and pairs, Simplified",
    ],
    ["３.５萬", ["3.5", "万", "=35000"], "a number with its decimals, in NFKC, and its value"],
    ["Über WHO", ["über", "who"], "words of other scripts, in lower case"],
    ["用WHO標準", ["用", "who", "标", "标准", "准"], "a word ends where Han begins"],
    ["1+5+N", ["1", "5", "n", "=1", "=5"], "signs divide"],
    ["改。造", ["改", "造"], "no pair across a mark"],
    ["हिन्दी शब्द", ["हिन्दी", "शब्द"], "marks belong to their letters"],
    ["是的", ["是的"], "a character that only joins is no term, in a pair it is"],
    ["", [], "nothing"],
  ])("%j gives %j: %s", (text, terms) => {
    expect(termsOf(text)).toEqual(terms);
  });
});
