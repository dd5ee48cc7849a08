import Fastify from 'fastify';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors.ts';
import { installProblems, showError } from './problems.ts';

/** An app whose only route throws, and what it logged. */
async function answerOf(error: unknown) {
  const lines: string[] = [];
  const app = Fastify();
  installProblems(app, pino({ level: 'error' }, { write: (line) => lines.push(line) }));
  app.get('/', () => {
    throw error;
  });
  const response = await app.inject('/');
  await app.close();
  return { response, lines };
}

describe('installProblems', () => {
  it('shows nothing of a fault of ours, and logs it with its trace', async () => {
    const { response, lines } = await answerOf(new TypeError('password hunter2 at /srv/app.ts'));
    expect([response.statusCode, response.headers['content-type']]).toEqual([500, 'application/problem+json']);
    expect(response.json()).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      code: 'INTERNAL',
      detail: 'Something failed inside the server; it has been logged.',
    });
    expect(JSON.parse(lines[0]!)).toMatchObject({ code: 'INTERNAL', err: { message: expect.stringContaining('hunter2') } });
  });

  it('shows nothing of an error that claims to be a client’s and is not', async () => {
    const { response } = await answerOf(Object.assign(new Error('row 7 of /srv/db'), { statusCode: 418 }));
    expect(response.json()).toMatchObject({ status: 400, code: 'BAD_REQUEST', detail: 'The request cannot be read.' });
  });

  it.each([
    ['OVERLOADED', 503, 'retry-after', '1'],
    ['UNAUTHORIZED', 401, 'retry-after', undefined],
  ] as const)('sends the header field that %s asks for, and logs nothing', async (code, status, field, value) => {
    const { response, lines } = await answerOf(new ApiError(code, 'told'));
    expect([response.statusCode, response.json().status, response.headers[field]]).toEqual([status, status, value]);
    expect(lines).toEqual([]);
  });

  it('sends faults with their pointers', async () => {
    const errors = [{ pointer: '/a~1b', detail: 'is missing' }];
    expect((await answerOf(new ApiError('VALIDATION_FAILED', 'told', errors))).response.json()).toMatchObject({
      status: 422,
      errors,
    });
  });
});

describe('showError', () => {
  it.each([
    ['FST_ERR_CTP_BODY_TOO_LARGE', 413],
    ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 415],
    ['FST_ERR_MAX_PARAM_LENGTH', 414],
  ])('knows Fastify’s %s', (code, status) => {
    expect(showError(Object.assign(new Error('x'), { code, statusCode: 500 })).status).toBe(status);
  });
});
