import { MessageFlags } from "discord.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DICTIONARY_CREDIT } from "../../../src/ask/passageWords.ts";
import type { WordPiece } from "../../../src/ask/passageWords.ts";
import { renderWords } from "../../../src/discord/cards/wordsCard.ts";
import { parseCustomId } from "../../../src/discord/customId.ts";
import { TEXTS } from "../../../src/discord/locales/locale.ts";
import { assertSendable, flatten } from "../../support/discordLimits.ts";
import { readMarkdown } from "../../support/discordMarkdown.ts";
import { hostileText } from "../../support/hostile.ts";
import { SEED } from "../../support/seed.ts";

const PASSAGE = "abcd2345";
const texts = fc.constantFrom(...Object.values(TEXTS));
const word = fc.string({
  unit: fc.constantFrom("無", "物", "業", "𠮷"),
  minLength: 1,
  maxLength: 9,
});
const sense = fc.oneof(hostileText, fc.string({ maxLength: 40 })).map((it) => it.slice(0, 40));
const piece: fc.Arbitrary<WordPiece> = fc.oneof(
  fc.record({
    text: word,
    pinyin: fc.string({ unit: fc.constantFrom("wù", "yè", "'"), minLength: 1, maxLength: 12 }),
    senses: fc.array(sense, { maxLength: 2 }),
  }),
  fc.record({ text: hostileText, senses: fc.constant([]) }),
);

function contentsOf(card: ReturnType<typeof renderWords>): string[] {
  return flatten(card?.components).flatMap(({ content }) =>
    typeof content === "string" ? [content] : [],
  );
}

/** The words of a passage, page after page as the buttons say. */
function* pages(pieces: readonly WordPiece[], language: Parameters<typeof renderWords>[2]) {
  let offset: number | undefined = 0;
  while (offset !== undefined) {
    const card = renderWords(pieces, { passage: PASSAGE, offset }, language);
    yield card;
    const ids = flatten(card?.components).flatMap((it) =>
      typeof it.custom_id === "string" ? [it.custom_id] : [],
    );
    const action = ids.map(parseCustomId)[0];
    offset = action?.kind === "words" ? action.offset : undefined;
  }
}

describe("the card of a passage's words", () => {
  it("shows each once, in order, over as many messages as it takes, and does nothing", () => {
    const passages = fc.array(piece, { minLength: 1, maxLength: 250 });
    fc.assert(
      fc.property(passages, texts, (pieces, language) => {
        const words = pieces.filter(({ pinyin }) => pinyin !== undefined);
        const shown: string[] = [];
        for (const card of pages(pieces, language)) {
          if (card === undefined) continue;
          assertSendable("POST", "/channels/1/messages", {
            flags: MessageFlags.IsComponentsV2,
            components: card.components,
            allowed_mentions: { parse: [] },
          });
          const contents = contentsOf(card);
          expect(contents.flatMap((it) => readMarkdown(it).live)).toEqual([]);
          expect(contents[0]).toContain(language.dictionarySenses);
          expect(contents[2]).toContain(DICTIONARY_CREDIT);
          const lines = (contents[1] ?? "").split("\n");
          shown.push(...lines.map((line) => /^\*\*(.+?)\*\* /u.exec(line)?.[1] ?? line));
        }
        expect(shown).toEqual(words.map(({ text }) => text));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it("has a line for each word, and tells which of them are shown where these are not all", () => {
    const one = [
      { text: "143", senses: [] },
      { text: "物業", pinyin: "wùyè", senses: ["property", "real estate"] },
      { text: "張濤", pinyin: "Zhāng Tāo", senses: [] },
    ];
    const [title, lines] = contentsOf(
      renderWords(one, { passage: PASSAGE, offset: 0 }, TEXTS["en-US"]),
    );
    expect(title).toBe("**Word by word**\n-# Dictionary senses, not a translation");
    expect(lines).toBe("**物業** wùyè — property / real estate\n**張濤** Zhāng Tāo");
    const last = renderWords(one, { passage: PASSAGE, offset: 1 }, TEXTS["en-US"]);
    expect(contentsOf(last)[0]).toMatch(/^\*\*Word by word\*\* 2–2 \/ 2\n/u);
  });

  it("is none where no word is left", () => {
    const one = [{ text: "物業", pinyin: "wùyè", senses: [] }];
    const { "en-US": english } = TEXTS;
    expect(renderWords(one, { passage: PASSAGE, offset: 1 }, english)).toBeUndefined();
    expect(renderWords([], { passage: PASSAGE, offset: 0 }, english)).toBeUndefined();
  });
});
