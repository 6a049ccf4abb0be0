/** The little that is used of a global which only the DOM's types describe. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Kernel };
};

/** A WebAssembly module of one function and a memory. */
export interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): void };
  /** Works on its memory; its source, a .wat file, names the numbers. */
  run(...numbers: readonly number[]): void;
}

const PAGE_BYTES = 65_536;

/**
 * Makes a kernel with a memory of its own.
 *
 * @param wasm The compiled module, base64; it imports nothing.
 */
export function instantiate(wasm: string): Kernel {
  const module = new WebAssembly.Module(Buffer.from(wasm, "base64"));
  return new WebAssembly.Instance(module).exports;
}

/** Grows a kernel's memory to at least so many bytes; whether it has grown, which empties all views of it. */
export function reserve({ memory }: Kernel, bytes: number): boolean {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  return missing > 0;
}
