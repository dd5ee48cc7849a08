/** Reads a body into memory, and no more of it than is allowed. */

/** The whole body; undefined as soon as it is larger than `maxBytes`. */
export async function readBounded(request: Request, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
