/** Sheds load: above a bound of event loop delay requests are answered 503 at once, so that those accepted stay fast. */
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import type { ApiConfig } from '../config.ts';
import { ApiError } from '../errors.ts';

/** Installs shedding for the routes of this scope; probes are outside it, or a busy pod would be restarted. */
export async function installShedding(app: FastifyInstance, { MAX_EVENT_LOOP_DELAY_MS }: ApiConfig): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: MAX_EVENT_LOOP_DELAY_MS,
    sampleInterval: 200,
    pressureHandler: () => {
      throw new ApiError('OVERLOADED', 'The server is at its limit; try again.');
    },
  });
}
