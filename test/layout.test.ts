/** The layout holds: every file in its room, imports point left, nothing stands twice, nothing is left over. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import layers from "./layers.json" with { type: "json" };

const MAX_FILES_IN_FOLDER = 20;
const MAX_EQUAL_LINES = 9;
const MAX_LINES_OF_A_FLOW = 120;

/** The methods of discord.js by which something is shown. */
const SENDS =
  /\.(?:deferReply|deferUpdate|reply|followUp|editReply|showModal|respond|editMessage|send)\(/u;

/** Files of the root that open the program and may import every folder. */
const OPENERS = ["src/main.ts", "src/serve.ts"];

/** All TypeScript files below some folders, by path. */
function filesBelow(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
      .map((file) => path.join(folder, file)),
  );
}

const SRC = filesBelow("src");
const ALL = [...SRC, ...filesBelow("scripts", "test")];
const sources = new Map(ALL.map((file) => [file, readFileSync(file, "utf8")]));

/** What a file imports, types included, and by import() as well. */
function importsOf(file: string): string[] {
  return ts
    .preProcessFile(sources.get(file) ?? "", true, true)
    .importedFiles.map(({ fileName }) => fileName);
}

/** The files of the project that a file imports. */
function neighboursOf(file: string): string[] {
  return importsOf(file)
    .filter((it) => it.startsWith("."))
    .map((it) => path.join(path.dirname(file), it))
    .filter((it) => sources.has(it));
}

/** The folder of src that a file stands in; the root's own files have none. */
function roomOf(file: string): string | undefined {
  const [, room, ...rest] = file.split(path.sep);
  return rest.length > 0 ? room : undefined;
}

