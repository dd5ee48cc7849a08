import { createPredictionWriter } from '@iris/prediction-log';
import { createMemoryStore } from '@iris/prediction-log/memory';
import { systemClock } from '@iris/prediction-log/system-clock';
import { NO_TELEMETRY } from '@iris/telemetry';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { createShutdown, type ShutdownParts } from './shutdown.ts';

/** Parts that note the order in which they are ended. */
function setUp(change: Partial<ShutdownParts> = {}) {
  const steps: string[] = [];
  const note = (step: string) => async () => {
    steps.push(step);
  };
  const lifecycle = { draining: false };
  const store = { ...createMemoryStore(), close: note('store closed') };
  const writer = createPredictionWriter({ store, clock: systemClock, random: () => 0 });
  async function keepLog() {
    steps.push('log kept');
    return writer.stats();
  }
  const log = { store, writer: { ...writer, stats: () => writer.stats(), close: keepLog } };
  const parts: ShutdownParts = {
    config: readConfig({ MODEL_FILE: 'unused', DRAIN_MS: '5000', SHUTDOWN_MS: '700' }),
    lifecycle,
    http: {
      connections: { count: () => 0, drain: () => steps.push(`drain begun, not ready: ${lifecycle.draining}`) },
      close: async (deadlineMs: number) => void steps.push(`connections closed within ${deadlineMs}`),
    } as unknown as ShutdownParts['http'],
    host: { handler: () => () => undefined, log: () => log, close: note('app closed') },
    models: { close: () => steps.push('models closed') } as unknown as ShutdownParts['models'],
    explanations: { close: note('explanations ended') } as unknown as ShutdownParts['explanations'],
    telemetry: { ...NO_TELEMETRY, shutDown: note('traces sent') },
    logger: pino({ level: 'silent' }),
    sleep: async (ms) => steps.push(`served on for ${ms}`),
    clock: () => 0,
    ...change,
  };
  return { parts, steps };
}

const ORDER = [
  'drain begun, not ready: true',
  'served on for 5000',
  'connections closed within 700',
  'models closed',
  'explanations ended',
  'app closed',
  'log kept',
  'store closed',
  'traces sent',
];

describe('createShutdown', () => {
  it('stops being chosen, serves on, closes connections, keeps the log, and closes its store last', async () => {
    const { parts, steps } = setUp();
    await createShutdown(parts)();
    expect(steps).toEqual(ORDER);
  });

  it('happens once, however often it is asked for', async () => {
    const { parts, steps } = setUp();
    const shutDown = createShutdown(parts);
    await Promise.all([shutDown(), shutDown()]);
    expect(steps).toEqual(ORDER);
  });

  it('keeps the log even when the app cannot be closed, and still fails', async () => {
    const { parts, steps } = setUp();
    const close = () => Promise.reject(new Error('a plugin failed'));
    const shutDown = createShutdown({ ...parts, host: { ...parts.host, close } });
    await expect(shutDown()).rejects.toThrow('a plugin failed');
    expect(steps.slice(-3)).toEqual(['log kept', 'store closed', 'traces sent']);
  });

  it('ends without a log', async () => {
    const { parts, steps } = setUp();
    await createShutdown({ ...parts, host: { ...parts.host, log: () => undefined } })();
    expect(steps.slice(-2)).toEqual(['app closed', 'traces sent']);
  });
});
