import { describe, expect, it } from 'vitest';
import { readLines } from './read-lines.ts';

async function linesOf(...parts: (string | Buffer)[]): Promise<string[]> {
  async function* stream() {
    yield* parts;
  }
  const lines: string[] = [];
  for await (const line of readLines(stream())) lines.push(line);
  return lines;
}

describe('readLines', () => {
  it.each([
    [['a\nb\n'], ['a', 'b']],
    [['a\n\nb'], ['a', '', 'b']],
    [
      ['a', 'b\nc', '\n'],
      ['ab', 'c'],
    ],
    [[], []],
    [['{"id":"a\u2028b\u2029c\u0085"}\n'], ['{"id":"a\u2028b\u2029c\u0085"}']],
  ])('of %j are %j', async (parts, lines) => {
    expect(await linesOf(...parts)).toEqual(lines);
  });

  it('puts a letter together whose bytes came apart', async () => {
    const bytes = Buffer.from('é\n€');
    expect(await linesOf(...Array.from(bytes, (_, n) => bytes.subarray(n, n + 1)))).toEqual(['é', '€']);
  });
});
