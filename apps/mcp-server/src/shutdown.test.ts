import { NO_TELEMETRY } from '@iris/telemetry';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createShutdown, type ShutdownParts } from './shutdown.ts';

function parts(change: Partial<ShutdownParts> = {}) {
  const order: string[] = [];
  let left: number | undefined;
  const step = (name: string) => () => void order.push(name);
  const all = {
    config: { DRAIN_MS: 5, SHUTDOWN_MS: 50 },
    lifecycle: { draining: false },
    http: {
      connections: { count: () => 0, drain: step('drain connections') },
      close: async (ms: number) => {
        left = ms;
        step('close')();
      },
    } as unknown as ShutdownParts['http'],
    app: {
      sse: { drain: async () => step('end streams')(), close: step('cut streams'), toolsChanged: () => undefined },
      streamableHttp: { close: async () => step('end subscriptions')(), toolsChanged: () => undefined },
    },
    models: { stop: step('stop watching') },
    api: { close: step('let go of the API') },
    peers: { close: step('let go of the peers') },
    telemetry: NO_TELEMETRY,
    logger: pino({ level: 'silent' }),
    sleep: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
    clock: () => performance.now(),
    ...change,
  } satisfies ShutdownParts;
  return { all, order, left: () => left };
}

describe('createShutdown', () => {
  it('ends the streams while messages still come, and the connections after them', async () => {
    const { all, order } = parts();
    const shutDown = createShutdown(all);
    await Promise.all([shutDown(), shutDown()]);
    expect(all.lifecycle.draining).toBe(true);
    expect(order).toEqual([
      'drain connections',
      'end streams',
      'cut streams',
      'close',
      'end subscriptions',
      'stop watching',
      'let go of the API',
      'let go of the peers',
    ]);
  });

  it('waits for no call beyond the deadline', async () => {
    const never = new Promise<void>(() => undefined);
    const { all, order, left } = parts({ config: { DRAIN_MS: 0, SHUTDOWN_MS: 1000 } });
    const app = {
      sse: { ...all.app.sse, drain: () => never },
      streamableHttp: { ...all.app.streamableHttp, close: () => never },
    };
    await createShutdown({ ...all, app })();
    expect(order).toContain('cut streams');
    // Of the second nothing is left but what connections always get.
    expect(left()).toBe(500);
    expect(order.at(-1)).toBe('let go of the peers');
  });
});
