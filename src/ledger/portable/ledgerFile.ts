/** The lines of a stream; of one that is too long only so much that it can be told: the rest is not read into memory. */
export async function* boundedLines(
  chunks: AsyncIterable<string>,
  maxChars: number,
): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
    if (rest.length > maxChars) {
      yield rest;
      return;
    }
  }
  if (rest !== "") yield rest;
}
