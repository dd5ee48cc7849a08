import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from './connection.ts';
import { TrackingError } from './errors.ts';
import { type FakeMlflow, type Fault, startFakeMlflow } from './test-mlflow.ts';

const EXISTS = 'api/2.0/mlflow/experiments/get-by-name?experiment_name=iris';

/** A busy machine answers within it. */
const ATTEMPT_MS = 2000;

let fake: FakeMlflow;
let connection: Connection;
beforeEach(async () => {
  fake = await startFakeMlflow();
  connection = new Connection({ url: fake.url, authorization: 'Bearer secret-token', attemptMs: ATTEMPT_MS });
  await connection.json({
    method: 'POST',
    path: 'api/2.0/mlflow/experiments/create',
    body: { name: 'iris' },
    isRepeatable: true,
  });
  fake.requests.length = 0;
});
afterEach(() => fake.close());

const ask = (isRepeatable = true) => connection.json({ method: 'GET', path: EXISTS, isRepeatable });

/** Meets each request with the next fault, and then with none. */
function meetWith(...faults: readonly Fault[]): void {
  const left = [...faults];
  fake.fault = () => left.shift();
}

async function failureOf(promise: Promise<unknown>): Promise<TrackingError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TrackingError);
  return error as TrackingError;
}

describe('Connection', () => {
  it('sends the credential with every request', async () => {
    await ask();
    expect(fake.headers.map(({ authorization }) => authorization)).toEqual(['Bearer secret-token', 'Bearer secret-token']);
  });

  it.each<[string, Fault]>([
    ['a 500', { status: 500, text: 'oops' }],
    ['a cut connection', 'cut'],
    ['no answer in time', 'silent'],
  ])('repeats after %s what may be repeated, and nothing else', async (_case, fault) => {
    meetWith(fault, fault);
    await ask();
    expect(fake.requests).toHaveLength(3);
    meetWith(fault);
    await failureOf(ask(false));
    expect(fake.requests).toHaveLength(4);
  });

  it('repeats anything after 429 and 503, which say that nothing was done', async () => {
    meetWith({ status: 503, text: '' }, { status: 429, text: '' });
    await ask(false);
    expect(fake.requests).toHaveLength(3);
  });

  it('gives up after three attempts', async () => {
    fake.fault = () => ({ status: 500, text: '{"error_code":"INTERNAL_ERROR","message":"database is locked"}' });
    const { code, message, details } = await failureOf(ask());
    expect([code, details.status, fake.requests.length]).toEqual(['TRACKING_FAILED', 500, 3]);
    expect(message).toBe(`MLflow at ${fake.url} failed (500: database is locked)`);
  });

  it.each<[number, string, string, RegExp]>([
    [401, 'Unauthorized', 'TRACKING_UNAUTHORIZED', /\(401\): set MLFLOW_TRACKING_USERNAME/],
    [403, 'Permission denied', 'TRACKING_UNAUTHORIZED', /refuses who asks/],
    [
      403,
      'Invalid Host header - possible DNS rebinding attack detected',
      'TRACKING_HOST_REFUSED',
      /--allowed-hosts 127\.0\.0\.1:\d+$/,
    ],
    [404, '{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no run"}', 'TRACKING_NOT_FOUND', /404: no run$/],
    [400, '{"error_code":"INVALID_PARAMETER_VALUE","message":"bad"}', 'TRACKING_REFUSED', /400: bad$/],
    [404, '<html>a page</html>', 'TRACKING_NOT_FOUND', /answers 404$/],
  ])('says of a %s with %j what it means, at the first attempt', async (status, text, code, message) => {
    fake.fault = () => ({ status, text });
    const error = await failureOf(ask());
    expect([error.code, fake.requests.length]).toEqual([code, 1]);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('secret-token');
  });

  it('says of another server that it is none of MLflow’s', async () => {
    meetWith({ status: 200, text: '<html>welcome</html>' });
    expect((await failureOf(ask())).message).toMatch(/is it an MLflow server\?$/);
  });

  it('says of a port where nobody listens why it cannot be reached', async () => {
    await fake.close();
    const { code, message } = await failureOf(ask());
    expect([code, message]).toEqual(['TRACKING_UNREACHABLE', `MLflow at ${fake.url} cannot be reached (ECONNREFUSED)`]);
  });

  it('ends all attempts together at its deadline', async () => {
    fake.fault = () => 'silent';
    const begun = performance.now();
    const { code, message } = await failureOf(
      new Connection({ url: fake.url }).within(300).json({ method: 'GET', path: EXISTS, isRepeatable: true }),
    );
    expect([code, message]).toEqual(['TRACKING_UNREACHABLE', `MLflow at ${fake.url} took too long`]);
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it('reads no more of an answer than it may', async () => {
    meetWith({ status: 200, text: 'x'.repeat(100_000) });
    const error = await failureOf(connection.bytes({ method: 'GET', path: EXISTS, isRepeatable: true, maxBytes: 1000 }));
    expect([error.code, error.details]).toEqual(['TRACKING_ANSWER', { maxBytes: 1000 }]);
  });
});
