import { beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from './connection.ts';
import { countUnreadAnswers, type UnreadAnswers } from './unread-answers.ts';

let connections: ReturnType<typeof connection>[];
let unread: UnreadAnswers;
beforeEach(() => {
  connections = [];
  unread = countUnreadAnswers(100, () => connections as unknown as Connection[]);
});

function connection(client: string, writableLength: number) {
  const socket = {
    writableLength,
    destroyed: false,
    destroy: () => Object.assign(socket, { destroyed: true, writableLength: 0 }),
  };
  return { client, socket, unreadBefore: 0 };
}

const cut = () => connections.map(({ socket }) => socket.destroyed);

describe('answers that are not read', () => {
  it('are left alone up to the bound', () => {
    connections = [connection('a', 60), connection('b', 40)];
    unread.sweep();
    unread.sweep();
    expect(cut()).toEqual([false, false]);
  });

  it('beyond it end where nothing has been read since the last sweep, the largest first, and no more of them than needed', () => {
    connections = [connection('a', 30), connection('a', 40), connection('a', 30)];
    unread.sweep();
    connections[2]!.socket.writableLength = 29;
    connections.push(connection('a', 40));
    unread.sweep();
    expect(cut()).toEqual([false, true, false, false]);
  });

  it('at twice the bound end for the client that leaves most unread, if it reads slowly', () => {
    connections = [connection('a', 60), connection('b', 60), connection('b', 70)];
    unread.sweep();
    expect(cut()).toEqual([false, false, false]);
    for (const { socket } of connections) socket.writableLength--;
    connections.push(connection('b', 20));
    unread.sweep();
    expect(cut()).toEqual([false, false, true, false]);
  });

  it('are looked at between two sweeps too, when many requests come', () => {
    connections = [connection('a', 201)];
    for (let count = 0; count < 63; count++) unread.request();
    expect(cut()).toEqual([false]);
    unread.request();
    expect(cut()).toEqual([true]);
  });
});
