import { loadHnsw } from "../../src/index/fileStore/hnsw.ts";

/** Whether hnswlib-node could be compiled on this machine: tests of the graph itself need it, no others do. */
export const hasHnsw = (await loadHnsw()).kind === "loaded";
