/** Parses, in a process of its own: one report file in, one reply out. */
import { UserError } from "../../errors.ts";
import { parseReport } from "../parseReport.ts";
import type { ReportFile } from "../reportFiles.ts";
import type { ParseReply } from "./parseReply.ts";

process.on("message", (file: ReportFile) => {
  // Where the program is gone, so is whoever waited; the end of the channel ends this process.
  void parse(file).then((reply) => process.send?.(reply, undefined, undefined, () => undefined));
});
process.once("disconnect", () => process.exit());

async function parse(file: ReportFile): Promise<ParseReply> {
  try {
    return { kind: "parsed", parsed: await parseReport(file) };
  } catch (error) {
    if (error instanceof UserError) return { kind: "refused", why: error.message };
    return { kind: "failed", why: error instanceof Error ? (error.stack ?? "") : String(error) };
  }
}
