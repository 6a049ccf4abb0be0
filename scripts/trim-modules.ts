/** Removes from an installed node_modules what never runs on this platform: for the image, which the Dockerfile builds. */
import { Command } from "commander";
import { runCommand } from "./command.ts";
import { trimModules } from "./trim/modules.ts";

const BYTES_PER_MB = 1_000_000;

const command = new Command("trim-modules")
  .description("Removes from node_modules what never runs on this platform; npm ci brings it back.")
  .argument("[FOLDER]", "the folder of the packages", "node_modules")
  .action(async (folder: string) => {
    const bytes = await trimModules(folder, process);
    console.log(`${folder}: ${Math.round(bytes / BYTES_PER_MB)} MB that never run are gone.`);
  });

await runCommand(command);