describe("the files of src", () => {
  it("import each other in no circle, types included", () => {
    const done = new Set<string>();
    const circleFrom = (file: string, way: readonly string[]): readonly string[] => {
      if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
      if (done.has(file)) return [];
      done.add(file);
      for (const next of neighboursOf(file)) {
        const circle = circleFrom(next, [...way, file]);
        if (circle.length > 0) return circle;
      }
      return [];
    };
    expect(SRC.map((file) => circleFrom(file, [])).filter((it) => it.length > 0)).toEqual([]);
  });

  it("have each a name of its own", () => {
    const names = SRC.map((file) => path.basename(file));
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it(`stand in folders of at most ${MAX_FILES_IN_FOLDER}`, () => {
    const folders = [...new Set(SRC.map((file) => path.dirname(file)))];
    const filesIn = (folder: string) =>
      readdirSync(folder, { withFileTypes: true }).filter((it) => it.isFile());
    expect(folders.filter((it) => filesIn(it).length > MAX_FILES_IN_FOLDER)).toEqual([]);
  });

  it("import nothing of scripts and test", () => {
    const outside = SRC.flatMap((file) => neighboursOf(file)).filter((it) => !it.startsWith("src"));
    expect(outside).toEqual([]);
  });

  it("hold no ten equal lines twice", () => {
    const seen = new Map<string, string>();
    const twice = SRC.flatMap((file) => {
      const lines = (sources.get(file) ?? "").split("\n").map((line) => line.trim());
      return lines.flatMap((_, i) => {
        const block = lines.slice(i, i + MAX_EQUAL_LINES + 1);
        const isWhole = block.length > MAX_EQUAL_LINES && block.some((line) => line.length > 20);
        const place = `${file}:${i + 1}`;
        const first = isWhole ? seen.get(block.join("\n")) : undefined;
        if (isWhole && first === undefined) seen.set(block.join("\n"), place);
        return first === undefined ? [] : [`${first} ${place}`];
      });
    });
    expect(twice).toEqual([]);
  });
});

describe("the three files that tell the program", () => {
  it.each(["src/ask/ask.ts", "src/ingest/ingest.ts", "src/discord/router.ts"])(
    "%s is read at one sitting",
    (file) => {
      expect((sources.get(file) ?? "").split("\n").length).toBeLessThan(MAX_LINES_OF_A_FLOW);
    },
  );
});

describe("the bot", () => {
  it("sends by post.ts and respond.ts alone, and pins by pinning.ts alone", () => {
    const callers = (pattern: RegExp): string[] =>
      SRC.filter((file) => roomOf(file) === "discord" && pattern.test(sources.get(file) ?? ""));
    expect(callers(SENDS)).toEqual(["src/discord/post.ts", "src/discord/respond.ts"]);
    expect(callers(/\.(?:pin|unpin)\(/u)).toEqual(["src/discord/features/pinning.ts"]);
  });
});

describe("the folders of src", () => {
  const rooms = Object.entries(layers.rooms);

  it("are the rows of the table, in which imports point left", () => {
    const folders = readdirSync("src", { withFileTypes: true }).filter((it) => it.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(layers.rooms).sort());
    rooms.forEach(([, { imports }], i) => {
      const left = rooms.slice(0, i).map(([name]) => name);
      expect(imports.filter((it) => !left.includes(it))).toEqual([]);
    });
  });

  it("stand in DESIGN.md in the same order", () => {
    const design = readFileSync("DESIGN.md", "utf8");
    const told = Array.from(design.matchAll(/^\| `src\/(\w+)\/?` /gmu), ([, name]) => name);
    expect(told).toEqual(Object.keys(layers.rooms));
  });

  it.each(rooms)("%s imports what its row lists, all of it", (room, { imports }) => {
    const used = SRC.filter((file) => roomOf(file) === room).flatMap(neighboursOf);
    const others = new Set(used.map(roomOf).filter((it) => it !== room && it !== undefined));
    expect([...others].sort()).toEqual([...imports].sort());
    expect(used.filter((file) => OPENERS.includes(file))).toEqual([]);
  });

  it.each(Object.entries(layers.leaves))("the leaf %s alone imports what it owns", (leaf, owns) => {
    for (const name of owns) {
      expect(SRC.filter((file) => importsOf(file).includes(name))).toEqual([leaf]);
    }
  });

  it.each(rooms)("%s alone imports what it owns", (room, { owns }) => {
    const isOwned = (name: string): boolean =>
      owns.some((it) => name === it || name.startsWith(`${it}/`));
    const users = SRC.filter((file) => importsOf(file).some(isOwned)).map(roomOf);
    expect(users.filter((it) => it !== room)).toEqual([]);
    const used = SRC.filter((file) => roomOf(file) === room).flatMap(importsOf);
    expect(owns.filter((it) => !used.some((name) => name.startsWith(it)))).toEqual([]);
  });

  it("are not known to the leaves of the root", () => {
    const leaves = SRC.filter((file) => roomOf(file) === undefined && !OPENERS.includes(file));
    const known = leaves.flatMap((file) =>
      neighboursOf(file)
        .filter((it) => roomOf(it) !== undefined)
        .map((it) => `${file} imports ${it}`),
    );
    expect(known).toEqual([]);
  });
});

describe("what src exports", () => {
  it("is imported by name somewhere", () => {
    const imported = new Set(ALL.flatMap(namesImportedBy));
    const idle = SRC.flatMap((file) =>
      namesExportedBy(file)
        .map((name) => `${file} ${name}`)
        .filter((it) => !imported.has(it)),
    );
    expect(idle).toEqual([]);
  });
});

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, sources.get(file) ?? "", ts.ScriptTarget.Latest, true);
}

function namesExportedBy(file: string): string[] {
  return parse(file).statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    }
    const { name } = statement as ts.DeclarationStatement;
    return name ? [name.getText()] : [];
  });
}

/** `FILE NAME` of each name that a file imports. */
function namesImportedBy(file: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const [specifier, taken] = ts.isImportDeclaration(node)
      ? [node.moduleSpecifier, namesOfDeclaration(node)]
      : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
        ? [node.arguments[0], namesOfCall(node)]
        : [];
    if (specifier && taken && ts.isStringLiteral(specifier)) {
      const from = path.join(path.dirname(file), specifier.text);
      names.push(...taken.map((name) => `${from} ${name}`));
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return names;
}

/** Of a namespace, those that are used by its name. */
function namesOfDeclaration(node: ts.ImportDeclaration): string[] {
  const { namedBindings } = node.importClause ?? {};
  if (namedBindings === undefined) return [];
  if (ts.isNamedImports(namedBindings)) {
    return namedBindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
  }
  const member = new RegExp(`\\b${namedBindings.name.text}\\.(\\w+)`, "gu");
  return Array.from(node.getSourceFile().text.matchAll(member), ([, name = ""]) => name);
}

/** Of import(), those that are taken out of it at once. */
function namesOfCall(node: ts.CallExpression): string[] {
  const statement = ts.findAncestor(node, ts.isStatement)?.getText() ?? "";
  return (
    /\{([^{}]*)\}/u
      .exec(statement)?.[1]
      ?.split(",")
      .map((name) => name.trim()) ?? []
  );
}
