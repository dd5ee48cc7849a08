import { describe, expect, inject } from 'vitest';
import { CLIENT_PROGRAM } from '../../../scripts/client/build.ts';
import { startLoad } from '../support/no-retry-client.ts';
import { startNode } from '../support/processes.ts';
import { it, PATHS } from './support/page.ts';

const KEY = 'supersecretkey123';
const SAMPLE = { features: [5.1, 3.5, 1.4, 0.2] };

describe('F2-3: the client’s server', () => {
  it('reads API_URL when it starts: the same build shows another API', async ({ startApi, startClient }) => {
    const churn = await startApi('churn-logreg');
    const client = await startClient({ API_URL: churn.url });
    const answer = await fetch(`${client.url}/api/backend`);
    expect(await answer.json()).toMatchObject({ version: { dataset: 'churn', version: '1.0.0' }, readiness: 'READY' });
  });

  it('sets a policy with a nonce of its own on every page, and security headers on everything', async () => {
    const url = inject('clientUrl');
    const policies = new Set<string>();
    for (const path of [...PATHS, '/no-such-page']) {
      const page = await fetch(url + path);
      const policy = page.headers.get('content-security-policy')!;
      const nonce = /'nonce-([^']+)'/.exec(policy)![1]!;
      policies.add(nonce);
      const scripts = (await page.text()).match(/<script\b[^>]*>/g)!;
      expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
    }
    expect(policies.size).toBe(PATHS.length + 1);
    for (const path of ['/', '/healthz', '/api/version', '/icon.svg']) {
      const { headers } = await fetch(url + path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('ends with exit code 78 and one line for each fault of its configuration', async () => {
    const client = startNode([CLIENT_PROGRAM], { PORT: 'eighty', API_URL: 'nowhere' });
    expect(await client.ended).toBe(78);
    expect(client.lines.map((line) => line.split(':')[0])).toEqual(['PORT', 'API_URL']);
  });

  it('/healthz answers whatever the API does', async ({ startClient }) => {
    const client = await startClient({ API_URL: 'http://127.0.0.1:1' });
    expect((await fetch(`${client.url}/healthz`)).status).toBe(200);
    const answer = await fetch(`${client.url}/api/model`);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([502, 'API_UNREACHABLE']);
  });

  it('0 failed requests over SIGTERM, with keep-alive clients that never retry', async ({ startApi, startClient }) => {
    const api = await startApi('iris-rf');
    const [old, next] = [await startClient({ API_URL: api.url, DRAIN_MS: '2000' }), await startClient({ API_URL: api.url })];
    let port = old.port;
    const pages = startLoad({ port: () => port, clients: 5, path: '/' });
    const predictions = startLoad({ port: () => port, clients: 15, path: '/api/predict?log=false', body: () => SAMPLE });
    await expect.poll(() => Math.min(pages.result.answered, predictions.result.answered)).toBeGreaterThan(20);
    const ended = old.terminate();
    // Endpoints move some time after the signal.
    await new Promise((resolve) => setTimeout(resolve, 500));
    port = next.port;
    expect(await ended).toBe(0);
    expect((await pages.stop()).failures).toEqual([]);
    expect((await predictions.stop()).failures).toEqual([]);
  });
});

describe('P5-7, F3-2: the API’s key', () => {
  it('is used by the server side, and is in nothing that a browser gets', async ({ openPage, startApi, startClient }) => {
    const api = await startApi('iris-rf', { API_KEY: KEY });
    const client = await startClient({ API_URL: api.url, API_KEY: KEY });
    // The history of an API without a log, which the page may ask for before it is left.
    const page = await openPage({ url: client.url, expected: /404/ });
    const received: string[] = [];
    page.on('response', async (response) => {
      received.push(JSON.stringify(response.headers()), await response.text().catch(() => ''));
    });
    for (const path of PATHS) {
      await page.goto(client.url + path);
      await page.getByText('Healthy').waitFor();
    }
    await page.goto(client.url);
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await page.getByRole('region', { name: 'Answer' }).locator('code').waitFor();
    expect(received.length).toBeGreaterThan(40);
    expect(received.filter((text) => text.includes(KEY))).toEqual([]);
  });

  it('when it is wrong, the page says so, and nothing of the key', async ({ openPage, startApi, startClient }) => {
    const api = await startApi('iris-rf', { API_KEY: KEY });
    const client = await startClient({ API_URL: api.url, API_KEY: 'wrong-key' });
    const page = await openPage({ url: client.url, expected: /502/ });
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await page.getByRole('region', { name: 'Answer', exact: true }).getByText('The API refuses this client').waitFor();
    expect(await page.content()).not.toContain('wrong-key');
  });
});
