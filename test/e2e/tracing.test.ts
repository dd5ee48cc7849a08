import { join } from 'node:path';
import { startTemporaryPostgres, type TemporaryPostgres } from '@iris/local-postgres';
import { type ExportedSpan, startTestCollector, type TestCollector } from '@iris/telemetry/test-collector';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';

const SETOSA = { sepal_length: 5.125, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = { traceparent: `00-${TRACE}-b7ad6b7169203331-01` };
const UNSAMPLED = { traceparent: `00-${TRACE}-b7ad6b7169203331-00` };
const KEY = 'a-key-that-nobody-may-see';

let postgres: TemporaryPostgres;
let collector: TestCollector;
let api: ApiProcess;
beforeAll(async () => {
  postgres = await startTemporaryPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  collector = await startTestCollector();
});
afterEach(async () => {
  await api.terminate();
  await collector.stop();
});

async function start(change: Readonly<Record<string, string>> = {}): Promise<void> {
  api = await startApiProcess({
    MODEL_FILE: join(inject('models'), 'iris-rf.json'),
    DATABASE_URL: postgres.url,
    API_KEY: KEY,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '10',
    ...change,
  });
}

const key = { 'x-api-key': KEY };
const named = (name: string): ExportedSpan[] => collector.spans.filter((span) => span.name === name);
async function arrived(name: string): Promise<ExportedSpan> {
  await expect.poll(() => named(name).length).toBeGreaterThan(0);
  return named(name)[0]!;
}
/** Everything that was sent, as text. */
const sent = (): string => JSON.stringify(collector.spans, (_key, value) => (typeof value === 'bigint' ? String(value) : value));

describe('the API, with a collector', () => {
  it('traces a prediction from its caller to the database, with the model and without the sample or a key', async () => {
    await start();
    await api.post('/predict', { ...SETOSA, request_id: 'patient-17' }, { ...key, ...CALLER });
    const request = await arrived('POST /predict');
    expect(request).toMatchObject({
      kind: 2,
      traceId: TRACE,
      parentSpanId: 'b7ad6b7169203331',
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/predict',
        'http.response.status_code': 200,
        'url.path': '/predict',
        'iris.model.name': 'rf',
        'iris.dataset.name': 'iris',
      },
    });
    expect(request.attributes['iris.model.version']).toMatch(/^\d/);
    expect(request.service['service.name']).toBe('iris-api');
    const insert = await arrived('INSERT predictions');
    expect(insert).toMatchObject({
      kind: 3,
      traceId: TRACE,
      parentSpanId: request.spanId,
      links: [{ traceId: TRACE, spanId: request.spanId }],
      attributes: { 'db.system.name': 'postgresql', 'db.operation.name': 'INSERT', 'db.operation.batch.size': 1 },
    });
    // It is no part of the time that the caller waited.
    expect(insert.start).toBeGreaterThan(request.end);
    for (const secret of ['5.125', 'setosa', 'patient-17', KEY, new URL(postgres.url).password])
      expect(sent()).not.toContain(secret);
  });

  it('links a batch of rows of many requests to each of them, in a trace of its own', async () => {
    await start();
    await Promise.all(Array.from({ length: 20 }, () => api.post('/predict', SETOSA, key)));
    const linked = () => new Set(named('INSERT predictions').flatMap(({ links }) => links.map(({ spanId }) => spanId)));
    await expect.poll(() => linked().size).toBe(20);
    expect([...linked()].sort()).toEqual(
      named('POST /predict')
        .map(({ spanId }) => spanId)
        .sort(),
    );
    for (const insert of named('INSERT predictions').filter(({ links }) => links.length > 1)) {
      expect(insert.parentSpanId).toBe('');
    }
  });

  it('traces what reads the log as part of the request', async () => {
    await start();
    await api.get('/predictions?limit=5', { ...key, ...CALLER });
    const request = await arrived('GET /predictions');
    expect(await arrived('SELECT predictions')).toMatchObject({
      traceId: TRACE,
      parentSpanId: request.spanId,
      attributes: {
        'db.query.summary': 'SELECT predictions',
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(postgres.url).port),
      },
    });
  });

  it('names what cannot be answered by its status, and no caller’s fault an error', async () => {
    await start({ DATABASE_URL: 'postgresql://iris@127.0.0.1:1/iris' });
    await api.post('/predict', { wrong: true }, key);
    await api.get('/nowhere', key);
    await api.get('/predictions?limit=1', key);
    expect(await arrived('POST /predict')).toMatchObject({ status: 0, attributes: { 'http.response.status_code': 422 } });
    expect(await arrived('GET')).toMatchObject({ status: 0, attributes: { 'http.response.status_code': 404 } });
    expect(await arrived('GET /predictions')).toMatchObject({ status: 2, attributes: { 'error.type': '503' } });
    expect(await arrived('SELECT predictions')).toMatchObject({
      status: 2,
      attributes: { 'error.type': 'PREDICTION_LOG_UNAVAILABLE' },
    });
  });

  it('records nothing of probes, nor of traces that are not sampled, and their rows', async () => {
    await start();
    for (const path of ['/health', '/ready', '/metrics', '/']) await api.get(path);
    await api.post('/predict', SETOSA, { ...key, ...UNSAMPLED });
    await expect.poll(async () => (await api.get('/metrics')).text()).toMatch(/prediction_log_written_total 1\b/);
    await api.get('/version');
    await arrived('GET /version');
    expect(collector.spans.map(({ name }) => name)).toEqual(['GET /version']);
  });

  it('answers hostile trace contexts as any other request', async () => {
    await start();
    const hostile = [
      { traceparent: 'x'.repeat(8000) },
      { traceparent: `01-${TRACE}-b7ad6b7169203331-01-${'x'.repeat(8000)}` },
      { ...CALLER, tracestate: 'a=1,'.repeat(2000) },
      { ...CALLER, baggage: `${'k=v,'.repeat(2000)}` },
      { traceparent: '00-00000000000000000000000000000000-0000000000000000-00' },
    ];
    for (const headers of hostile) expect((await api.post('/predict', SETOSA, { ...key, ...headers })).status).toBe(200);
    await expect.poll(() => named('POST /predict').length).toBe(hostile.length);
  });

  it('sends what it has at its end', async () => {
    await start({ OTEL_BSP_SCHEDULE_DELAY: '3600000' });
    await api.post('/predict', SETOSA, key);
    expect(await api.terminate()).toBe(0);
    expect(collector.spans.map(({ name }) => name).sort()).toEqual(['INSERT predictions', 'POST /predict']);
  });
});

describe('the API, with a collector that does not answer', () => {
  it('answers as ever, says so in one line and one metric, and ends in time', async () => {
    collector.answerWith(() => undefined);
    await start({ OTEL_EXPORTER_OTLP_TIMEOUT: '100' });
    for (let count = 0; count < 20; count++) expect((await api.post('/predict', SETOSA, key)).status).toBe(200);
    await expect.poll(async () => (await api.get('/metrics')).text()).toMatch(/traces_away 1\n/);
    await api.post('/predict', SETOSA, key);
    const begun = performance.now();
    expect(await api.terminate()).toBe(0);
    // The log's and the collector's last second, and what a busy machine adds.
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(api.lines.filter((line) => line.includes('traces_away'))).toHaveLength(1);
  });
});

describe('the API, without a collector', () => {
  it('passes no trace on and counts none', async () => {
    await start({ OTEL_EXPORTER_OTLP_ENDPOINT: '' });
    expect((await api.post('/predict', SETOSA, { ...key, ...CALLER })).status).toBe(200);
    expect(await (await api.get('/metrics')).text()).not.toContain('traces_');
  });
});
