/**
 * Sheds load: above a bound of event loop delay requests are answered 503 at once, so that those accepted stay fast.
 *
 * What `@fastify/under-pressure` does, without its look at the route's options on every request, which costs more than the prediction.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import type { ApiConfig } from '../config.ts';
import { ApiError } from '../errors.ts';

/** How often the delay is sampled, and how often the samples are judged. */
const RESOLUTION_MS = 10;
const SAMPLE_MS = 200;

/** Installs shedding for the routes of this scope; probes are outside it, or a busy pod would be restarted. */
export function installShedding(app: FastifyInstance, { MAX_EVENT_LOOP_DELAY_MS }: ApiConfig): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let overloaded = false;

  function judge(): void {
    // NaN when there is no sample at all: the loop was blocked for the whole time.
    overloaded = !(delay.mean / 1e6 - RESOLUTION_MS <= MAX_EVENT_LOOP_DELAY_MS);
    delay.reset();
  }

  delay.enable();
  const timer = setInterval(judge, SAMPLE_MS).unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    delay.disable();
  });
  app.addHook('onRequest', function shed(_request, _reply, done) {
    if (overloaded) done(new ApiError('OVERLOADED', 'The server is at its limit; try again.'));
    else done();
  });
}
