/** Small faults that can be put into a program, each by a named operator. Pure. */
import ts from "typescript";

/** A text that takes the place of another one. */
interface Change {
  /** [start, end) in the file's text, UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** A fault that one file can have. */
export interface Mutant extends Change {
  readonly operator: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** What stands there now, in one line. */
  readonly original: string;
}

/** Changes that a node can have. */
type Operator = (node: ts.Node) => Change | undefined;

const OPPOSITES = new Map([
  [ts.SyntaxKind.GreaterThanToken, ">="],
  [ts.SyntaxKind.GreaterThanEqualsToken, ">"],
  [ts.SyntaxKind.LessThanToken, "<="],
  [ts.SyntaxKind.LessThanEqualsToken, "<"],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, "!=="],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, "==="],
]);

const OTHER_LOGIC = new Map([
  [ts.SyntaxKind.AmpersandAmpersandToken, "||"],
  [ts.SyntaxKind.BarBarToken, "&&"],
]);

const OTHER_SUMS = new Map([
  [ts.SyntaxKind.PlusToken, "-"],
  [ts.SyntaxKind.MinusToken, "+"],
  [ts.SyntaxKind.AsteriskToken, "/"],
  [ts.SyntaxKind.SlashToken, "*"],
]);

/** The operators, by their names. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  "negate a condition": (node) => {
    const isCondition = ts.isIfStatement(node) || ts.isWhileStatement(node);
    const condition = isCondition
      ? node.expression
      : ts.isConditionalExpression(node)
        ? node.condition
        : undefined;
    return condition && { ...placeOf(condition), replacement: `!(${condition.getText()})` };
  },
  "move a comparison": (node) => swap(node, OPPOSITES),
  "swap and, or": (node) => swap(node, OTHER_LOGIC),
  "swap sums": (node) => swap(node, OTHER_SUMS),
  "drop a default": (node) => {
    const isDefault =
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
    return isDefault ? { ...placeOf(node), replacement: node.left.getText() } : undefined;
  },
  "drop a statement": (node) =>
    ts.isExpressionStatement(node) ? { ...placeOf(node), replacement: ";" } : undefined,
  "drop a link of a chain": (node) => {
    const isLink =
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      ts.isPropertyAccessExpression(node.parent) &&
      ts.isCallExpression(node.expression.expression);
    return isLink
      ? { ...placeOf(node), replacement: node.expression.expression.getText() }
      : undefined;
  },
  "drop an await": (node) =>
    ts.isAwaitExpression(node) && ts.isExpressionStatement(node.parent)
      ? { ...placeOf(node), replacement: `void ${node.expression.getText()}` }
      : undefined,
  "return early": (node) => {
    const body = ts.isFunctionLike(node) && "body" in node ? node.body : undefined;
    if (body === undefined || !ts.isBlock(body) || body.statements.length === 0) return undefined;
    return { start: body.getStart() + 1, end: body.getStart() + 1, replacement: " return;" };
  },
  "replace a number": (node) =>
    ts.isNumericLiteral(node)
      ? { ...placeOf(node), replacement: String(Number(node.text) + 1) }
      : undefined,
  "replace a truth": (node) => {
    if (node.kind === ts.SyntaxKind.TrueKeyword) return { ...placeOf(node), replacement: "false" };
    return node.kind === ts.SyntaxKind.FalseKeyword
      ? { ...placeOf(node), replacement: "true" }
      : undefined;
  },
};

/** All faults that the operators can put into a file. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) {
      return;
    }
    for (const [operator, change] of Object.entries(OPERATORS)) {
      const changed = change(node);
      if (changed) found.push(describe(changed, operator, source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** A file's text with a fault. */
export function withMutant(text: string, { start, end, replacement }: Change): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function describe(change: Change, operator: string, source: ts.SourceFile): Mutant {
  const { line } = source.getLineAndCharacterOfPosition(change.start);
  const original = source.text.slice(change.start, change.end).replace(/\s+/gu, " ");
  return { ...change, operator, file: source.fileName, line: line + 1, original };
}

function placeOf(node: ts.Node): Pick<Change, "start" | "end"> {
  return { start: node.getStart(), end: node.getEnd() };
}

function swap(node: ts.Node, others: ReadonlyMap<ts.SyntaxKind, string>): Change | undefined {
  if (!ts.isBinaryExpression(node)) return undefined;
  const { operatorToken } = node;
  const replacement = others.get(operatorToken.kind);
  return replacement === undefined ? undefined : { ...placeOf(operatorToken), replacement };
}
