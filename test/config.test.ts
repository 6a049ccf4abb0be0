import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";

describe("readConfig", () => {
  it("needs nothing", () => {
    expect(readConfig({})).toEqual({
      modelDir: "embeddings/model/multilingual-e5-small",
      reportsDir: "reports",
      indexDir: "embeddings/index",
      logLevel: "warn",
      readWindows: 5,
      dataDir: "data",
      databaseUrl: undefined,
      databasePassword: undefined,
      retentionDays: 30,
      discord: {
        token: undefined,
        guildId: undefined,
        apiUrl: undefined,
        mentionChannels: [],
        shards: undefined,
      },
      site: { siteUrl: undefined, isIndexed: false },
    });
  });

  it.each([
    ["https://reports.example", "https://reports.example/"],
    ["https://reports.example/city/", "https://reports.example/city/"],
    [" https://user.github.example/報告 ", "https://user.github.example/%E5%A0%B1%E5%91%8A/"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080/"],
    ["http://localhost:8080/a", "http://localhost:8080/a/"],
  ])("takes %s for the address of the site", (SITE_URL, siteUrl) => {
    const site = { siteUrl, isIndexed: true };
    expect(readConfig({ SITE_URL, SITE_INDEX: "true" })).toMatchObject({ site });
  });

  it.each([
    "http://reports.example",
    "reports.example",
    "javascript:alert(1)",
    "https://",
    "https://me:secret@reports.example",
    "https://reports.example/?a=b",
    "https://reports.example/#a",
    "https://reports.example/?",
    "http://localhost.example",
  ])("names an address that no site can have: %s", (SITE_URL) => {
    expect(() => readConfig({ SITE_URL })).toThrow(
      /^Settings that cannot be used: SITE_URL must be the https:\/\/ address of a site, .*\. See \.env\.example\.$/u,
    );
  });

  it("takes what is set", () => {
    expect(
      readConfig({ MODEL_DIR: "/models/other/", LOG_LEVEL: "debug", READ_WINDOWS: "0" }),
    ).toMatchObject({
      modelDir: "/models/other/",
      logLevel: "debug",
      readWindows: 0,
    });
  });

  it("takes a line without a value for no line", () => {
    const env = {
      DISCORD_TOKEN: "",
      DISCORD_GUILD_ID: "",
      DISCORD_API_URL: "",
      DISCORD_MENTION_CHANNELS: "",
      DATABASE_URL: "",
      DATABASE_PASSWORD: "",
    };
    expect(readConfig(env)).toEqual(readConfig({}));
  });

  it("takes how Discord is reached, and where mentions are answered", () => {
    const { discord } = readConfig({
      DISCORD_TOKEN: " a.b.c ",
      DISCORD_GUILD_ID: "200000000000000001",
      DISCORD_API_URL: "http://127.0.0.1:80/api",
      DISCORD_MENTION_CHANNELS: "300000000000000001, 300000000000000002",
    });
    expect(discord).toMatchObject({
      token: "a.b.c",
      guildId: "200000000000000001",
      apiUrl: "http://127.0.0.1:80/api",
      mentionChannels: ["300000000000000001", "300000000000000002"],
    });
  });

  it.each([
    ["4", { from: 0, to: 3, total: 4 }],
    [" 1 ", { from: 0, to: 0, total: 1 }],
    ["2-3/8", { from: 2, to: 3, total: 8 }],
    ["auto", undefined],
  ])("takes the shards of a machine: %j", (SHARDS, shards) => {
    expect(readConfig({ SHARDS }).discord.shards).toEqual(shards);
  });

  it("takes the database's password apart from its address, every character of it", () => {
    const env = {
      DATABASE_URL: "postgres://verbatim@host/verbatim",
      DATABASE_PASSWORD: " p@ss:/w%rd ",
    };
    expect(readConfig(env)).toMatchObject({
      databaseUrl: "postgres://verbatim@host/verbatim",
      databasePassword: " p@ss:/w%rd ",
    });
  });

  it.each([
    [{ SHARDS: "0-8/8" }, /SHARDS must be auto, a number of shards like 4, or like 0-3\/8/],
    [{ SHARDS: "3-2/8" }, /SHARDS must be auto, a number/],
    [{ SHARDS: "all" }, /SHARDS must be auto, a number/],
    [{ SHARDS: "0" }, /SHARDS must be auto, a number/],
    [{ SHARDS: "[0,1]" }, /SHARDS must be auto, a number/],
    [{ SHARDS: "4", SHARD_COUNT: "8" }, /SHARD_COUNT must be left out: SHARDS says how many/],
    [{ SHARD_COUNT: "8" }, /SHARD_COUNT must be left out/],
    [{ DATABASE_URL: "mysql://host" }, /DATABASE_URL must be an address, postgres:/],
    [{ DATABASE_PASSWORD: "x" }, /DATABASE_PASSWORD must be given together with DATABASE_URL/],
    [
      { DATABASE_PASSWORD: "x", DATABASE_URL: "postgres://verbatim:y@host/verbatim" },
      /DATABASE_PASSWORD must be given together with DATABASE_URL, an address without a password/,
    ],
    [{ READ_WINDOWS: "all" }, /READ_WINDOWS must be a whole number, 0 to 99/],
    [{ QUESTION_RETENTION_DAYS: "-1" }, /QUESTION_RETENTION_DAYS must be a whole number of days/],
    [{ DISCORD_GUILD_ID: "my server" }, /DISCORD_GUILD_ID must be an id of Discord's/],
    [
      { DISCORD_MENTION_CHANNELS: "general" },
      /DISCORD_MENTION_CHANNELS must be an id of Discord's/,
    ],
    [{ DISCORD_API_URL: "discord" }, /DISCORD_API_URL must be an address/],
  ])("refuses %j", (env, message) => {
    expect(() => readConfig(env)).toThrow(message);
  });

  it("names every bad variable and what was expected", () => {
    expect(() => readConfig({ LOG_LEVEL: "loud", REPORTS_DIR: "  " })).toThrow(
      /REPORTS_DIR must be a folder's path; LOG_LEVEL must be one of silent, error, warn, info, debug/,
    );
  });
});
