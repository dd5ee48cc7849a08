import { expect, it } from 'vitest';
import { ticksOf } from './test-rounds.ts';
import { trafficRows } from './traffic-csv.ts';

it('the download has a row for each outcome of each second', () => {
  expect(trafficRows(ticksOf({ '0.1.0@a': 15, '0.2.0@b': 5 }, { '0.1.0@a': 18, 'HTTP 503': 2 }))).toEqual([
    ['time', 'version', 'model', 'instance', 'failure', 'requests'],
    ['1970-01-01T00:00:00.000Z', '0.1.0', 'rf', 'a', '', 15],
    ['1970-01-01T00:00:00.000Z', '0.2.0', 'rf', 'b', '', 5],
    ['1970-01-01T00:00:01.000Z', '0.1.0', 'rf', 'a', '', 18],
    ['1970-01-01T00:00:01.000Z', '', '', '', 'HTTP 503', 2],
  ]);
});
