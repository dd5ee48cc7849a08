/**
 * Refuses connections beyond a number with a clean 503, at a fraction of what serving them costs; those that do nothing make room before.
 *
 * A connection in service holds a parser, a request and an answer; some thousands of busy ones fill a pod of 128 MiB, and each then waits
 * longer than its client's patience. One that is refused holds a socket only, and not for long. It is answered when its request
 * comes, not before: a client that reads an answer to what it has not asked takes it for a broken connection.
 */
import type { Socket } from 'node:net';
import { RETRY_AFTER_S, rawProblem } from './raw-answers.ts';

/** A refused connection may stay for one to two of these, before and after its answer: its request has as long to come as one that is served. */
const REFUSAL_MS = 5000;
/** For each connection in service, so many may be being refused. What comes beyond is cut off: then even refusing takes too much memory. */
const REFUSED_PER_SERVED = 10;
const REFUSAL = rawProblem(503, 'OVERLOADED', 'The server has as many connections as it can serve; try again.', {
  'Retry-After': String(RETRY_AFTER_S),
});

export interface CrowdControlOptions {
  /** Most connections in service. */
  readonly maxConnections: number;
  /** Number of connections in service. */
  readonly count: () => number;
  /** Paths served to whoever asks, such as probes: to refuse these restarts a pod that is only busy. */
  readonly vitalPaths: readonly string[];
  /** Ends a connection that is of no use, and says whether there was one. */
  readonly makeRoom: (newcomer: Socket) => boolean;
  /** Takes a connection into service; `once` for a single answer. */
  readonly serve: (socket: Socket, once: boolean) => void;
}

/** Takes each new connection: into service, or refuses it. */
export interface CrowdControl {
  admit(socket: Socket): void;
  /** Cuts off what is being refused. */
  stop(): void;
}

/** Begins to control a server's connections. */
export function controlCrowd({ maxConnections, count, vitalPaths, makeRoom, serve }: CrowdControlOptions): CrowdControl {
  // Two rounds of a clock instead of a timer each: in a crowd a turn of the event loop takes seconds, and a timer set in it would ring before
  // what the client has sent is looked at.
  let former = new Set<Socket>();
  let recent = new Set<Socket>();
  const clock = setInterval(function nextRound() {
    for (const socket of former) socket.destroy();
    former = recent;
    recent = new Set();
  }, REFUSAL_MS).unref();

  function refuse(socket: Socket): void {
    if (former.size + recent.size >= REFUSED_PER_SERVED * maxConnections) {
      socket.destroy();
      return;
    }
    recent.add(socket);
    const forget = () => former.delete(socket) || recent.delete(socket);
    socket.on('error', ignore).once('close', forget);
    socket.once('data', function answer(head: Buffer) {
      if (vitalPaths.includes(pathOf(head))) {
        forget();
        socket.off('close', forget).off('error', ignore);
        // Once: else a connection that begins with a probe would be in service beyond the bound for as long as it likes.
        serve(socket, true);
        // The parser reads from the socket's handle: what has been read already it must be given.
        socket.emit('data', head);
      } else {
        // What else comes is read and thrown away: unread bytes would make a reset of the close, and take the answer with it.
        socket.resume().end(REFUSAL);
        socket.once('end', () => socket.destroy());
      }
    });
  }

  return {
    admit(socket) {
      if (count() < maxConnections || makeRoom(socket)) serve(socket, false);
      else refuse(socket);
    },
    stop() {
      clearInterval(clock);
      for (const socket of [...former, ...recent]) socket.destroy();
    },
  };
}

function ignore(): void {
  // A client that goes away while it is being refused has what it needs.
}

/** The path of a `GET`, without its query; empty for any other request. */
function pathOf(head: Buffer): string {
  return /^GET (\/[^ ?]{0,100})/.exec(head.toString('latin1', 0, 120))?.[1] ?? '';
}
