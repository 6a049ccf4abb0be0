/** The steps of building an index that may take long. */
type BuildStep = "reading reports" | "encoding" | "ordinary questions" | "words" | "windows";

/** Told how much of a step is done, of how much. */
export type OnProgress = (step: BuildStep, done: number, total: number) => void;
