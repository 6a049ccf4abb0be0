import { ApplicationCommandType, Locale } from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { COMMANDS, commandOf, registerCommands } from "../../src/discord/commands.ts";
import { TEXTS } from "../../src/discord/locales/locale.ts";
import { TOKEN, startFakeDiscord } from "../support/fakeDiscord.ts";
import type { Failure } from "../support/fakeDiscordTrouble.ts";

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
  it("ask for what they cannot do without, and offer choices where there are some", () => {
    const options = COMMANDS.flatMap((command) =>
      "options" in command
        ? (command.options ?? []).map((it) => {
            const isRequired = "required" in it && it.required;
            const offers = "autocomplete" in it && it.autocomplete;
            const how = `${isRequired ? "!" : ""}${offers ? "…" : ""}`;
            return `${command.name} ${it.name}${how}`;
          })
        : [],
    );
    expect(options).toMatchInlineSnapshot(`
      [
        "ask question!",
        "ask private",
        "cite what!…",
        "find words!…",
        "find report…",
        "approve question!",
        "approve passage!…",
        "approve note",
        "approved lost",
        "settings role",
        "settings channel",
        "settings reset",
      ]
    `);
  });

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

describe("registering them", () => {
  const name = { _errors: [{ code: "APPLICATION_COMMAND_INVALID_NAME", message: "is invalid" }] };
  const put = { method: "PUT", path: /commands$/u };

  it.each<[string, Failure, string]>([
    [
      "a name that Discord does not take",
      {
        ...put,
        status: 400,
        code: 50_035,
        says: { message: "Invalid Form Body", errors: { 0: { name } } },
      },
      "Invalid Form Body; 0.name[APPLICATION_COMMAND_INVALID_NAME]: is invalid): check",
    ],
    [
      "a server in which the bot is not",
      { ...put, status: 403, code: 50_001, says: { message: "Missing Access" } },
      "(DiscordAPIError[50001]: Missing Access): check DISCORD_TOKEN and DISCORD_GUILD_ID.",
    ],
    [
      "an answer that repeats the token",
      { ...put, status: 400, code: 1, says: { message: `no ${TOKEN} here` } },
      "(DiscordAPIError[1]: no … here)",
    ],
    [
      "an outage",
      { ...put, status: 503, isBare: true },
      "Service Unavailable): check the network, and DISCORD_API_URL.",
    ],
  ])("says why it is refused: %s", async (_, failure, why) => {
    const discord = await startFakeDiscord();
    onTestFinished(() => discord.close());
    discord.failWhile(failure);
    const registered = registerCommands({
      token: TOKEN,
      apiUrl: discord.apiUrl,
      guildId: undefined,
    });
    await expect(registered).rejects.toThrow(why);
    await expect(registered).rejects.not.toThrow(TOKEN);
  });
});
