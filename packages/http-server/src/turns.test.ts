import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Exchange } from './connection.ts';
import { takeTurns } from './turns.ts';

let begun: string[];
let refused: number;
let turn: ReturnType<typeof takeTurns>;
beforeEach(() => {
  begun = [];
  refused = 0;
  turn = takeTurns(
    { most: 2, isTaken: ({ url }) => url !== '/healthz' },
    ({ request }) => begun.push(String(request.url)),
    () => refused++,
  );
});

function ask(url: string, client = 'a', unread = 0) {
  const response = Object.assign(new EventEmitter(), { closed: false, socket: { writableLength: unread, writable: true } });
  turn({ request: { url } as IncomingMessage, response: response as unknown as ServerResponse } as Exchange, client);
  return {
    end() {
      response.closed = true;
      response.emit('close');
    },
    endConnection() {
      response.socket.writable = false;
    },
  };
}

describe('turns', () => {
  it('are given to as many requests as are handled at a time, and to the next when one ends', () => {
    const first = ask('1');
    ask('2');
    ask('3');
    expect(begun).toEqual(['1', '2']);
    first.end();
    expect(begun).toEqual(['1', '2', '3']);
  });

  it('alternate between clients, however many requests each has waiting', () => {
    const [first, second] = [ask('a1'), ask('a2')];
    for (const url of ['a3', 'a4', 'a5']) ask(url, 'a');
    ask('b1', 'b');
    first.end();
    second.end();
    expect(begun).toEqual(['a1', 'a2', 'a3', 'b1']);
  });

  it('are not asked of requests that take little', () => {
    for (const url of ['1', '2', '3', '/healthz']) ask(url);
    expect(begun).toEqual(['1', '2', '/healthz']);
  });

  it('are refused to a client that has a hundred requests waiting, not to others', () => {
    for (let count = 0; count < 103; count++) ask('many', 'a');
    ask('other', 'b').end();
    expect(refused).toBe(1);
  });

  it('are given up by answers that their clients do not read, while others wait', async () => {
    ask('unread', 'a', 1000);
    ask('slow');
    ask('next');
    await expect.poll(() => begun).toEqual(['unread', 'slow', 'next']);
  });

  it('are given up, and not given, where the connection has been ended from this side', async () => {
    ask('ended').endConnection();
    ask('slow');
    ask('ended too').endConnection();
    ask('next');
    await expect.poll(() => begun).toEqual(['ended', 'slow', 'next']);
  });

  it('pass over requests whose client has gone', () => {
    const first = ask('1');
    ask('2');
    ask('gone').end();
    ask('4');
    first.end();
    expect(begun).toEqual(['1', '2', '4']);
  });

  it('are not taken by requests that can be answered in another way, once so many are in hand', () => {
    const answered: string[] = [];
    turn = takeTurns(
      {
        most: 2,
        isTaken: () => true,
        shortCut: { from: 1, answer: ({ url }) => url === '/known' && answered.push(url) > 0 },
      },
      ({ request }) => begun.push(String(request.url)),
      () => refused++,
    );
    const first = ask('/known');
    ask('/known');
    ask('/unknown');
    ask('/waits').end();
    expect([begun, answered]).toEqual([['/known', '/unknown'], ['/known']]);
    first.end();
    expect(begun).toEqual(['/known', '/unknown']);
  });
});
