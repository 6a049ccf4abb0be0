import { instantiate, reserve } from "../../wasmKernel.ts";
import type { Kernel } from "../../wasmKernel.ts";
import { MAXSIM_WASM } from "./maxsimWasm.ts";

/** Token vectors of one text: `n` int8 rows of `d` dimensions; a row times its scale is the token's unit vector. */
export interface TokenRows {
  /** Row after row; `n × d` values in −127..127. */
  readonly rows: Int8Array;
  /** One a row; `n` values. */
  readonly scales: Float32Array;
}

/** How a passage answers each token of a question. */
export interface Interaction {
  /** The best cosine of each question token; −Infinity if the passage has no rows. */
  readonly maxima: Float32Array;
  /** The row that gives it, the first of equal ones; −1 if the passage has no rows. */
  readonly matches: Int32Array;
}

/** Late interaction of one question with many passages. */
export interface MaxSim {
  /** Length of a vector. */
  readonly dimensions: number;
  /**
   * Sets the question for the calls that follow; until then it has no tokens.
   *
   * @throws {RangeError} if the lengths do not fit each other.
   */
  setQuestion(question: TokenRows): void;
  /**
   * For each question token t, the best of
   * `cosine(t, j) = dot(t, j) × questionScale[t] × passageScale[j]` over the passage's rows j:
   * the dot product is exact, each operation after it rounds to float32.
   *
   * @throws {RangeError} if the lengths do not fit each other.
   */
  interact(passage: TokenRows): Interaction;
  /**
   * Keeps a passage in the kernel's memory, for {@link interactWithKept}, until another one takes its place there. Its rows must stay as
   * they are.
   *
   * @throws {RangeError} if the lengths do not fit each other.
   */
  keep(passage: TokenRows): void;
  /**
   * Interacts with the passage that is kept, as if it had other scales.
   *
   * @throws {RangeError} if there are not as many as the passage has rows.
   */
  interactWithKept(scales: Float32Array): Interaction;
}

/** Question tokens that the kernel handles together: the four lanes of a register. */
const TILE_TOKENS = 4;

/** Dimensions of one question token that lie side by side in a panel, as the kernel multiplies them. */
const STEP_DIMENSIONS = 8;

/** Dimensions are counted in these: an int8 row is then a whole number of 128-bit registers. */
const DIMENSIONS_UNIT = 16;

/** Up to here a sum of products of int8 stays below 2^31. */
const MAX_DIMENSIONS = 65_536;

/** A tile's record in the kernel's memory, as numbers of 4 bytes: scales, maxima, matches. */
const RECORD_WORDS = 12;
const MAXIMA_AT = 4;
const MATCHES_AT = 8;

/**
 * Makes the late interaction of ColBERT (Khattab and Zaharia 2020) for vectors of `dimensions` values,
 * computed by the WebAssembly kernel in maxsim.wat.
 *
 * Passages are copied into the kernel's memory one at a time, each in the place of the last. One call for
 * all of them would be no faster, and would need memory for all of them.
 *
 * `npm run bench` times it against the same loops in TypeScript.
 *
 * @param dimensions A multiple of 16 up to 65,536.
 * @throws {RangeError} if it is not.
 */
export function createMaxSim(dimensions: number): MaxSim {
  if (!(dimensions > 0 && dimensions <= MAX_DIMENSIONS && dimensions % DIMENSIONS_UNIT === 0)) {
    throw new RangeError(
      `MaxSim needs dimensions in multiples of ${DIMENSIONS_UNIT} up to ${MAX_DIMENSIONS}, got ${dimensions}`,
    );
  }
  return new KernelMaxSim(dimensions);
}

