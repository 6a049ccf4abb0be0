import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    include: ["test/**/*.test.ts"],
    restoreMocks: true,
    // .ci/run reads the counts of the last run from here.
    reporters: ["default", ["json", { outputFile: "coverage/tests.json" }]],
    coverage: { provider: "v8", include: ["src/**"], exclude: ["src/main.ts"] },
  },
});
