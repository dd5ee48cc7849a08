import type { Connection } from 'pg';
import { describe, expect, it } from 'vitest';
import { batchQuery } from './batch-query.ts';

const STATEMENT = { name: 'append', text: 'INSERT …' };

/** What the query sends: our parts, and the names of the driver's own messages. */
function submit(bytes: Buffer): (Buffer | string)[] {
  const sent: (Buffer | string)[] = [];
  const own = (message: string) => () => void sent.push(message);
  const connection = {
    stream: { cork: () => undefined, uncork: () => undefined, write: (part: Buffer) => void sent.push(part) },
    parsedStatements: {},
    submittedNamedStatements: {},
    ...Object.fromEntries(['parse', 'bind', 'describe', 'execute', 'sync'].map((message) => [message, own(message)])),
  };
  batchQuery(STATEMENT, bytes).submit(connection as unknown as Connection);
  return sent;
}

describe('batchQuery', () => {
  it('sends the bytes from where they lie, and leaves all other messages to the driver', () => {
    const bytes = Buffer.from('{"a":1}\n{"b":"ß"}');
    const sent = submit(bytes);
    expect(sent.map((part) => (typeof part === 'string' ? part : 'bytes'))).toEqual([
      'parse',
      ...['bytes', 'bytes', 'bytes'],
      ...['describe', 'execute', 'sync'],
    ]);
    expect(sent[2]).toBe(bytes);
  });

  it('makes them the one parameter, in binary form, of a Bind message of the right length', () => {
    const bytes = Buffer.from('ß'.repeat(1000));
    const message = Buffer.concat(submit(bytes).filter((part) => typeof part !== 'string'));
    expect(message.toString('latin1', 0, 1)).toBe('B');
    expect(message.readInt32BE(1)).toBe(message.length - 1);
    expect(message.toString('latin1', 5, 13)).toBe('\0append\0');
    expect([13, 15, 17].map((at) => message.readInt16BE(at))).toEqual([1, 1, 1]);
    expect(message.readInt32BE(19)).toBe(bytes.length);
    expect(message.subarray(23)).toEqual(Buffer.concat([bytes, Buffer.alloc(2)]));
  });
});
