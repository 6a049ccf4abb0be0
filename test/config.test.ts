import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";

describe("readConfig", () => {
  it("needs nothing", () => {
    expect(readConfig({})).toEqual({
      modelDir: "embeddings/model/multilingual-e5-small",
      reportsDir: "reports",
      indexDir: "embeddings/index",
      logLevel: "warn",
    });
  });

  it("takes what is set", () => {
    expect(readConfig({ MODEL_DIR: "/models/other/", LOG_LEVEL: "debug" })).toMatchObject({
      modelDir: "/models/other/",
      logLevel: "debug",
    });
  });

  it("names every bad variable and what was expected", () => {
    expect(() => readConfig({ LOG_LEVEL: "loud", REPORTS_DIR: "  " })).toThrow(
      /REPORTS_DIR must be a folder's path; LOG_LEVEL must be one of silent, error, warn, info, debug/,
    );
  });
});
