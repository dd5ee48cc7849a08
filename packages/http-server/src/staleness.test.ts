import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from './connection.ts';
import { leastUseful } from './staleness.ts';

interface Change {
  readonly client?: string;
  readonly openedAt?: number;
  readonly requests?: number;
  readonly seenSince?: number;
  readonly answer?: object;
  readonly bytesRead?: number;
  readonly unread?: number;
}

const NOW = { now: 100_000, readingTime: 100_000 };

let connections: Connection[];
beforeEach(() => {
  connections = [];
});

/** A connection that has just been used, as far as it is not told otherwise. */
function open({
  client = 'a',
  openedAt = 0,
  requests = 5,
  seenSince = 99_500,
  answer,
  bytesRead = 0,
  unread = 0,
}: Change): Connection {
  const socket = { bytesRead, writableLength: unread, _httpMessage: answer };
  const account = { client, openedAt, requests, seenSince, bytesReadBefore: 0, unreadBefore: unread, waiting: undefined };
  const connection = { ...account, socket, seen: requests > 0 ? { requests, answer } : undefined } as unknown as Connection;
  connections.push(connection);
  return connection;
}

const working = { writableEnded: false, writableFinished: false, req: { complete: true } };
const receiving = { writableEnded: false, writableFinished: false, req: { complete: false } };
const answered = { writableEnded: true, writableFinished: false, req: { complete: true } };

describe('the connection that makes room', () => {
  it('is the oldest that has brought no request; not one that has just been opened', () => {
    open({ openedAt: 99_800, requests: 0 });
    const oldest = open({ openedAt: 90_000, requests: 0 });
    open({ openedAt: 95_000, requests: 0 });
    expect(leastUseful(connections, 'a', NOW)).toBe(oldest);
    expect(leastUseful(connections.slice(0, 1), 'a', NOW)).toBeUndefined();
  });

  it('else the one that has been idle for longest, beyond a second', () => {
    open({ seenSince: 99_500 });
    open({ seenSince: 98_000 });
    const idlest = open({ seenSince: 90_000 });
    expect(leastUseful(connections, 'a', NOW)).toBe(idlest);
    expect(leastUseful(connections.slice(0, 1), 'a', NOW)).toBeUndefined();
  });

  it('is never one whose request is being handled', () => {
    open({ seenSince: 0, answer: working });
    expect(leastUseful(connections, 'a', NOW)).toBeUndefined();
  });

  it('is one whose body hardly comes; not one whose upload makes way', () => {
    open({ seenSince: 90_000, answer: receiving, bytesRead: 10_000_000 });
    expect(leastUseful(connections, 'a', NOW)).toBeUndefined();
    const slow = open({ seenSince: 90_000, answer: receiving, bytesRead: 100 });
    expect(leastUseful(connections, 'a', NOW)).toBe(slow);
  });

  it('is one that does not read its answer', () => {
    open({ seenSince: 90_000, answer: answered });
    expect(leastUseful(connections, 'a', NOW)).toBeUndefined();
    const deaf = open({ seenSince: 90_000, answer: answered, unread: 1000 });
    expect(leastUseful(connections, 'a', NOW)).toBe(deaf);
  });

  it('is, where all are in use, one between two requests of a client that has many more than the newcomer', () => {
    for (let count = 0; count < 3; count++) open({ client: 'many', answer: working });
    expect(leastUseful(connections, 'new', NOW)).toBeUndefined();
    const between = open({ client: 'many' });
    expect(leastUseful(connections, 'new', NOW)).toBe(between);
    expect(leastUseful(connections, 'many', NOW)).toBeUndefined();
    open({ client: 'new' });
    expect(leastUseful(connections, 'new', NOW)).toBeUndefined();
  });
});
