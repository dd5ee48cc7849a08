/**
 * Works on one large body at a time, and on nothing of the next before others have had their turn: a batch of 10,000 samples takes 50 ms of one
 * processor, and those of several clients that end together would make a request of one sample wait for all of them.
 */
import type { FastifyInstance } from 'fastify';

/** Smaller bodies are worked on in a few milliseconds. */
const LARGE_BYTES = 65_536;

/** Installs the turns of a scope: before a body is validated, when it has been read. */
export function takeLargeBodiesInTurn(scope: FastifyInstance): void {
  let last: Promise<void> = Promise.resolve();
  scope.addHook('preValidation', function waitForTurn({ headers }, _reply, done) {
    const length = headers['content-length'];
    if (length === undefined ? headers['transfer-encoding'] === undefined : Number(length) < LARGE_BYTES) {
      done();
      return;
    }
    last = last.then(() => new Promise((resolve) => setImmediate(resolve))).then(done);
  });
}
