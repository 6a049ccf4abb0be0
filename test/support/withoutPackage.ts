/** A module for `--import`: after it, the named package is not installed, as far as the process can tell. */
export function withoutPackage(name: string): string {
  const resolve = `export function resolve(name, context, next) {
    if (name === ${JSON.stringify(name)}) throw new Error("no such module");
    return next(name, context);
  }`;
  return toModule(
    `import { register } from "node:module"; register(${JSON.stringify(toModule(resolve))});`,
  );
}

function toModule(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
