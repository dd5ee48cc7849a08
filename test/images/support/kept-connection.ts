/** One connection of a load generator: one request at a time, the same each time. */
import { connect } from 'node:net';

/** A request that is not answered within this time has failed. */
const PATIENCE_MS = 30_000;

/** Where a connection leads. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** An answer, headers in one text. */
export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

export interface KeptConnection {
  /** Sends the request; the last one must have been answered. */
  send(): void;
  end(): void;
}

/** What becomes of it. */
interface Events {
  /** Milliseconds from sending to the last byte. */
  answered(answer: Answer, latencyMs: number): void;
  /** It can send again: the server keeps it. */
  free(connection: KeptConnection): void;
  /** The request in flight will get no answer. */
  lost(reason: string): void;
  closed(connection: KeptConnection): void;
}

/** Opens a connection for a request, given as the bytes that are sent. */
export function openConnection(address: Address, request: Buffer, events: Events): KeptConnection {
  let received = '';
  let sentAt: number | undefined;
  let reason = 'closed without an answer';
  const socket = connect({ ...address, noDelay: true })
    .setEncoding('latin1')
    .setTimeout(PATIENCE_MS);
  const connection: KeptConnection = {
    send() {
      sentAt = performance.now();
      socket.write(request);
    },
    end: () => socket.destroy(),
  };

  function read(chunk: string): void {
    received += chunk;
    const answer = parseAnswer(received);
    if (!answer || sentAt === undefined) return;
    const latencyMs = performance.now() - sentAt;
    received = '';
    sentAt = undefined;
    events.answered(answer, latencyMs);
    if (/^connection: close/im.test(answer.head)) socket.destroy();
    else events.free(connection);
  }

  socket.on('data', read);
  socket.on('error', (error) => {
    reason = error.message;
  });
  socket.on('timeout', () => socket.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)));
  socket.on('close', () => {
    events.closed(connection);
    if (sentAt !== undefined) events.lost(reason);
  });
  return connection;
}

/** The answer once it is whole, of servers that state the length of the body. */
function parseAnswer(received: string): Answer | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = received.slice(0, end);
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  if (length === undefined) return { status: 0, head, body: 'an answer without a length' };
  const body = received.slice(end + 4);
  return body.length < Number(length) ? undefined : { status: Number(head.slice(9, 12)), head, body };
}
