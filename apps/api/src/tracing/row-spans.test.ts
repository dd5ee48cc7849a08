import { createPredictionWriter, PredictionLogError } from '@iris/prediction-log';
import { createMemoryStore } from '@iris/prediction-log/memory';
import { systemClock } from '@iris/prediction-log/system-clock';
import { NO_TELEMETRY, type Span, type SpanContext } from '@iris/telemetry';
import { describe, expect, it } from 'vitest';
import { rememberRowSpans } from './row-spans.ts';
import { traceStore } from './trace-store.ts';
import { traceWriter } from './trace-writer.ts';

const id = (row: number) => `00000000-0000-4000-8000-${String(row).padStart(12, '0')}`;
const spanOf = (request: number): SpanContext => ({
  traceId: String(request).padStart(32, '0'),
  spanId: String(request).padStart(16, '0'),
  traceFlags: 1,
});
const SOURCE = { model: 'rf', version: '1', instance: 'host', featureNames: ['a'], classes: ['x'] };

/** A writer whose rows are recorded in the spans of a request each, and what the batches were linked to. */
function setUp(rowsPerRequest = 1) {
  const rows = rememberRowSpans();
  let row = 0;
  const batches: (readonly SpanContext[])[] = [];
  const active = () =>
    ({ isRecording: () => true, spanContext: () => spanOf(Math.floor(row / rowsPerRequest)) }) as unknown as Span;
  const telemetry = {
    ...NO_TELEMETRY,
    isOn: true,
    active,
    trace: ((_name, { links = [] }, work) => {
      batches.push(links);
      return work(undefined);
    }) as typeof NO_TELEMETRY.trace,
  };
  const memory = createMemoryStore();
  const failing = { times: 0 };
  const store = traceStore(
    {
      ...memory,
      append: async (batch) => {
        if (failing.times-- > 0) throw new PredictionLogError('PREDICTION_LOG_UNAVAILABLE', 'away');
        return memory.append(batch);
      },
    },
    'postgresql://iris@db/iris',
    telemetry,
    rows,
  );
  const writer = traceWriter(createPredictionWriter({ store, clock: systemClock, random: () => 0 }), telemetry, rows);
  function record(): void {
    writer.record({
      recordId: id(row),
      requestId: `mine "${row}"\n`,
      createdAt: new Date(),
      source: SOURCE,
      classIndex: 0,
      features: [row],
      probabilities: [1],
    });
    row++;
  }
  return { record, writer, batches, failing };
}

describe('the span of a batch', () => {
  it('is linked to that of each row, whatever is in the row', async () => {
    const { record, writer, batches } = setUp();
    for (let row = 0; row < 30; row++) record();
    await writer.close(1000);
    expect(batches.flat().map(({ spanId }) => Number(spanId))).toEqual(Array.from({ length: 30 }, (_, row) => row));
  });

  it('is linked once to a request of many rows', async () => {
    const { record, writer, batches } = setUp(500);
    for (let row = 0; row < 1000; row++) record();
    await writer.close(1000);
    expect(batches.map((links) => links.length)).toEqual([2]);
  });

  it('is linked to the newest requests, no more than its SDK takes', async () => {
    const { record, writer, batches } = setUp();
    for (let row = 0; row < 1000; row++) record();
    await writer.close(1000);
    expect(batches.map((links) => links.length)).toEqual([128]);
    expect(batches[0]!.map(({ spanId }) => Number(spanId))).toEqual(Array.from({ length: 128 }, (_, row) => 872 + row));
  });

  it('has its links at each attempt, and no batch those of another', async () => {
    const { record, writer, batches, failing } = setUp();
    failing.times = 2;
    record();
    await expect.poll(() => batches.length).toBe(3);
    record();
    await writer.close(1000);
    expect(batches.map((links) => links.map(({ spanId }) => Number(spanId)))).toEqual([[0], [0], [0], [1]]);
  });
});

describe('rememberRowSpans', () => {
  it('forgets the oldest beyond its bound', () => {
    const rows = rememberRowSpans();
    for (let row = 0; row < 5000; row++) rows.remember(id(row), spanOf(row));
    const batch = (row: number) => ({ rows: 1, bytes: Buffer.from(`{"recordId":"${id(row)}"}\n`) });
    expect([rows.find(batch(0)), rows.find(batch(903)), rows.find(batch(904)).length, rows.find(batch(4999)).length]).toEqual([
      [],
      [],
      1,
      1,
    ]);
  });
});
