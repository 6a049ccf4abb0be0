/** Questions as rows hold them, beside what they are compared by. */
import type { QuestionVector } from "../search/questionVector.ts";

/** The columns of a question. */
export interface QuestionColumns {
  readonly key: string;
  readonly language: string;
  readonly vector: string;
  readonly space: string;
}

/** A question's vector as columns. */
export function toColumns({ key, language, row, space }: QuestionVector): QuestionColumns {
  return { key, language, vector: Buffer.from(row).toString("base64"), space };
}

/** A question's vector from its columns; without values where it is not made yet. */
export function fromColumns({ key, language, vector, space }: QuestionColumns): QuestionVector {
  return { key, language, row: new Int8Array(Buffer.from(vector, "base64")), space };
}
