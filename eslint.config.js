import { defineConfig, globalIgnores } from "eslint/config";
import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";
import layers from "./test/layers.json" with { type: "json" };

/**
 * The rooms of src in the order in which data take them: what each may import besides the root's leaves, and which packages it alone
 * knows. test/layout.test.ts holds the same of all imports, and that no row lists more than is used.
 */
const rooms = Object.entries(layers.rooms);

const rows = rooms.map(([room, { imports }]) => ({
  files: [`src/${room}/**`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        paths: [
          ...Object.values(layers.leaves).flat(),
          ...rooms.flatMap(([other, { owns }]) => (other === room ? [] : owns)),
        ],
        patterns: [
          {
            regex: String.raw`^(\.\./)+(main|serve)\.ts$`,
            message: "What opens the program is known to scripts alone.",
          },
          {
            group: rooms
              .map(([other]) => other)
              .filter((other) => other !== room && !imports.includes(other))
              .map((other) => `**/${other}/**`),
            message: `src/${room} may import: ${["the root's leaves", ...imports].join(", ")}.`,
          },
        ],
      },
    ],
  },
}));

export default defineConfig(
  globalIgnores([".cache/", "dist/", "coverage/", "embeddings/"]),
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      complexity: ["error", 12],
      "max-params": ["error", 4],
      "max-lines": ["error", 250],
      "max-lines-per-function": ["error", 40],
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "env",
          message: "Only main.ts and scripts touch it; pass it to readConfig.",
        },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    // Texts are as long as people make them: no pattern may take more than linear time for one.
    files: ["src/**", "scripts/**"],
    plugins: { regexp },
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "certain" }],
      "regexp/no-super-linear-move": "error",
    },
  },
  {
    files: ["src/*.ts"],
    ignores: ["src/main.ts", "src/serve.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["./*/**"],
              message: "Only main.ts and serve.ts import the layers.",
            },
          ],
        },
      ],
    },
  },
  rows,
  {
    files: ["src/main.ts", "src/serve.ts", "src/log.ts", "scripts/**"],
    rules: { "no-console": "off", "no-restricted-properties": "off" },
  },
  { files: ["src/discord/locales/**"], rules: { "max-lines": "off" } },
  {
    files: ["test/**"],
    rules: {
      "max-lines": "off",
      "max-lines-per-function": "off",
      "no-restricted-properties": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.object.name='vi'][callee.property.name=/^(mock|doMock)$/]",
          message: "Pass a fake in; do not replace modules.",
        },
      ],
    },
  },
  {
    files: ["**/*.js", "**/*.cjs"],
    languageOptions: { parserOptions: { projectService: false } },
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    // What any Node can read: no later words, no modules.
    files: ["scripts/*.cjs"],
    rules: {
      "no-var": "off",
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/no-unused-vars": "error",
    },
  },
);
