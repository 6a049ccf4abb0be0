import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * The rooms of src in the order in which data take them, and what each may import besides the root's leaves: exactly what it uses.
 * test/layout.test.ts holds that too, and DESIGN.md tells what stands in each.
 */
const mayImport = {
  text: [],
  parse: ["text"],
  terms: ["text"],
  models: [],
  index: ["text", "parse", "terms", "models"],
  search: ["text", "terms", "models", "index"],
  ingest: ["text", "parse", "terms", "models", "index", "search"],
  ask: ["text", "terms", "models", "index", "search"],
  collections: ["text", "parse", "models", "index", "search", "ingest", "ask"],
  ledger: ["search", "ask"],
  discord: ["index", "search", "ask", "collections", "ledger"],
  terminal: ["parse", "search", "ask"],
};

/** Each heavy dependency has one folder that knows it. */
const homeOf = {
  "@xenova/transformers": "models",
  "onnxruntime-node": "models",
  "hnswlib-node": "index",
  "pinyin-pro": "terms",
  stemmer: "terms",
  stopword: "terms",
  "opencc-js": "text",
  "mdast-util-from-markdown": "parse",
  chardet: "parse",
  tinyld: "search",
  "discord.js": "discord",
  kysely: "ledger",
  "@photostructure/sqlite": "ledger",
  pg: "ledger",
  "pg-connection-string": "ledger",
  "cli-progress": "terminal",
  picocolors: "terminal",
};

const layers = Object.entries(mayImport).map(([layer, allowed]) => {
  const forbidden = Object.keys(mayImport).filter((it) => it !== layer && !allowed.includes(it));
  return {
    files: [`src/${layer}/**`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: Object.keys(homeOf).filter((name) => homeOf[name] !== layer),
          patterns: [
            {
              regex: String.raw`^(\.\./)+(config|main|serve)\.ts$`,
              message: "The layers are wired from outside.",
            },
            {
              group: forbidden.map((it) => `**/${it}/**`),
              message: `src/${layer} may import: ${["the root's leaves", ...allowed].join(", ")}.`,
            },
          ],
        },
      ],
    },
  };
});

export default defineConfig(
  globalIgnores(["dist/", "coverage/", "embeddings/"]),
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      complexity: ["error", 12],
      "max-params": ["error", 4],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
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
  layers,
  {
    files: ["src/main.ts", "src/serve.ts", "src/log.ts", "scripts/**"],
    rules: { "no-console": "off", "no-restricted-properties": "off" },
  },
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
