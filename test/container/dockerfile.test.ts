import { existsSync, readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { copiedFromCheckout, faultsOfDockerfile } from "../support/dockerfileRules.ts";

const DOCKERFILE = readFileSync("Dockerfile", "utf8");
const IGNORED = readFileSync(".dockerignore", "utf8").trim().split("\n");

const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`);

describe("the Dockerfile", () => {
  it("has no fault", () => {
    expect(faultsOfDockerfile(DOCKERFILE)).toEqual([]);
  });

  it("starts what npm start starts, as process 1", () => {
    const { scripts } = readPackage();
    expect(DOCKERFILE.trim().split("\n").at(-1)).toBe(
      `CMD [${scripts.start
        .split(" ")
        .map((word) => `"${word}"`)
        .join(", ")}]`,
    );
  });

  it("copies what is there and not ignored", () => {
    const copied = copiedFromCheckout(DOCKERFILE);
    expect(copied).toContain("reports");
    expect(copied.filter((it) => !existsSync(it))).toEqual([]);
    expect(copied.filter((it) => IGNORED.some((folder) => isWithin(it, folder)))).toEqual([]);
  });

  it("copies what package.json names by #", () => {
    const copied = copiedFromCheckout(DOCKERFILE);
    for (const file of Object.values(readPackage().imports)) {
      expect(copied.some((it) => isWithin(file.replace("./", ""), it))).toBe(true);
    }
  });
});

it(".dockerignore keeps out what is secret, what is large, and what a build makes anew", () => {
  expect(IGNORED).toEqual(
    expect.arrayContaining(
      [".env .git data dist docs embeddings/index node_modules secrets test"].flatMap((it) =>
        it.split(" "),
      ),
    ),
  );
  expect(readFileSync(".gitignore", "utf8").split("\n")).toContain("secrets/");
});

describe("the rules", () => {
  it.each([
    ["node:24-bookworm", "node", "DL3006"],
    ["node:24-bookworm", "node:latest", "DL3007"],
    ["USER node", "USER root", "DL3002"],
    ["USER node", "USER 0:0", "DL3002"],
    ["USER node\n", "", "DL3002"],
    ["COPY reports", "ADD reports", "DL3020"],
    ["--from=build", "--from=built", "DL3022"],
    ['["node", "--optimize-for-size", "scripts/verbatim.cjs", "start"]', "npm start", "DL3025"],
    ["RUN mkdir", "RUN cd / && mkdir", "DL3003"],
    ["RUN mkdir", "RUN sudo mkdir", "DL3004"],
    ["RUN mkdir", "RUN true\nRUN mkdir", "DL3059"],
    ["NODE_ENV=production", "DISCORD_TOKEN=x", "DISCORD_TOKEN would be in the image"],
    ["WORKDIR /app", "ARG NPM_TOKEN\nWORKDIR /app", "NPM_TOKEN would be in the image"],
    ["SIGTERM", "SIGKILL", "STOPSIGNAL must be SIGTERM"],
    [/^CMD.*$/mu, "", "CMD is missing"],
    ["WORKDIR /app", "WORKDIR app", "WORKDIR paths should be absolute"],
    ["VOLUME", "VOLUMES", "Unknown instruction: VOLUMES"],
    ["--from=", "--form=", "Unknown flag: form"],
    ["USER node", "MAINTAINER node", "MAINTAINER has been deprecated"],
  ])("say what is wrong with %s written as %j", (right, wrong, fault) => {
    const faults = faultsOfDockerfile(DOCKERFILE.replace(right, wrong));
    expect(faults.join("\n")).toContain(fault);
  });
});

function readPackage(): {
  readonly scripts: { readonly start: string };
  readonly imports: Readonly<Record<string, string>>;
} {
  const schema = v.object({
    scripts: v.object({ start: v.string() }),
    imports: v.record(v.string(), v.string()),
  });
  return v.parse(schema, JSON.parse(readFileSync("package.json", "utf8")));
}
