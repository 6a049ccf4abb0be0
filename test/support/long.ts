/** Loops that find rare faults run shortly in `npm test` and in full in `npm run check:long`. */
import { inject } from "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    /** Whether loops run in full. */
    readonly isLong: boolean;
  }
}

/** Whether loops run in full. */
export const isLong = inject("isLong");
