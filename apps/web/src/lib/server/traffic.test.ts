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

async function ask(query: string, { granted = 50, site }: { granted?: number; site?: string } = {}) {
  const request = new Request(`http://localhost/api/traffic${query}`, { headers: site ? { 'sec-fetch-site': site } : {} });
  const answer = await answerTraffic(request, answering, (wanted) => Math.min(wanted, granted));
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('GET /api/traffic', () => {
  it('sends as many as are asked for, and says how many were held back', async () => {
    const answers = (count: number) => [{ version: '0.1.0', model: 'rf', instance: 'a', count }];
    expect((await ask('?requests=20')).body).toEqual({ held: 0, answers: answers(20), failures: [] });
    expect((await ask('?requests=20', { granted: 5 })).body).toEqual({ held: 15, answers: answers(5), failures: [] });
    expect((await ask('?requests=20', { granted: 0 })).body).toEqual({ held: 20, answers: [], failures: [] });
  });

  it.each(['', '?requests=0', '?requests=51', '?requests=1.5', '?requests=-1', '?requests=many'])('refuses %j', async (query) => {
    const { status, body } = await ask(query);
    expect([status, body.code]).toEqual([400, 'QUERY_NOT_FORWARDED']);
  });

  it('refuses other sites: their visitors would probe for them', async () => {
    const { status, body } = await ask('?requests=20', { site: 'cross-site' });
    expect([status, body.code]).toEqual([403, 'CROSS_SITE']);
    expect((await ask('?requests=20', { site: 'same-origin' })).status).toBe(200);
  });
});
