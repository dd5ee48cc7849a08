import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTelemetry } from './open-telemetry.ts';
import { NO_TELEMETRY, type Telemetry } from './telemetry.ts';
import { type ExportedSpan, startTestCollector, type TestCollector } from './test-collector.ts';
import { createTestOwner, readTelemetrySettings } from './test-settings.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = `00-${TRACE}-b7ad6b7169203331-01`;
const UNSAMPLED = `00-${TRACE}-b7ad6b7169203331-00`;

let collector: TestCollector;
let owner: ReturnType<typeof createTestOwner>;
let telemetry: Telemetry = NO_TELEMETRY;
beforeEach(async () => {
  collector = await startTestCollector();
  owner = createTestOwner();
});
afterEach(async () => {
  await telemetry.shutDown(1000);
  await collector.stop();
});

async function open(environment: Readonly<Record<string, string>> = {}): Promise<Telemetry> {
  telemetry = await openTelemetry(readTelemetrySettings({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...environment }), owner);
  return telemetry;
}

/** The span of that name, once it has arrived. */
async function arrived(name: string): Promise<ExportedSpan> {
  const find = () => collector.spans.find((span) => span.name === name);
  await expect.poll(find).toBeDefined();
  return find()!;
}

describe('without a collector', () => {
  it.each([{}, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' }])(
    'does nothing with %j',
    async (environment) => {
      expect(await openTelemetry(readTelemetrySettings(environment), owner)).toBe(NO_TELEMETRY);
      expect(await NO_TELEMETRY.trace('work', {}, async (span) => span ?? 'no span')).toBe('no span');
    },
  );
});

describe('spans', () => {
  it('nest over what is awaited, and say whose they are', async () => {
    const { trace, active } = await open({ OTEL_RESOURCE_ATTRIBUTES: 'team=ml%20ops,service.name=other' });
    await trace('outer', { kind: 'server', attributes: { size: 3 } }, async () => {
      await sleep(2);
      await trace('inner', { kind: 'client' }, async (span) => expect(active()).toBe(span));
    });
    expect(active()).toBeUndefined();
    const [outer, inner] = [await arrived('outer'), await arrived('inner')];
    expect(outer).toMatchObject({ kind: 2, parentSpanId: '', attributes: { size: 3 }, status: 0 });
    expect(inner).toMatchObject({ kind: 3, traceId: outer.traceId, parentSpanId: outer.spanId });
    expect(outer.end - outer.start).toBeGreaterThan(1_000_000n);
    expect(outer.service).toEqual({
      'service.name': 'other',
      'service.version': '1.2.3',
      'service.instance.id': 'host-1',
      team: 'ml ops',
    });
  });

  it('are named by OTEL_SERVICE_NAME, which goes before the attributes, and sent with the header fields', async () => {
    const { startSpan } = await open({
      OTEL_SERVICE_NAME: 'mine',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=se%3Dcret,x-tenant=a',
    });
    startSpan('work')!.end();
    expect((await arrived('work')).service['service.name']).toBe('mine');
    expect(collector.requests[0]).toMatchObject({ 'api-key': 'se=cret', 'x-tenant': 'a' });
  });

  it('of work that fails say the code and nothing of the message', async () => {
    const { trace } = await open();
    const failure = Object.assign(new Error('patient 17'), { code: 'LOG_UNAVAILABLE' });
    await expect(trace('work', {}, () => Promise.reject(failure))).rejects.toBe(failure);
    const span = await arrived('work');
    expect(span).toMatchObject({ status: 2, attributes: { 'error.type': 'LOG_UNAVAILABLE' } });
    expect(JSON.stringify(span, (_key, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain('patient');
  });

  it('bound the values that they take', async () => {
    const { startSpan } = await open();
    startSpan('work', { attributes: { 'url.path': 'x'.repeat(10_000) } })!.end();
    expect((await arrived('work')).attributes['url.path']).toHaveLength(512);
  });

  it('take more links than are sent', async () => {
    const { trace, startSpan } = await open();
    const links = Array.from({ length: 129 }, () => startSpan('request')!.spanContext());
    expect(await trace('batch', { links, parent: null }, async () => 'written')).toBe('written');
    expect((await arrived('batch')).links.map(({ spanId }) => spanId)).toEqual(links.slice(1).map(({ spanId }) => spanId));
  });

  it('that have ended stay as they were, without a line', async () => {
    const { startSpan } = await open();
    const span = startSpan('work')!;
    span.end();
    span.setAttribute('late', 1).updateName('other').end();
    expect((await arrived('work')).attributes).toEqual({});
    expect(owner.lines).toEqual([]);
  });

  it('are left with undefined, by what is armed there too', async () => {
    const { active, trace, within } = await open();
    const seen = await trace('work', {}, (span) =>
      within(undefined, async () => {
        const before = active();
        await sleep(1);
        return { span, before, after: active() };
      }),
    );
    expect(seen).toMatchObject({ before: undefined, after: undefined });
    expect(seen.span).toBeDefined();
  });

  it('are named in lines of the log, where they are sampled', async () => {
    const { trace, logFields } = await open({ OTEL_TRACES_SAMPLER: 'parentbased_always_on' });
    const fields = await trace('work', { from: { traceparent: CALLER } }, async () => logFields());
    expect(fields).toEqual({ trace_id: TRACE, span_id: (await arrived('work')).spanId });
    expect(await trace('unsampled', { from: { traceparent: UNSAMPLED } }, async () => logFields())).toEqual({});
  });
});

describe('trace context', () => {
  it('is taken in and passed on, with the state of others', async () => {
    const { trace, propagation } = await open();
    const from = { traceparent: CALLER, tracestate: 'vendor=1' };
    const sent = await trace('work', { from }, async () => propagation());
    const span = await arrived('work');
    expect(span).toMatchObject({ traceId: TRACE, parentSpanId: 'b7ad6b7169203331' });
    expect(sent).toEqual({ traceparent: `00-${TRACE}-${span.spanId}-01`, tracestate: 'vendor=1' });
  });

  it('that is not sampled is passed on, and not recorded', async () => {
    const { trace, propagation, startSpan } = await open();
    const sent = await trace('unsampled', { from: { traceparent: UNSAMPLED } }, async () => propagation());
    expect(sent.traceparent).toMatch(new RegExp(`^00-${TRACE}-\\w{16}-00$`));
    startSpan('next')!.end();
    await arrived('next');
    expect(collector.spans).toHaveLength(1);
  });

  it.each([
    [{ traceparent: 'nonsense' }],
    [{ traceparent: '' }],
    [{ traceparent: [CALLER, CALLER] }],
    [{ traceparent: CALLER.replace('00-', 'ff-') }],
    [{ traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` }],
    [{ traceparent: CALLER.toUpperCase() }],
    [{ traceparent: `01-${CALLER.slice(3)}-${'x'.repeat(15_000)}` }],
    [{ traceparent: `00-${TRACE}-b7ad6b7169203331-01-more` }],
  ])('%j begins a trace of its own', async (from) => {
    const { startSpan } = await open();
    startSpan('work', { from })!.end();
    const span = await arrived('work');
    expect(span.parentSpanId).toBe('');
    expect(span.traceId).not.toBe(TRACE);
  });

  it.each(['x'.repeat(15_000), 'a=1,'.repeat(4000), '=,=,=', 'a=\u0000', ',,,,'])(
    'leaves out a state of others that is too long or malformed (%#)',
    async (tracestate) => {
      const { trace, propagation } = await open();
      const sent = await trace('work', { from: { traceparent: CALLER, tracestate } }, async () => propagation());
      expect(sent.tracestate ?? '').toHaveLength(0);
      expect((await arrived('work')).traceId).toBe(TRACE);
    },
  );

  it('leaves out baggage', async () => {
    const { trace, propagation } = await open();
    const from = { traceparent: CALLER, baggage: `user=somebody,${'k=v,'.repeat(4000)}` };
    expect(Object.keys(await trace('work', { from }, async () => propagation()))).toEqual(['traceparent']);
  });
});

describe('sampling', () => {
  it.each([
    ['always_on', '1', UNSAMPLED, 20],
    ['always_off', '1', CALLER, 0],
    ['traceidratio', '0', CALLER, 0],
    ['traceidratio', '1', UNSAMPLED, 20],
    ['parentbased_always_off', '1', CALLER, 20],
    ['parentbased_always_off', '1', undefined, 0],
    ['parentbased_traceidratio', '0', undefined, 0],
  ])('by %s with %s keeps of traces from %s %i of 20', async (sampler, share, traceparent, kept) => {
    const { startSpan } = await open({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: share });
    for (let count = 0; count < 20; count++) startSpan('work', { from: { traceparent } })!.end();
    await telemetry.shutDown(5000);
    expect(collector.spans).toHaveLength(kept);
  });

  it('by a share keeps about that many', async () => {
    const { startSpan } = await open({ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '.25' });
    for (let count = 0; count < 2000; count++) startSpan('work')!.end();
    await telemetry.shutDown(5000);
    // Five standard deviations around 500.
    expect(Math.abs(collector.spans.length - 500)).toBeLessThan(97);
  });

  it('keeps a span with a link to one that is kept', async () => {
    const { startSpan } = await open({ OTEL_TRACES_SAMPLER: 'parentbased_always_off' });
    const request = startSpan('request', { from: { traceparent: CALLER } })!;
    request.end();
    startSpan('batch', { links: [request.spanContext()], parent: null })!.end();
    const batch = await arrived('batch');
    expect(batch.links).toEqual([{ traceId: TRACE, spanId: (await arrived('request')).spanId }]);
    expect([batch.parentSpanId, batch.traceId === TRACE]).toEqual(['', false]);
  });
});
