/**
 * The histogram of request times. Counting happens on every request and reading every few seconds, so a count is an addition in an
 * array: prom-client's own `observe` copies, checks and hashes its labels each time, some 1 µs for what is 30 ns here.
 */
import type { Histogram } from 'prom-client';

const NAME = 'http_request_duration_seconds';
/** Upper bounds of the buckets in seconds. */
const BOUNDS_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Counts a finished request of one route. */
export type ObserveRequest = (method: string, status: number, seconds: number) => void;

interface Series {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  /** Requests by bucket, not cumulative; the last entry is beyond all bounds. */
  readonly counts: number[];
  sum: number;
}

/** Request times by method, route and status. */
export interface LatencyHistogram {
  /** Gives the function that counts the requests of a route; ask once for each. */
  observer(route: string): ObserveRequest;
  /** The figures as prom-client's registry reads them. */
  readonly metric: Histogram<string>;
}

/** An empty histogram. Its size is bounded by the routes, their methods and the statuses that they answer. */
export function createLatencyHistogram(): LatencyHistogram {
  const all: Series[] = [];

  function find(route: string, method: string, status: number): Series {
    const known = all.find((series) => series.route === route && series.method === method && series.status === status);
    if (known) return known;
    const added = { method, route, status, counts: new Array<number>(BOUNDS_S.length + 1).fill(0), sum: 0 };
    all.push(added);
    return added;
  }

  function observer(route: string): ObserveRequest {
    let latest: Series | undefined;
    return function observe(method, status, seconds) {
      if (latest?.method !== method || latest.status !== status) latest = find(route, method, status);
      let bucket = 0;
      while (bucket < BOUNDS_S.length && seconds > BOUNDS_S[bucket]!) bucket++;
      latest.counts[bucket]! += 1;
      latest.sum += seconds;
    };
  }

  const metric = {
    name: NAME,
    get: async () => ({
      name: NAME,
      help: 'Time from a request’s head to the end of its answer',
      type: 'histogram',
      aggregator: 'sum',
      values: all.flatMap(valuesOf),
    }),
  };
  // The registry needs no more of a metric than its name and `get`.
  return { observer, metric: metric as unknown as Histogram<string> };
}

/** Cumulative buckets, sum and count, as the exposition format has them. */
function valuesOf({ method, route, status, counts, sum }: Series) {
  const labels = { method, route, status };
  let total = 0;
  const buckets = counts.map((count, index) => {
    total += count;
    return { metricName: `${NAME}_bucket`, labels: { le: BOUNDS_S[index] ?? '+Inf', ...labels }, value: total };
  });
  return [...buckets, { metricName: `${NAME}_sum`, labels, value: sum }, { metricName: `${NAME}_count`, labels, value: total }];
}
