import type { Connection } from 'pg';
import { describe, expect, it } from 'vitest';
import { batchQuery, batchStatement } from './batch-query.ts';

const STATEMENT = batchStatement('INSERT … $1', 5000);

/** The parts that the query writes. */
function submit(bytes: Buffer): Buffer[] {
  const sent: Buffer[] = [];
  const stream = { cork: () => undefined, uncork: () => undefined, write: (part: Buffer) => void sent.push(part) };
  batchQuery(STATEMENT, bytes).submit({ stream } as unknown as Connection);
  return sent;
}

/** The messages of the protocol, as a server takes them apart. */
function messages(sent: readonly Buffer[]): { type: string; content: Buffer }[] {
  const bytes = Buffer.concat(sent);
  const found = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readInt32BE(at + 1);
    found.push({ type: bytes.toString('latin1', at, at + 1), content: bytes.subarray(at + 5, at + 1 + length) });
    at += 1 + length;
  }
  return found;
}

describe('batchQuery', () => {
  it('sends the bytes from where they lie', () => {
    const bytes = Buffer.from('{"a":1}\n{"b":"ß"}');
    expect(submit(bytes).filter((part) => part === bytes)).toHaveLength(1);
  });

  it('sets the time-out and writes the batch in one transaction, with no name on anything', () => {
    const sent = messages(submit(Buffer.from('ß'.repeat(1000))));
    expect(sent.map(({ type }) => type).join('')).toBe('PBEPBES');
    const texts = sent.filter(({ type }) => type === 'P').map(({ content }) => String(content));
    expect(texts).toEqual([`\0SELECT FROM set_config('statement_timeout', '5000', true) OFFSET 1\0\0\0`, '\0INSERT … $1\0\0\0']);
  });

  it('makes the bytes the one parameter, in binary form', () => {
    const bytes = Buffer.from('ß'.repeat(1000));
    const { content } = messages(submit(bytes))[4] as { content: Buffer };
    expect(content.toString('latin1', 0, 2)).toBe('\0\0');
    expect([2, 4, 6].map((at) => content.readInt16BE(at))).toEqual([1, 1, 1]);
    expect(content.readInt32BE(8)).toBe(bytes.length);
    expect(content.subarray(12)).toEqual(Buffer.concat([bytes, Buffer.alloc(2)]));
  });
});
