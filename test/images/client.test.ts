import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Container, startContainer } from './support/container.ts';
import { docker } from './support/docker.ts';

const NETWORK = `iris-test-${process.pid}`;

let api: Container;
let client: Container;

beforeAll(async () => {
  await docker('network', 'create', NETWORK);
  api = await startContainer({
    image: 'mlops-server:0.2.0',
    options: ['--network', NETWORK, '--network-alias', 'mlops-server-svc'],
  });
  client = await startContainer({
    image: 'mlops-client:latest',
    port: 8501,
    ready: '/healthz',
    environment: { API_URL: 'http://mlops-server-svc:8000' },
    options: ['--network', NETWORK],
  });
});

afterAll(async () => {
  await client?.remove();
  await api?.remove();
  await docker('network', 'rm', NETWORK);
});

describe('mlops-client:latest with a read-only root (F2-3)', () => {
  it.each(['/', '/batch', '/history', '/traffic', '/model'])('shows the page %s', async (path) => {
    const page = await client.get(path);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('reads API_URL when it starts, and knows which version and model are active', async () => {
    expect(await (await client.get('/api/backend')).json()).toMatchObject({ version: { version: '0.2.0', model: 'svm' } });
  });

  it('predicts through its server side', async () => {
    const sample = { sepal_length: 6.3, sepal_width: 3.3, petal_length: 6, petal_width: 2.5 };
    expect(await client.post('/api/predict', sample)).toMatchObject({ prediction: 'virginica', version: '0.2.0' });
  });

  it('serves every script and style that a page asks for, and complains of nothing in its log', async () => {
    const page = await (await client.get('/')).text();
    const assets = [...new Set([...page.matchAll(/(?:src|href)="(\/_next\/[^"]+)"/g)].map(([, path]) => path!))];
    expect(assets.length).toBeGreaterThan(3);
    for (const path of assets) expect((await client.get(path)).status, path).toBe(200);
    expect(await client.logs()).not.toMatch(/error|warn|EROFS/i);
  });
});
