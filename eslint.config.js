import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** The data flows left to right; imports point left. Listed: what each folder of src may import. */
const mayImport = {
  text: [],
  lexicon: ["text"],
  embed: ["text", "lexicon"],
  index: ["text", "lexicon", "embed"],
  search: ["text", "lexicon", "embed", "index"],
  answer: ["text", "lexicon", "embed", "index", "search"],
  ledger: ["text", "lexicon", "embed", "index", "search", "answer"],
  discord: ["text", "lexicon", "embed", "index", "search", "answer", "ledger"],
  terminal: ["text", "lexicon", "embed", "index", "search", "answer"],
};

/** Each heavy dependency has one folder that knows it. */
const homeOf = {
  "@xenova/transformers": "embed",
  "onnxruntime-node": "embed",
  "hnswlib-node": "index",
  "pinyin-pro": "lexicon",
  stemmer: "lexicon",
  stopword: "lexicon",
  "opencc-js": "text",
  "mdast-util-from-markdown": "text",
  chardet: "text",
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
              regex: String.raw`^(\.\./)+(config|main|verbatim|building)\.ts$`,
              message: "The layers are wired from outside.",
            },
            {
              group: forbidden.map((it) => `**/${it}/**`),
              message: `src/${layer} may import: ${["report", "errors", "log", "bytes", "trace", ...allowed].join(", ")}.`,
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
    ignores: ["src/main.ts", "src/verbatim.ts", "src/building.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["./*/**"],
              message: "Only main.ts, verbatim.ts and building.ts import the layers.",
            },
          ],
        },
      ],
    },
  },
  layers,
  {
    files: ["src/main.ts", "src/log.ts", "scripts/**"],
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
