import { type ExportedSpan, startTestCollector, type TestCollector } from '@iris/telemetry/test-collector';
import { describe, expect, inject } from 'vitest';
import { it as base } from './support/page.ts';

const it = base.extend<{ readonly collector: TestCollector }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are used
  collector: async ({}, use) => {
    const collector = await startTestCollector();
    await use(collector);
    await collector.stop();
  },
});

/** Service, name and kind of the spans from the first of a trace to the last, each the child of the one before. */
function chainFrom(spans: readonly ExportedSpan[], first: ExportedSpan): string[] {
  const next = spans.find(({ traceId, parentSpanId }) => traceId === first.traceId && parentSpanId === first.spanId);
  const kind = ['', 'internal', 'server', 'client'][first.kind];
  return [`${first.service['service.name']}: ${first.name} (${kind})`, ...(next ? chainFrom(spans, next) : [])];
}

describe('with a collector', () => {
  it('what a page asks is one trace through client, API and database', async ({ openPage, startApi, startClient, collector }) => {
    const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '10' };
    const api = await startApi('iris-rf', { DATABASE_URL: inject('databaseUrl'), ...tracing });
    const client = await startClient({ API_URL: api.url, ...tracing });

    const page = await openPage({ url: client.url });
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await page.getByText('Sent to the history').waitFor();
    // Each prediction of the page itself is kept out of the log; this one is in it.
    await expect.poll(() => collector.spans.filter(({ name }) => name === 'INSERT predictions').length).toBeGreaterThanOrEqual(1);
    const insert = collector.spans.find(({ name }) => name === 'INSERT predictions')!;
    const predictions = () => collector.spans.filter(({ name }) => name === 'POST /api/predict');
    const logged = () => predictions().find(({ traceId }) => traceId === insert.traceId);
    await expect
      .poll(() => logged() && chainFrom(collector.spans, logged()!))
      .toEqual([
        'iris-web: POST /api/predict (server)',
        'iris-web: POST (client)',
        'iris-api: POST /predict (server)',
        'iris-api: INSERT predictions (client)',
      ]);

    await openPage({ url: client.url, path: '/history' });
    // One of them is what the first page fetched in advance, without its data.
    const histories = () => new Set(collector.spans.filter(({ name }) => name === 'GET /history').map(({ traceId }) => traceId));
    const asked = () => collector.spans.filter(({ traceId }) => histories().has(traceId)).map(({ name }) => name);
    await expect.poll(asked).toEqual(expect.arrayContaining(['GET', 'GET /predictions', 'SELECT predictions']));
  });
});
