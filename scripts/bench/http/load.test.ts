import { describe, expect, it } from 'vitest';
import { readWrk } from './load.ts';

const URL = 'http://127.0.0.1:1/predict';
const REPORT = `Running 2s test @ ${URL}
  1 threads and 50 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.86ms    1.02ms  25.99ms   96.31%
    Req/Sec    27.21k     2.43k   30.11k    85.00%
  Latency Distribution
     50%  980.00us
     75%    1.95ms
     90%    2.21ms
     99%    1.02s
  54210 requests in 2.00s, 17.32MB read
Requests/sec:  27080.75
Transfer/sec:      8.65MB
`;

describe('reading the report of wrk', () => {
  it('takes requests, rate and percentiles, whatever their unit', () => {
    expect(readWrk(URL, REPORT)).toEqual({ requests: 54210, perSecond: 27080.75, p50Us: 980, p99Us: 1_020_000 });
  });

  it.each([
    ['answers other than 2xx', '  Non-2xx or 3xx responses: 12\n', '12 requests'],
    ['socket errors of any kind', '  Socket errors: connect 0, read 3, write 1, timeout 0\n', '4 requests'],
  ])('fails for %s', (_what, line, message) => {
    expect(() => readWrk(URL, REPORT + line)).toThrow(message);
  });

  it('fails when nothing was answered', () => {
    expect(() => readWrk(URL, REPORT.replace('54210 requests', '0 requests'))).toThrow('no request');
    expect(() => readWrk(URL, '')).toThrow('no request');
  });
});
