/** Which faults are tried: drawn by a seed, from all operators alike, and none that the compiler refuses. */
import path from "node:path";
import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { mutantsOf, OPERATORS, withMutant } from "./operators.ts";
import type { Mutant } from "./operators.ts";

/** Draws faults of the files below some folders, as long as there are some; each once. */
export function* drawMutants(
  folders: readonly string[],
  random: () => number,
): Generator<Mutant, void> {
  const all = folders
    .flatMap(sourcesBelow)
    .flatMap((file) => mutantsOf(file, readFileSync(file, "utf8")));
  const left = Object.keys(OPERATORS)
    .map((operator) => all.filter((it) => it.operator === operator))
    .filter((it) => it.length > 0);
  while (left.length > 0) {
    const ofOperator = left[Math.floor(random() * left.length)] ?? [];
    const [drawn] = ofOperator.splice(Math.floor(random() * ofOperator.length), 1);
    if (ofOperator.length === 0) left.splice(left.indexOf(ofOperator), 1);
    if (drawn) yield drawn;
  }
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((it) => it.endsWith(".ts") && !it.endsWith(".d.ts"))
    .sort()
    .map((it) => path.posix.join(folder, it));
}

/** Prepares to tell whether the compiler lets a fault pass: only then tests must find it. */
export function prepareCompiler(): (mutant: Mutant) => boolean {
  const { config } = ts.readConfigFile("tsconfig.json", (file) => ts.sys.readFile(file)) as {
    config: unknown;
  };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  const changed = new Map<string, string>();
  let version = 0;
  const service = ts.createLanguageService({
    fileExists: (it) => ts.sys.fileExists(it),
    readFile: (it) => ts.sys.readFile(it),
    directoryExists: (it) => ts.sys.directoryExists(it),
    getDirectories: (it) => ts.sys.getDirectories(it),
    getCompilationSettings: () => ({ ...options, ...LENIENT }),
    getScriptFileNames: () => fileNames,
    getScriptVersion: (file) => (changed.has(path.resolve(file)) ? String(version) : "0"),
    getScriptSnapshot: (file) => {
      const text = changed.get(path.resolve(file)) ?? ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => process.cwd(),
    getDefaultLibFileName: (it) => ts.getDefaultLibFilePath(it),
  });
  return (mutant) => {
    const file = path.resolve(mutant.file);
    version++;
    changed.set(file, withMutant(readFileSync(file, "utf8"), mutant));
    const faults = [
      ...service.getSyntacticDiagnostics(file),
      ...service.getSemanticDiagnostics(file),
    ];
    changed.delete(file);
    return faults.length === 0;
  };
}

/** What is left over after a fault says nothing of it. */
const LENIENT: ts.CompilerOptions = {
  noUnusedLocals: false,
  noUnusedParameters: false,
  allowUnreachableCode: true,
};
