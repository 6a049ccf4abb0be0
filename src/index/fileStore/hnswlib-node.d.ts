/**
 * What is used of hnswlib-node. It is an optional package: where it could not be compiled its own declarations are absent too,
 * and types must be checked all the same.
 */
declare module "hnswlib-node" {
  export interface SearchResult {
    readonly distances: number[];
    readonly neighbors: number[];
  }

  export class HierarchicalNSW {
    constructor(space: "cosine" | "ip" | "l2", dimensions: number);
    initIndex(maxElements: number, m: number, efConstruction: number, randomSeed: number): void;
    addPoint(point: number[], label: number): void;
    setEf(ef: number): void;
    searchKnn(point: number[], limit: number): SearchResult;
    getCurrentCount(): number;
    readIndexSync(file: string): void;
    writeIndexSync(file: string): void;
  }

  const hnswlib: { readonly HierarchicalNSW: typeof HierarchicalNSW };
  export default hnswlib;
}
