import { describe, expect, it } from 'vitest';
import { linesOf } from '../batch.ts';
import { createFaultyStore, createManualClock, createMemorySpool } from '../test-doubles.ts';
import { testPrediction, testPredictions } from '../test-records.ts';
import type { WriterEvent } from './events.ts';
import { createPredictionWriter } from './prediction-writer.ts';
import type { PredictionWriterOptions } from './writer-contract.ts';

const LIMITS = { batchRows: 10, flushMs: 50, spillRows: 40, spillMs: 200, retryFirstMs: 100, retryLongestMs: 1000 };

function setUp(changes: Partial<PredictionWriterOptions> = {}, store = createFaultyStore()) {
  const clock = createManualClock();
  const events: WriterEvent[] = [];
  const onEvent = (event: WriterEvent) => void events.push(event);
  const writer = createPredictionWriter({ store, clock, random: () => 1, limits: LIMITS, onEvent, ...changes });
  const record = (count: number) => {
    for (const row of testPredictions(count)) writer.record(row);
  };
  return { store, clock, writer, record, events };
}

describe('the state of the store', () => {
  it('is told once when it goes, with the reason, and once when it is back', async () => {
    const { store, clock, writer, record, events } = setUp();
    store.mode = 'down';
    record(5);
    await clock.advance(3000);
    expect(events).toEqual([{ kind: 'away', reason: 'down' }]);
    expect(writer.stats()).toMatchObject({ away: true, timesAway: 1, timesBack: 0 });
    store.mode = 'up';
    await clock.advance(1000);
    expect(events.slice(1)).toEqual([{ kind: 'back', awayMs: expect.any(Number) }]);
    expect(writer.stats()).toMatchObject({ away: false, timesAway: 1, timesBack: 1, written: 5 });
  });

  it('is told at the start, without a row to send, and again when the store is ready', async () => {
    const store = createFaultyStore();
    store.unready = 'password authentication failed';
    const { clock, events } = setUp({}, store);
    await clock.advance(2000);
    expect(events).toEqual([{ kind: 'away', reason: 'password authentication failed' }]);
    store.unready = undefined;
    await clock.advance(1000);
    expect(events).toHaveLength(2);
  });

  it('is not told as back while rows wait that the store does not take, though it says that it is ready', async () => {
    const { store, clock, record, events } = setUp({ spool: createMemorySpool() });
    store.mode = 'down';
    record(5);
    await clock.advance(20_000);
    expect(events).toEqual([{ kind: 'away', reason: 'down' }]);
  });

  it('is told again after a minute when the reason is another', async () => {
    const store = createFaultyStore();
    store.unready = 'connection refused';
    const { clock, events } = setUp({}, store);
    await clock.advance(5000);
    store.unready = 'wrong password';
    await clock.advance(30_000);
    expect(events).toHaveLength(1);
    await clock.advance(30_000);
    expect(events.slice(1)).toEqual([{ kind: 'away', reason: 'wrong password' }]);
  });
});

describe('rows', () => {
  it('that are dropped are told with the reason', async () => {
    const { store, record, events, writer } = setUp({ limits: { ...LIMITS, memoryBytes: 9 * 16 * 1024 } });
    store.mode = 'down';
    record(200);
    const dropped = events.filter((event) => event.kind === 'dropped');
    expect(dropped.reduce((sum, { rows }) => sum + rows, 0)).toBe(writer.stats().dropped);
    expect(dropped[0]).toEqual({ kind: 'dropped', rows: 10, reason: 'memory is full' });
  });

  it('that can never be kept are written as dead letters, and told', async () => {
    const kept: [lines: string[], reason: string][] = [];
    const deadLetters = {
      keep: async (...[batch, reason]: Parameters<KeepDeadLetters>) => void kept.push([linesOf(batch), reason]),
    };
    const { store, writer, record, events } = setUp({ deadLetters });
    store.isBad = ({ requestId }) => requestId === 'request-3';
    record(10);
    expect(await writer.flush()).toBe(true);
    expect(kept).toEqual([[[expect.stringContaining('"requestId":"request-3"')], 'bad row']]);
    expect(events).toEqual([{ kind: 'set-aside', rows: 1, reason: 'bad row' }]);
    expect(writer.stats()).toMatchObject({ written: 9, setAside: 1, dropped: 0 });
  });

  it.each([
    ['there is no place for dead letters', undefined],
    ['dead letters cannot be written', { keep: () => Promise.reject(new Error('no space left on device')) }],
  ])('go to the last resort where %s', async (_case, deadLetters) => {
    const lines: string[] = [];
    const lastResort = (more: readonly string[]) => void lines.push(...more);
    const { store, writer, record } = setUp({ lastResort, ...(deadLetters && { deadLetters }) });
    store.isBad = ({ requestId }) => requestId === 'request-3';
    record(10);
    await writer.flush();
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ requestId: 'request-3', reason: 'bad row' }),
    ]);
    expect(writer.stats()).toMatchObject({ written: 9, setAside: 1, dropped: 0 });
  });

  it('that have no line are written down as they are', async () => {
    const lines: string[] = [];
    const { writer } = setUp({ lastResort: (more) => void lines.push(...more) });
    writer.record({ ...testPrediction(1), recordId: undefined as unknown as string });
    expect(await writer.close(100)).toMatchObject({ written: 0, setAside: 1 });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: 'request-1', features: [5.1, 3.5, 1.4, 0.2] });
  });
});

describe('the state of the spool', () => {
  it('is told once when it fails, and once when it takes rows again', async () => {
    const spool = createMemorySpool();
    const { store, clock, record, events, writer } = setUp({ spool });
    store.mode = 'down';
    spool.broken = true;
    record(30);
    // Its maintenance succeeds meanwhile, as on a full disk.
    await clock.advance(30_000);
    const told = () => events.filter(({ kind }) => kind.startsWith('spool'));
    expect(told()).toEqual([{ kind: 'spool-failing', reason: 'no space left on device' }]);
    expect(writer.stats().spoolFailing).toBe(true);
    spool.broken = false;
    await clock.advance(3000);
    expect(told().slice(1)).toEqual([{ kind: 'spool-back' }]);
  });

  it('is told as back without a row for it, some time after the store has taken all of them', async () => {
    const spool = createMemorySpool();
    const { store, clock, record, events, writer } = setUp({ spool });
    store.mode = 'down';
    spool.broken = true;
    record(30);
    await clock.advance(3000);
    store.mode = 'up';
    await clock.advance(2000);
    expect(writer.stats()).toMatchObject({ written: 30, spoolFailing: true });
    spool.broken = false;
    await clock.advance(20_000);
    expect(events.map(({ kind }) => kind)).toEqual(['spool-failing', 'away', 'back', 'spool-back']);
    expect(writer.stats().spoolFailing).toBe(false);
  });
});

type KeepDeadLetters = NonNullable<PredictionWriterOptions['deadLetters']>['keep'];
