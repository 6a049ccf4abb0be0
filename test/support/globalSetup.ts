/**
 * What all test files of a run share, made when one of them first asks for it: a file that needs none of it starts at once.
 * The files run in several processes; they ask over HTTP on 127.0.0.1.
 */
import path from "node:path";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { startPostgres } from "./postgres.ts";
import type { Postgres } from "./postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the shared things are asked for, and a folder that goes when the run ends. */
    readonly run: { readonly url: string; readonly folder: string };
  }
}

/** What can be asked for, by its path. */
type Shared = "/postgres" | "/built";

/** Begins a run; what it returns ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "verbatim-tests-"));
  let postgres: Promise<Postgres> | undefined;
  let built: Promise<string> | undefined;
  const give: Record<Shared, () => Promise<string>> = {
    "/postgres": async () => (await (postgres ??= startPostgres({ isForgetful: true }))).url,
    "/built": () => (built ??= build()),
  };
  project.onTestsRerun(() => {
    built = undefined;
  });
  const server = createServer((request, response) => {
    const what = request.url === "/postgres" || request.url === "/built" ? request.url : undefined;
    const given = what ? give[what]() : Promise.reject(new Error(`no ${request.url ?? "address"}`));
    given.then(
      (answer) => response.end(answer),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(error instanceof Error ? error.message : String(error));
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  project.provide("run", { url: `http://127.0.0.1:${address.port}`, folder });
  return async () => {
    server.close();
    server.closeAllConnections();
    await (await postgres?.catch(() => undefined))?.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** Always anew, and all of it: a test never runs what an older source was built to. */
async function build(): Promise<string> {
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  for (const project of ["tsconfig.build.json", "tsconfig.dev.json"]) {
    await promisify(execFile)(process.execPath, [compiler, "-p", project]);
  }
  return path.resolve(".cache/dev");
}
