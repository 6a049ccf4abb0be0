import { ApplicationCommandType, Locale } from "discord.js";
import { describe, expect, it } from "vitest";
import { COMMANDS, commandOf } from "../../src/discord/commands.ts";
import { TEXTS } from "../../src/discord/locales/locale.ts";

/** Discord's rule for the names of slash commands and their options. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

interface Described {
  readonly name: string;
  readonly description?: string | undefined;
  readonly name_localizations?: object | null | undefined;
  readonly description_localizations?: object | null | undefined;
  readonly options?: readonly Described[] | undefined;
}

function namesOf({ name, name_localizations: others }: Described): string[] {
  return [name, ...Object.values(others ?? {}).map(String)];
}

function descriptionsOf({ description, description_localizations: others }: Described): string[] {
  return [
    ...(description === undefined ? [] : [description]),
    ...Object.values(others ?? {}).map(String),
  ];
}

describe("the commands", () => {
  it.each(COMMANDS.map((it) => [it.name, it] as const))(
    "%s keeps Discord's rules in every language",
    (_, command) => {
      const isOnMessage = command.type === ApplicationCommandType.Message;
      const described: Described[] = [
        command,
        ...(("options" in command && command.options) || []),
      ];
      for (const it of described) {
        for (const name of namesOf(it)) {
          expect(name).toBe(name.normalize("NFC"));
          if (isOnMessage) expect(name.length).toBeLessThanOrEqual(32);
          else {
            expect(name).toMatch(NAME);
            expect(name).toBe(name.toLowerCase());
          }
        }
        expect(Object.keys(it.name_localizations ?? {})).toEqual(Object.keys(TEXTS));
        for (const text of descriptionsOf(it)) {
          expect(text.length).toBeGreaterThanOrEqual(1);
          expect(text.length).toBeLessThanOrEqual(100);
        }
      }
      const locales: string[] = Object.values(Locale);
      expect(
        Object.keys(command.name_localizations ?? {}).every((it) => locales.includes(it)),
      ).toBe(true);
      expect(JSON.stringify(command).length).toBeLessThan(8_000);
    },
  );

  it("are told apart in every language", () => {
    const names = COMMANDS.flatMap((it) => namesOf(it).map((name) => `${it.type ?? 1} ${name}`));
    const perCommand = COMMANDS.map((it) => new Set(namesOf(it)).size).reduce(
      (sum, count) => sum + count,
      0,
    );
    expect(new Set(names).size).toBe(perCommand);
  });

  it("that pin are offered to those who may pin, in servers where the bot is a member", () => {
    const pin = COMMANDS.find(({ name }) => name === "Pin as sourced answer");
    expect(pin).toMatchObject({
      default_member_permissions: String(1n << 51n),
      integration_types: [0],
      contexts: [0],
    });
  });

  it("are known by the names that Discord sends", () => {
    expect(COMMANDS.map(({ name }) => commandOf(name)).every((it) => it !== undefined)).toBe(true);
    expect(commandOf("no such command")).toBeUndefined();
  });
});
