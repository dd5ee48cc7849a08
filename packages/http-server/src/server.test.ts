import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHttpServer, type HttpServer, type HttpServerOptions, type RequestHandler } from './server.ts';

const answerOk: RequestHandler = (request, response) => {
  request.resume();
  request.once('end', () => response.end('ok'));
};

let started: HttpServer | undefined;
afterEach(async () => {
  await started?.close(0);
  started = undefined;
});

async function start(change: Partial<HttpServerOptions> = {}): Promise<number> {
  started = createHttpServer({
    handler: () => answerOk,
    requestsPerConnection: 8,
    connectionAgeMs: 10_000,
    maxConnections: 100,
    vitalPaths: [],
    bufferLimit: 150_000,
    clock: () => 0,
    random: () => 0.5,
    ...change,
  });
  return started.listen(0, '127.0.0.1');
}

async function get(port: number, agent: Agent): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  httpRequest({ port, agent }, resolve).once('error', reject).end();
  const response = await promise;
  await text(response);
  return response;
}

/** Number of requests answered before one carries `Connection: close`. */
async function requestsUntilClose(port: number, agent: Agent): Promise<number> {
  for (let count = 1; ; count++) {
    if ((await get(port, agent)).headers.connection === 'close') return count;
  }
}

/** Sends bytes and resolves with all that the server answers until it ends the connection. */
async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}

describe('connection recycling', () => {
  let now = 0;
  beforeEach(() => {
    now = 0;
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => vi.useRealTimers());

  /** Lets time pass, and with it the looks at connections. */
  function pass(milliseconds: number): void {
    now += milliseconds;
    vi.advanceTimersByTime(milliseconds);
  }

  it.each([
    [0, 6],
    [0.5, 8],
    [0.999, 10],
  ])('with a draw of %d a connection of a second’s age ends at request %d of 8 ± 25 %%', async (draw, expected) => {
    const port = await start({ random: () => draw, clock: () => now });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    await get(port, agent);
    pass(1000);
    expect(await requestsUntilClose(port, agent)).toBe(expected - 1);
  });

  it('a connection is not renewed within its first second, however many requests it brings', async () => {
    const port = await start({ clock: () => now });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let count = 1; count <= 20; count++) expect((await get(port, agent)).headers.connection).toBe('keep-alive');
    pass(1000);
    expect((await get(port, agent)).headers.connection).toBe('close');
  });

  it('a connection of a slow client ends before it is older than its age', async () => {
    const port = await start({ clock: () => now, requestsPerConnection: 1000 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await get(port, agent)).headers.connection).toBe('keep-alive');
    pass(7000);
    expect((await get(port, agent)).headers.connection).toBe('keep-alive');
    // Its age is 8,750 ms, and the next look would be at 9,000.
    pass(1000);
    expect((await get(port, agent)).headers.connection).toBe('close');
    expect((await get(port, agent)).headers.connection).toBe('keep-alive');
  });
});

describe('drain', () => {
  it('ends each connection with its next answer, that of a request in flight too', async () => {
    const release = Promise.withResolvers<void>();
    const port = await start({
      handler: () => async (_request, response) => {
        await release.promise;
        response.end('late');
      },
    });
    const idle = new Agent({ keepAlive: true });
    const inFlight = get(port, new Agent({ keepAlive: true }));
    await expect.poll(() => started?.connections.count()).toBe(1);
    started?.connections.drain();
    const next = get(port, idle);
    release.resolve();
    expect((await inFlight).headers.connection).toBe('close');
    expect((await next).headers.connection).toBe('close');
  });

  it('ends a connection with the last answer that its client waits for, when it sent requests without waiting', async () => {
    let handled = 0;
    const release = Promise.withResolvers<void>();
    const port = await start({
      handler: () => async (_request, response) => {
        handled++;
        await release.promise;
        response.end('late');
      },
    });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /1 HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(3));
    await expect.poll(() => handled).toBe(1);
    started?.connections.drain();
    release.resolve();
    const answers = await text(socket);
    expect(answers.match(/late/g)).toHaveLength(3);
    expect(answers.match(/connection: close/gi)).toHaveLength(1);
  });

  it('close ends a connection whose keep-alive answer had begun before the drain, as soon as it is idle', async () => {
    const release = Promise.withResolvers<void>();
    const port = await start({
      handler: () => async (_request, response) => {
        response.write('begun, ');
        await release.promise;
        response.end('ended');
      },
    });
    const agent = new Agent({ keepAlive: true });
    const answer = get(port, agent);
    await expect.poll(() => started?.connections.count()).toBe(1);
    started?.connections.drain();
    const closing = started?.close(60_000);
    release.resolve();
    expect((await answer).headers.connection).toBe('keep-alive');
    await closing;
  });

  it('close does not wait for a connection that nothing has come on, once it is a second old', async () => {
    let now = 0;
    const port = await start({ clock: () => now });
    const spare = connect(port, '127.0.0.1');
    await expect.poll(() => started!.connections.count()).toBe(1);
    let closed = false;
    const closing = started!.close(60_000).then(() => {
      closed = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(closed).toBe(false);
    now = 1000;
    await closing;
    expect(spare.bytesRead).toBe(0);
  });

  it('close waits for a request in flight, and no longer than its deadline', async () => {
    const port = await start({ handler: () => () => undefined });
    const lost = get(port, new Agent());
    await expect.poll(() => started?.connections.count()).toBe(1);
    const closing = started?.close(50);
    await expect(lost).rejects.toThrow('socket hang up');
    await closing;
  });
});

describe('bad and hostile clients', () => {
  it.each([
    ['what is not HTTP', 'hello\r\n\r\n', 400, 'REQUEST_MALFORMED'],
    ['a head of 40 KB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    [
      'two content lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc',
      400,
      'REQUEST_MALFORMED',
    ],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
      'REQUEST_MALFORMED',
    ],
  ])('%s is answered with a problem and closed', async (_case, bytes, status, code) => {
    const [head, body] = (await exchange(await start(), bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(body!)).toMatchObject({ status, code });
  });

  it('nothing is written into an answer that has begun: what cannot be read behind it ends the connection', async () => {
    const port = await start({
      handler: () => (request, response) => {
        request.on('error', () => undefined).resume();
        response.write('begun');
      },
    });
    const head = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
    const socket = connect(port, '127.0.0.1');
    socket.write(head);
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
      if (received.includes('begun')) socket.write('zz\r\n');
    });
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('close', resolve));
    expect(received.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});
