/** Generations as folders of an index folder. */
import type { IndexStore } from "../store.ts";
import { openCurrent, openNext, rollBack } from "./current.ts";
import { beginDraft } from "./writeGeneration.ts";

/** The store in a folder, which need not be there yet. */
export function fileStore(indexDir: string): IndexStore {
  return {
    openCurrent: (sources) => openCurrent(indexDir, sources),
    openNext: (held) => openNext(indexDir, held),
    rollBack: () => rollBack(indexDir),
    begin: (sources) => beginDraft(indexDir, sources),
  };
}
