/**
 * Refuses connections beyond a number with a clean 503, at a fraction of what serving them costs.
 *
 * A connection in service holds a parser, a request and an answer; some thousands of busy ones fill a pod of 128 MiB, and each then waits
 * longer than its client's patience. One that is refused holds a socket only, and not for long. It is answered when its request
 * comes, not before: a client that reads an answer to what it has not asked takes it for a broken connection.
 */
import type { Socket } from 'node:net';
import { RETRY_AFTER_S, rawProblem } from './raw-answers.ts';

/** How long a refused connection may stay, before and after its answer. */
const REFUSAL_MS = 2000;
const REFUSAL = rawProblem(503, 'OVERLOADED', 'The server has as many connections as it can serve; try again.', {
  'Retry-After': String(RETRY_AFTER_S),
});

export interface CrowdControlOptions {
  /** Most connections in service. As many more are being refused at a time; what comes beyond is cut off, for then even refusing is too much. */
  readonly maxConnections: number;
  /** Number of connections in service. */
  readonly count: () => number;
  /** Paths served to whoever asks, such as probes: to refuse these restarts a pod that is only busy. */
  readonly vitalPaths: readonly string[];
  /** Takes a connection into service. */
  readonly serve: (socket: Socket) => void;
}

/** Makes the function that takes each new connection: into service, or refuses it. */
export function controlCrowd({ maxConnections, count, vitalPaths, serve }: CrowdControlOptions): (socket: Socket) => void {
  let refusing = 0;

  function refuse(socket: Socket): void {
    if (refusing >= maxConnections) {
      socket.destroy();
      return;
    }
    refusing++;
    const timer = setTimeout(() => socket.destroy(), REFUSAL_MS);
    const end = () => {
      refusing--;
      clearTimeout(timer);
      socket.off('close', end).off('error', ignore);
    };
    socket.on('error', ignore).once('close', end);
    socket.once('data', function answer(head: Buffer) {
      if (vitalPaths.includes(pathOf(head))) {
        end();
        serve(socket);
        // The parser reads from the socket's handle: what has been read already it must be given.
        socket.emit('data', head);
      } else {
        // What else comes is read and thrown away: unread bytes would make a reset of the close, and take the answer with it.
        socket.resume().end(REFUSAL);
        socket.once('end', () => socket.destroy());
      }
    });
  }

  return function admit(socket) {
    if (count() < maxConnections) serve(socket);
    else refuse(socket);
  };
}

function ignore(): void {
  // A client that goes away while it is being refused has what it needs.
}

/** The path of a `GET`, without its query; empty for any other request. */
function pathOf(head: Buffer): string {
  return /^GET (\/[^ ?]{0,100})/.exec(head.toString('latin1', 0, 120))?.[1] ?? '';
}
