/** npm run deploy-commands: tells Discord the bot's commands, for all servers or, for a try, for one. */
import * as v from "valibot";
import { REST, Routes } from "discord.js";
import { Command } from "commander";
import { COMMANDS } from "../src/discord/commands.ts";
import { isNetworkError } from "../src/discord/errorMessages.ts";
import { UserError } from "../src/errors.ts";
import { readSettings } from "./command.ts";

const Application = v.object({ id: v.string() });

export const command = new Command("deploy-commands")
  .description("Registers the bot's commands, globally or in the server DISCORD_GUILD_ID.")
  .addHelpText(
    "after",
    `
Examples:
  verbatim deploy-commands
  DISCORD_GUILD_ID=200000000000000001 verbatim deploy-commands`,
  )
  .action(async () => {
    const { token, apiUrl, guildId } = readSettings({}).discord;
    if (token === undefined) {
      throw new UserError("DISCORD_TOKEN is not set: put it into .env, see .env.example.");
    }
    const rest = new REST(apiUrl === undefined ? {} : { api: apiUrl }).setToken(token);
    try {
      const { id } = v.parse(Application, await rest.get(Routes.currentApplication()));
      const route =
        guildId === undefined
          ? Routes.applicationCommands(id)
          : Routes.applicationGuildCommands(id, guildId);
      await rest.put(route, { body: COMMANDS });
    } catch (cause) {
      const remedy = isNetworkError(cause)
        ? "check the network, and DISCORD_API_URL"
        : "check DISCORD_TOKEN and DISCORD_GUILD_ID";
      throw new UserError(`Discord did not take the commands: ${remedy}.`, { cause });
    }
    const where = guildId === undefined ? "in all servers" : `in the server ${guildId}`;
    console.log(`${COMMANDS.length} commands are registered ${where}.`);
  });
