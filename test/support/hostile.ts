import fc from "fast-check";

/** What people type to break a bot's message: markdown, mentions, links, controls, marks that turn the direction, letters of two units. */
const PIECES = [
  // Markdown.
  ..."** * __ _ ~~ || ` ``` \\ [a](https://evil.example)".split(" "),
  ...["> ", ">>> ", "-# ", "# ", "- ", "1. "],
  // What Discord makes something else of.
  ..."<@1> <@!2> <@&3> <#4> <t:0:R> <:a:5> <a:b:6> </ask:7> <id:guide> @everyone @here".split(" "),
  ..."https://evil.example/x_y steam://run/1 discord.gg/abc DISCORD.com/invite :smile:".split(" "),
  "a@b.example",
  // Ends of lines and other controls.
  ...["\n", "\r\n", "\r", "\u2028", "\u2029", "\u0085", "\v", "\f", "\0", "\u001b[31m"],
  // What is not seen, or turns the direction.
  ...["\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\ufeff", "\u{e0041}"],
  // Letters of several units, whole and broken.
  ...["𠮷", "👩\u200d👩\u200d👧", "e\u0301", "\ud83d", "\udc69"],
  ...["報告", "143個", "، مرحبا", " ", ""],
];

/** Any text, mostly of such pieces; at times 20,000 characters long. */
export const hostileText = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((it) => it.join("")),
  },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...PIECES.filter((it) => it !== "")), fc.integer({ min: 1, max: 400 }))
      .map(([it, count]) => it.repeat(count)),
  },
);

/** Such text, 20,000 characters long. */
export const longHostileText = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 })
  .map((pieces) => `${pieces.join("")}x`)
  .map((text) => text.repeat(Math.ceil(20_000 / text.length)).slice(0, 20_000));
