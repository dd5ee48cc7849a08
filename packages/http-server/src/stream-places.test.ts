import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { beforeEach, describe, expect, it } from 'vitest';
import { createStreamPlaces } from './stream-places.ts';

let now: number;
let ended: ServerResponse[];
let places: ReturnType<typeof createStreamPlaces>;
beforeEach(() => {
  now = 0;
  ended = [];
  places = createStreamPlaces({ places: 3, clock: () => now, end: (response) => ended.push(response) });
});

/** Asks for a place; gives the answer and the number of bytes that have come, to be changed. */
function stream(client: string) {
  const socket = { bytesRead: 100 };
  const response = new EventEmitter() as ServerResponse;
  const taken = places.take(client, { socket } as unknown as IncomingMessage, response);
  return { socket, response, taken };
}

describe('places of streams', () => {
  it('are taken until the answer closes', () => {
    const streams = ['a', 'b', 'c'].map(stream);
    expect(stream('d').taken).toBe(false);
    streams[1]!.response.emit('close');
    expect(places.taken()).toBe(2);
    expect(stream('d').taken).toBe(true);
  });

  it('are not given up by streams that are young, or busy', () => {
    const streams = ['a', 'b', 'c'].map(stream);
    now = 5000;
    expect(stream('d').taken).toBe(false);
    now = 10_000;
    for (const { socket } of streams) socket.bytesRead += 10 * 500;
    expect(stream('d').taken).toBe(false);
    expect(ended).toEqual([]);
  });

  it('are given up by the slowest of the client that has most slow ones', () => {
    const [slowest, , slower] = ['a', 'b', 'b'].map(stream);
    now = 10_000;
    slowest!.socket.bytesRead += 1;
    slower!.socket.bytesRead += 1000;
    expect(stream('c').taken).toBe(true);
    expect(ended).toHaveLength(1);
    expect(ended).not.toContain(slowest!.response);
    expect(ended).not.toContain(slower!.response);
    expect(places.taken()).toBe(3);
  });
});
