/** An HTML text as a tree, and ways through it that need no stack: files may nest a hundred thousand tags. */
import { defaultTreeAdapter, parse } from "parse5";
import type { DefaultTreeAdapterTypes as Tree } from "parse5";
import { UserError } from "../../../errors.ts";

export type Element = Tree.Element;

/** Formatting tags that are never closed are opened anew in every paragraph: a small file can become any number of elements. */
const MAX_ELEMENTS = 2_000_000;

/** Browsers show no more than 512 elements within one another. */
const MAX_DEPTH = 1_000;

/**
 * Parses a page as browsers do, whatever it is made of. No script runs, nothing is fetched.
 *
 * @param path Only for the message of the error.
 * @throws {UserError} if it would become more elements, or deeper ones, than any page that is read.
 */
export function parseHtml(html: string, path: string): Element {
  const refuse = (why: string): never => {
    throw new UserError(`The report ${path} ${why}: save it as plain text.`);
  };
  let elements = 0;
  let depth = 0;
  const treeAdapter: typeof defaultTreeAdapter = {
    ...defaultTreeAdapter,
    createElement: (...of) => {
      if (++elements > MAX_ELEMENTS) refuse("is made of too many HTML elements");
      return defaultTreeAdapter.createElement(...of);
    },
    onItemPush: () => {
      if (++depth > MAX_DEPTH) refuse("has more than 1,000 HTML elements within one another");
    },
    onItemPop: () => {
      depth--;
    },
  };
  const root = parse(html, { treeAdapter }).childNodes.find(isElement);
  if (root === undefined) throw new Error("parse5 gives every document an html element");
  return root;
}

export function isElement(node: Tree.Node): node is Element {
  return "tagName" in node;
}

function isText(node: Tree.Node): node is Tree.TextNode {
  return node.nodeName === "#text";
}

/** An attribute's value, without white space around; undefined where it is not there. */
export function attributeOf({ attrs }: Element, name: string): string | undefined {
  return attrs.find((it) => it.name === name)?.value.trim();
}

/** What is done on the way through a tree. */
interface Visitor {
  /** Whether the way goes on into the element's children. */
  readonly enter: (element: Element) => boolean;
  readonly text?: (value: string) => void;
  /** Called for elements whose children were seen. */
  readonly leave?: (element: Element) => void;
}

/** Goes through an element and all below it, in the order of the text. */
export function walk(root: Element, { enter, text, leave }: Visitor): void {
  if (!enter(root)) return;
  const open = [{ element: root, next: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const node = top.element.childNodes[top.next++];
    if (node === undefined) {
      leave?.(top.element);
      open.pop();
    } else if (isText(node)) {
      text?.(node.value);
    } else if (isElement(node) && enter(node)) {
      open.push({ element: node, next: 0 });
    }
  }
}

/** All elements below one, of some names, in order. */
export function elementsOf(root: Element, ...names: readonly string[]): Element[] {
  const found: Element[] = [];
  walk(root, {
    enter: (element) => {
      if (element !== root && names.includes(element.tagName)) found.push(element);
      return true;
    },
  });
  return found;
}

/** The first element below one that has one of some names. */
export function findElement(root: Element, ...names: readonly string[]): Element | undefined {
  let found: Element | undefined;
  walk(root, {
    enter: (element) => {
      if (element !== root && names.includes(element.tagName)) found ??= element;
      return found === undefined;
    },
  });
  return found;
}

/** All characters below an element, as they stand in the file, scripts and hidden ones too. */
export function rawTextOf(root: Element): string {
  let said = "";
  walk(root, {
    enter: () => true,
    text: (value) => {
      said += value;
    },
  });
  return said;
}

/** An element's parent, where it has one. */
export function parentOf({ parentNode }: Element): Element | undefined {
  return parentNode && isElement(parentNode) ? parentNode : undefined;
}

/** Whether an element is another or stands in it. */
export function isBelow(element: Element, root: Element): boolean {
  for (let it: Element | undefined = element; it !== undefined; it = parentOf(it)) {
    if (it === root) return true;
  }
  return false;
}
