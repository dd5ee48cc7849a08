import { describe, expect, it } from 'vitest';
import { createTestApp, SETOSA } from '../../test-app.ts';

describe('GET /metrics', () => {
  it('counts requests by route and status, predictions by class and version, and the log', async () => {
    const { app, log } = await createTestApp();
    await app.inject({ method: 'POST', url: '/predict', payload: SETOSA });
    await app.inject({ method: 'POST', url: '/predict', payload: {} });
    await log?.writer.flush();
    const { body, headers } = await app.inject('/metrics');
    expect(headers['content-type']).toMatch(/^text\/plain; version=0.0.4/);
    expect(body).toContain('http_request_duration_seconds_count{method="POST",route="/predict",status="200"} 1');
    expect(body).toContain('http_request_duration_seconds_count{method="POST",route="/predict",status="422"} 1');
    expect(body).toContain('predictions_total{class="setosa",version="0.1.0"} 1');
    expect(body).toContain('prediction_log_written_total 1');
    expect(body).toContain('prediction_log_dropped_total 0');
    expect(body).toContain('prediction_log_queued 0');
    await app.close();
  });

  it('times what is refused before it is handled from its own start too', async () => {
    const { app } = await createTestApp({ environment: { API_KEY: 'abc123' } });
    expect((await app.inject({ method: 'POST', url: '/predict', payload: SETOSA })).statusCode).toBe(401);
    const { body } = await app.inject('/metrics');
    const sum = /_sum\{method="POST",route="\/predict",status="401"\} (\S+)/.exec(body)?.[1];
    expect(Number(sum)).toBeGreaterThan(0);
    expect(Number(sum)).toBeLessThan(1);
    await app.close();
  });

  it('counts a stream once it has ended, and HEAD apart from GET', async () => {
    const { app } = await createTestApp();
    const headers = { 'content-type': 'application/x-ndjson' };
    await app.inject({ method: 'POST', url: '/predict/batch', headers, payload: `${JSON.stringify(SETOSA)}\n` });
    await app.inject({ method: 'HEAD', url: '/version' });
    await app.inject('/version');
    const counts = (await app.inject('/metrics')).body.split('\n').filter((line) => line.includes('_count{'));
    expect(counts).toEqual([
      'http_request_duration_seconds_count{method="POST",route="/predict/batch",status="200"} 1',
      'http_request_duration_seconds_count{method="HEAD",route="/version",status="200"} 1',
      'http_request_duration_seconds_count{method="GET",route="/version",status="200"} 1',
    ]);
    await app.close();
  });

  it('has one series for all paths and methods that match nothing', async () => {
    const { app } = await createTestApp();
    for (const url of ['/a', '/b', '/c?d']) await app.inject(url);
    await app.inject({ method: 'PATCH', url: '/predict' });
    const { body } = await app.inject('/metrics');
    const unmatched = body.split('\n').filter((line) => line.includes('_count') && line.includes('unmatched'));
    expect(unmatched).toEqual([
      'http_request_duration_seconds_count{method="any",route="unmatched",status="404"} 3',
      'http_request_duration_seconds_count{method="any",route="unmatched",status="405"} 1',
    ]);
    await app.close();
  });

  it('asks for the monitoring token when one is set', async () => {
    const { app } = await createTestApp({ environment: { MONITORING_TOKEN: 'abc123' } });
    const ask = (authorization?: string) =>
      app.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } });
    const refused = await ask();
    expect([refused.statusCode, refused.json().detail]).toEqual([401, expect.stringContaining('Authorization: Bearer')]);
    expect((await ask('Bearer abc12')).statusCode).toBe(401);
    expect((await ask('Basic abc123')).statusCode).toBe(401);
    expect((await ask('Bearer abc123')).statusCode).toBe(200);
    await app.close();
  });
});