class KernelMaxSim implements MaxSim {
  readonly dimensions: number;
  readonly #kernel = instantiate(MAXSIM_WASM);
  #memory = viewsOf(this.#kernel.memory);
  #tokens = 0;
  #kept: TokenRows = NO_ROWS;
  /** Where the kept rows lie in memory; undefined where something else lies there. */
  #keptAt: number | undefined;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
  }

  setQuestion(question: TokenRows): void {
    const count = countRows("a question", question, this.dimensions);
    const { panels, rows } = layOut(count, this.dimensions);
    this.#makeRoom(rows);
    // Its panels may reach into where the rows lay.
    if (this.#keptAt !== rows) this.#keptAt = undefined;
    this.#tokens = count;
    writeRecords(this.#memory.floats.subarray(0, panels / 4), question);
    const halves = this.#memory.halves.subarray(panels / 2, rows / 2);
    writePanels(halves, question.rows, this.dimensions);
  }

  interact(passage: TokenRows): Interaction {
    countRows("a passage", passage, this.dimensions);
    this.#keptAt = undefined;
    return this.#run(passage.scales, (rows) => {
      this.#memory.bytes.set(passage.rows, rows);
    });
  }

  keep(passage: TokenRows): void {
    countRows("a passage", passage, this.dimensions);
    this.#kept = passage;
    this.#keptAt = undefined;
  }

  interactWithKept(scales: Float32Array): Interaction {
    countRows("the kept passage", { ...this.#kept, scales }, this.dimensions);
    return this.#run(scales, (rows) => {
      if (this.#keptAt !== rows) this.#memory.bytes.set(this.#kept.rows, rows);
      this.#keptAt = rows;
    });
  }

  #run(scales: Float32Array, writeRows: (at: number) => void): Interaction {
    const { dimensions } = this;
    const { tiles, panels, rows } = layOut(this.#tokens, dimensions);
    const scalesAt = rows + scales.length * dimensions;
    this.#makeRoom(scalesAt + 4 * scales.length);
    writeRows(rows);
    this.#memory.floats.set(scales, scalesAt / 4);
    this.#kernel.run(dimensions, tiles, 0, panels, rows, scalesAt, scales.length);
    return readRecords(this.#memory, this.#tokens);
  }

  #makeRoom(bytes: number): void {
    if (reserve(this.#kernel, bytes)) this.#memory = viewsOf(this.#kernel.memory);
  }
}

const NO_ROWS: TokenRows = { rows: new Int8Array(0), scales: new Float32Array(0) };

/** Where the parts of the kernel's memory begin, in bytes: the records at 0, the panels, then the passage's rows. */
function layOut(tokens: number, dimensions: number) {
  const tiles = Math.ceil(tokens / TILE_TOKENS);
  const panels = 4 * RECORD_WORDS * tiles;
  return { tiles, panels, rows: panels + 2 * TILE_TOKENS * tiles * dimensions };
}

function countRows(name: string, text: TokenRows, dimensions: number): number {
  const { length } = text.scales;
  if (text.rows.length !== length * dimensions) {
    throw new RangeError(
      `${name} with ${length} scales needs ${length} × ${dimensions} = ${length * dimensions} row values, ` +
        `got ${text.rows.length}`,
    );
  }
  return length;
}

function writeRecords(records: Float32Array, { scales }: TokenRows): void {
  for (let token = 0; token < scales.length; token++) {
    records[recordOf(token)] = scales[token] ?? 0;
  }
}

/** Widens the question to int16, in the order in which the kernel reads it. */
function writePanels(panels: Int16Array, rows: Int8Array, dimensions: number): void {
  for (let i = 0; i < rows.length; i++) {
    const token = Math.floor(i / dimensions);
    const dimension = i % dimensions;
    const lane = token % TILE_TOKENS;
    const step = Math.floor(dimension / STEP_DIMENSIONS);
    const at = (step * TILE_TOKENS + lane) * STEP_DIMENSIONS + (dimension % STEP_DIMENSIONS);
    panels[(token - lane) * dimensions + at] = rows[i] ?? 0;
  }
}

function readRecords({ floats, words }: Views, tokens: number): Interaction {
  const maxima = new Float32Array(tokens);
  const matches = new Int32Array(tokens);
  for (let token = 0; token < tokens; token++) {
    const at = recordOf(token);
    maxima[token] = floats[at + MAXIMA_AT] ?? 0;
    matches[token] = words[at + MATCHES_AT] ?? 0;
  }
  return { maxima, matches };
}

/** Where a token's scale stands among the records, in numbers of 4 bytes. */
function recordOf(token: number): number {
  const lane = token % TILE_TOKENS;
  return ((token - lane) / TILE_TOKENS) * RECORD_WORDS + lane;
}

/** The kernel's memory as numbers of each kind that is kept there. */
type Views = ReturnType<typeof viewsOf>;

/** Growing the memory empties the views of it: then they are made anew. */
function viewsOf({ buffer }: Kernel["memory"]) {
  return {
    bytes: new Int8Array(buffer),
    halves: new Int16Array(buffer),
    words: new Int32Array(buffer),
    floats: new Float32Array(buffer),
  };
}
