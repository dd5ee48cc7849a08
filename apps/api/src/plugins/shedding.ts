/**
 * Sheds load: while the event loop is later than a bound, look after look, requests are answered 503 at once, so that those accepted stay fast.
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
  let judgedAt = 0;
  let lateLooks = 0;
  let timer: NodeJS.Timeout | undefined;

  function judge(): void {
    const now = performance.now();
    // Without a sample the loop has been blocked since the last look.
    const delayMs = delay.count > 0 ? delay.mean / 1e6 - RESOLUTION_MS : now - judgedAt - SAMPLE_MS;
    lateLooks = delayMs > MAX_EVENT_LOOP_DELAY_MS ? lateLooks + 1 : 0;
    judgedAt = now;
    delay.reset();
  }

  // Not before: the start itself holds up the loop.
  app.addHook('onReady', async () => {
    judgedAt = performance.now();
    delay.enable();
    timer = setInterval(judge, SAMPLE_MS).unref();
  });
  app.addHook('onClose', async () => {
    clearInterval(timer);
    delay.disable();
  });
  app.addHook('onRequest', function shed(_request, _reply, done) {
    // A single late look may be a stall of the machine, after which there is time for all that has come meanwhile; too much work is late again.
    if (lateLooks > 1) done(new ApiError('OVERLOADED', 'The server is at its limit; try again.'));
    else done();
  });
}
