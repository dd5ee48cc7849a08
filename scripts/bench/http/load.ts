/** Load generators: `wrk` leaves the server the bottleneck, autocannon comes with npm but saturates before a fast server does. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import autocannon from 'autocannon';
import { BenchError } from '../bench-error.ts';

/** Connections that are kept open; each sends its next request when the last is answered. */
export const CONNECTIONS = 50;

const run = promisify(execFile);
const MICROSECONDS: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1_000_000 };

/** What one load showed. */
interface LoadFigures {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
}

/**
 * Puts load on a path for some seconds.
 *
 * @throws BenchError when any request failed or was not answered with 2xx.
 */
export type Load = (url: string, seconds: number) => Promise<LoadFigures>;

/** Load by autocannon, of one JSON body, with further header fields where these are needed. */
export function autocannonLoad(body: string, headers: Readonly<Record<string, string>> = {}): Load {
  return async function load(url, duration) {
    const result = await autocannon({
      url,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      connections: CONNECTIONS,
      duration,
    });
    const failed = result.non2xx + result.errors + result.timeouts;
    assertAnswered(url, result['2xx'], failed);
    const { p50, p99 } = result.latency;
    return { requests: result['2xx'], perSecond: result['2xx'] / result.duration, p50Us: p50 * 1000, p99Us: p99 * 1000 };
  };
}

/**
 * Load by wrk, of one JSON body; undefined where wrk is not installed.
 *
 * @param script path at which its Lua script is written.
 */
export async function wrkLoad(body: string, script: string): Promise<Load | undefined> {
  // wrk has no option that asks for its version alone: printing it ends with 1.
  const missing = await run('wrk', ['--version']).then(
    () => false,
    (error: { code?: unknown }) => error.code === 'ENOENT',
  );
  if (missing) return undefined;
  // A JSON string of printable ASCII is a Lua string too.
  const lua = `wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\nwrk.body = ${JSON.stringify(body)}\n`;
  await writeFile(script, lua);
  return async function load(url, seconds) {
    const args = [
      '--threads',
      '1',
      '--connections',
      `${CONNECTIONS}`,
      '--duration',
      `${seconds}s`,
      '--latency',
      '--script',
      script,
    ];
    const { stdout } = await run('wrk', [...args, url]);
    return readWrk(url, stdout);
  };
}

/** Reads wrk's report. */
export function readWrk(url: string, report: string): LoadFigures {
  const number = (pattern: RegExp) => Number(pattern.exec(report)?.[1] ?? Number.NaN);
  const percentile = (percent: number) => {
    const [, value, unit] = new RegExp(`^\\s+${percent}%\\s+([\\d.]+)(us|ms|s)$`, 'm').exec(report) ?? [];
    return Number(value) * MICROSECONDS[unit ?? '']!;
  };
  const failed = number(/Non-2xx or 3xx responses: (\d+)/) || 0;
  const socketErrors = /Socket errors: .*/.exec(report)?.[0].match(/\d+/g) ?? [];
  const requests = number(/(\d+) requests in/);
  assertAnswered(
    url,
    requests,
    socketErrors.reduce((sum, count) => sum + Number(count), failed),
  );
  return { requests, perSecond: number(/Requests\/sec:\s+([\d.]+)/), p50Us: percentile(50), p99Us: percentile(99) };
}

function assertAnswered(url: string, answered: number, failed: number): void {
  if (failed > 0) throw new BenchError(`${failed} requests to ${url} failed; the figures would mean nothing`);
  if (!(answered > 0)) throw new BenchError(`no request to ${url} was answered`);
}
