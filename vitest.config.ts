import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  test: {
    // See test/support/long.ts.
    provide: { isLong: mode === "long" },
    // For a machine that has much else to do; none says anything about speed.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/globalSetup.ts"],
    // Files share their process, and with it the encoder, the dictionary and the indexes that it has loaded.
    pool: "forks",
    isolate: false,
    maxWorkers: "100%",
    restoreMocks: true,
    // .ci/run reads the counts of the last run from here.
    reporters: ["default", ["json", { outputFile: "coverage/tests.json" }]],
    coverage: { provider: "v8", include: ["src/**"], exclude: ["src/main.ts"] },
  },
}));
