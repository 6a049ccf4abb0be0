/** As much of jsdom as the tests use: its own types would bring a browser's globals into the whole project. */
declare module "jsdom" {
  /** An element, or the document. */
  export interface DomNode {
    readonly id: string;
    readonly tagName: string;
    readonly className: string;
    readonly textContent: string;
    readonly innerHTML: string;
    readonly children: ArrayLike<DomNode>;
    readonly parentElement: DomNode | null;
    readonly title: string;
    readonly documentElement: DomNode;
    getAttribute(name: string): string | null;
    getElementById(id: string): DomNode | null;
    querySelector(selector: string): DomNode | null;
    querySelectorAll(selector: string): Iterable<DomNode>;
    closest(selector: string): DomNode | null;
    matches(selector: string): boolean;
    cloneNode(isDeep: boolean): DomNode;
    remove(): void;
    click(): void;
  }

  export interface DomWindow {
    readonly document: DomNode;
    readonly location: { href: string; hash: string };
    eval(source: string): unknown;
    close(): void;
  }

  export class VirtualConsole {
    on(event: string, listen: (what: unknown) => void): this;
  }

  export class JSDOM {
    constructor(
      html: string,
      options?: {
        readonly url?: string;
        readonly runScripts?: "dangerously" | "outside-only";
        readonly pretendToBeVisual?: boolean;
        readonly virtualConsole?: VirtualConsole;
        readonly beforeParse?: (window: DomWindow) => void;
      },
    );
    readonly window: DomWindow;
  }
}
