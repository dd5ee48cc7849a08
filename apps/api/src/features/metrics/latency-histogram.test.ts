import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createLatencyHistogram } from './latency-histogram.ts';

async function expose(fill: (histogram: ReturnType<typeof createLatencyHistogram>) => void): Promise<string[]> {
  const registry = new Registry();
  const histogram = createLatencyHistogram();
  registry.registerMetric(histogram.metric);
  fill(histogram);
  return (await registry.metrics()).split('\n').filter((line) => line !== '');
}

const bucket = (le: string, count: number) =>
  `http_request_duration_seconds_bucket{le="${le}",method="GET",route="/a",status="200"} ${count}`;

describe('the latency histogram', () => {
  it('exposes cumulative buckets, sum and count in the Prometheus text format', async () => {
    const lines = await expose(({ observer }) => {
      const observe = observer('/a');
      for (const seconds of [0.0001, 0.0005, 0.003, 20]) observe('GET', 200, seconds);
    });
    expect(lines.slice(0, 2)).toEqual([
      '# HELP http_request_duration_seconds Time from a request’s head to the end of its answer',
      '# TYPE http_request_duration_seconds histogram',
    ]);
    expect(lines).toEqual(
      expect.arrayContaining([bucket('0.0005', 2), bucket('0.0025', 2), bucket('0.005', 3), bucket('10', 3)]),
    );
    expect(lines).toContain(bucket('+Inf', 4));
    expect(lines).toContain('http_request_duration_seconds_count{method="GET",route="/a",status="200"} 4');
    const sum = lines.find((line) => line.startsWith('http_request_duration_seconds_sum{'));
    expect(Number(sum?.split(' ')[1])).toBeCloseTo(20.0036, 9);
  });

  it('keeps a series for each method, route and status, also when they alternate', async () => {
    const lines = await expose(({ observer }) => {
      const [first, again] = [observer('/a'), observer('/a')];
      for (const status of [200, 404, 200]) first('GET', status, 0);
      again('GET', 200, 0);
      again('HEAD', 200, 0);
    });
    expect(lines.filter((line) => line.includes('_count{'))).toEqual([
      'http_request_duration_seconds_count{method="GET",route="/a",status="200"} 3',
      'http_request_duration_seconds_count{method="GET",route="/a",status="404"} 1',
      'http_request_duration_seconds_count{method="HEAD",route="/a",status="200"} 1',
    ]);
  });

  it('has no series before the first request', async () => {
    expect(await expose(({ observer }) => void observer('/a'))).toHaveLength(2);
  });
});
