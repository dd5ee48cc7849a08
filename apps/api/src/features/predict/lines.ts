/** Splits a byte stream into lines, in constant memory whatever the lines' length. */

/** Longer lines are handed on cut, so that they fail to parse instead of filling memory. */
export const MAX_LINE_CHARS = 65_536;

/**
 * Yields the lines that each chunk completes, without their ends; a last line needs no newline.
 *
 * @param chunks UTF-8 bytes; what is not UTF-8 becomes U+FFFD.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const lines = (rest + text).split('\n');
    rest = (lines.pop() ?? '').slice(0, MAX_LINE_CHARS);
    if (lines.length > 0) yield lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield [rest];
}
