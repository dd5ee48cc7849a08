import { describe, expect, it } from 'vitest';
import type { ApiClient } from './api-client.ts';
import { answerTraffic } from './traffic.ts';

const answering: Pick<ApiClient, 'onFreshConnection'> = {
  onFreshConnection: (questions) =>
    questions(
      async () =>
        Response.json({ version: '0.1.0', model: 'rf', instance: 'a' }) as unknown as Awaited<ReturnType<ApiClient['ask']>>,
    ),
};

async function ask(body: string, granted = 50) {
  const request = new Request('http://localhost/api/traffic', { method: 'POST', body });
  const answer = await answerTraffic(request, answering, (wanted) => Math.min(wanted, granted));
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('POST /api/traffic', () => {
  it('sends as many as are asked for, and says how many were held back', async () => {
    const answers = (count: number) => [{ version: '0.1.0', model: 'rf', instance: 'a', count }];
    expect((await ask('{"requests": 20}')).body).toEqual({ held: 0, answers: answers(20), failures: [] });
    expect((await ask('{"requests": 20}', 5)).body).toEqual({ held: 15, answers: answers(5), failures: [] });
    expect((await ask('{"requests": 20}', 0)).body).toEqual({ held: 20, answers: [], failures: [] });
  });

  it.each([
    '',
    '{}',
    'null',
    '{',
    '{"requests": 0}',
    '{"requests": 51}',
    '{"requests": 1.5}',
    '{"requests": "20"}',
    `"${'x'.repeat(2000)}"`,
  ])('refuses %j', async (sent) => {
    const { status, body } = await ask(sent);
    expect([status, body.code]).toEqual([400, 'REQUESTS_INVALID']);
  });
});
