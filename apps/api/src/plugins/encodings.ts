/** Refuses compressed bodies: only the Open Inference Protocol's routes unpack them, within a bound. */
import type { FastifyInstance } from 'fastify';
import { ApiError } from '../errors.ts';

/** Answers 415 to requests of this scope whose body is encoded. */
export function refuseEncodedBodies(app: FastifyInstance): void {
  app.addHook('onRequest', function refuseEncoded({ headers }, _reply, done) {
    const encoding = headers['content-encoding'];
    if (encoding === undefined || encoding === 'identity') done();
    else done(new ApiError('MEDIA_TYPE_UNSUPPORTED', 'This route does not take compressed bodies.'));
  });
}
