import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openTelemetry } from './open-telemetry.ts';
import { NO_TELEMETRY, type Telemetry } from './telemetry.ts';
import { startTestCollector, type TestCollector } from './test-collector.ts';
import { createTestOwner, readTelemetrySettings } from './test-settings.ts';

const QUEUE = 2048;

let collector: TestCollector | undefined;
let telemetry: Telemetry = NO_TELEMETRY;
afterEach(async () => {
  await telemetry.shutDown(0);
  await collector?.stop();
  collector = undefined;
});

const owner = createTestOwner();
async function open(url: string, timeoutMs = 200): Promise<Telemetry> {
  owner.lines.length = 0;
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_TIMEOUT: String(timeoutMs) };
  telemetry = await openTelemetry(readTelemetrySettings(environment), owner);
  return telemetry;
}

function record(count: number): void {
  for (let done = 0; done < count; done++) telemetry.startSpan('work')!.end();
}

const closedPort = async (): Promise<string> => {
  const taken = await startTestCollector();
  await taken.stop();
  return taken.url;
};

describe('a collector that', () => {
  it('is not there costs the spans, one line, and no more', async () => {
    const { stats } = await open(await closedPort());
    record(10);
    await expect.poll(() => stats()).toEqual({ exported: 0, lost: 10, away: true });
    record(10);
    await expect.poll(() => stats().lost).toBe(20);
    expect(owner.lines).toEqual([expect.stringContaining('"event":"traces_away"')]);
    expect(owner.lines[0]).toContain('ECONNREFUSED');
  });

  it('refuses, and takes spans again, is told of twice', async () => {
    collector = await startTestCollector();
    collector.answerWith((response) => response.writeHead(401).end('who are you'));
    const { stats } = await open(collector.url);
    record(3);
    await expect.poll(() => stats().lost).toBe(3);
    collector.answerWith(undefined);
    record(2);
    await expect.poll(() => stats()).toEqual({ exported: 2, lost: 3, away: false });
    expect(owner.lines).toHaveLength(2);
    expect(owner.lines[0]).toContain('Unauthorized');
    expect(owner.lines[1]).toContain('"event":"traces_back","lost":3');
  });

  it('never answers keeps nobody waiting, and no more than the queue in memory', async () => {
    collector = await startTestCollector();
    collector.answerWith(() => undefined);
    const { stats } = await open(collector.url, 3_600_000);
    const begun = performance.now();
    record(50_000);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(stats()).toEqual({ exported: 0, lost: 50_000 - QUEUE, away: false });
    const ending = performance.now();
    await telemetry.shutDown();
    expect(performance.now() - ending).toBeLessThan(5000);
  });

  it('speaks no HTTP, or answers without end, is away', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-OpenSSH\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { readonly port: number };
    const { stats } = await open(`http://127.0.0.1:${port}`);
    record(1);
    await expect.poll(() => stats().lost).toBe(1);
    server.close();
  });

  it('takes spans in part is heard, and goes on being sent to', async () => {
    collector = await startTestCollector();
    // ExportTraceServiceResponse { partial_success { rejected_spans: 2, error_message: 'too old' } }
    const partial = Buffer.concat([Buffer.from([0x0a, 11, 0x08, 2, 0x12, 7]), Buffer.from('too old')]);
    collector.answerWith((response) => response.writeHead(200).end(partial));
    const { stats } = await open(collector.url);
    record(3);
    await expect.poll(() => stats().exported).toBe(3);
    record(QUEUE);
    await expect.poll(() => stats()).toEqual({ exported: QUEUE + 3, lost: 0, away: false });
    expect(owner.lines).toEqual([expect.stringContaining('"event":"traces_warning"')]);
    expect(owner.lines[0]).toContain('too old');
  });

  it('is none, and answers 200 with a page, is heard in one short line', async () => {
    collector = await startTestCollector();
    collector.answerWith((response) => response.writeHead(200).end('<html>'.repeat(100_000)));
    const { stats } = await open(collector.url);
    record(3);
    await expect.poll(() => stats().exported).toBe(3);
    record(QUEUE);
    await expect.poll(() => stats()).toEqual({ exported: QUEUE + 3, lost: 0, away: false });
    expect(owner.lines).toEqual([expect.stringContaining('could not deserialize response')]);
    expect(owner.lines[0]!.length).toBeLessThan(700);
  });

  it('takes nothing any more after the end: spans that end later are lost', async () => {
    collector = await startTestCollector();
    const { shutDown, stats } = await open(collector.url);
    const late = telemetry.startSpan('late')!;
    await shutDown();
    late.end();
    expect(stats()).toEqual({ exported: 0, lost: 1, away: false });
  });

  it('is there at the end gets what is queued', async () => {
    collector = await startTestCollector();
    await open(collector.url);
    record(1500);
    await telemetry.shutDown(20_000);
    expect(collector.spans).toHaveLength(1500);
    expect(telemetry.stats()).toEqual({ exported: 1500, lost: 0, away: false });
  });
});

describe('a logger that throws', () => {
  it('fails neither work nor the count of the spans', async () => {
    collector = await startTestCollector();
    collector.answerWith((response) => response.writeHead(401).end());
    const fail = () => {
      throw new Error('disk full');
    };
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    telemetry = await openTelemetry(readTelemetrySettings(environment), { ...owner, logger: { info: fail, warn: fail } });
    const links = Array.from({ length: 129 }, () => telemetry.startSpan('request')!.spanContext());
    expect(await telemetry.trace('batch', { links, parent: null }, async () => 'done')).toBe('done');
    await expect.poll(() => telemetry.stats()).toEqual({ exported: 0, lost: 1, away: true });
    collector.answerWith(undefined);
    record(1);
    await expect.poll(() => telemetry.stats()).toEqual({ exported: 1, lost: 1, away: false });
  });
});
