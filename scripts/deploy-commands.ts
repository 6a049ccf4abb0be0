/** npm run deploy-commands: tells Discord the bot's commands, for all servers or, for a try, for one. */
import { Command } from "commander";
import { COMMANDS, registerCommands } from "../src/discord/commands.ts";
import { UserError } from "../src/errors.ts";
import { readSettings } from "./command.ts";

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
    await registerCommands({ token, apiUrl, guildId });
    const where = guildId === undefined ? "in all servers" : `in the server ${guildId}`;
    console.log(`${COMMANDS.length} commands are registered ${where}.`);
  });
