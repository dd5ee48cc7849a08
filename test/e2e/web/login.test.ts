import { request as httpRequest } from 'node:http';
import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { CLIENT_PROGRAM } from '../../../scripts/client/build.ts';
import { startNode } from '../support/processes.ts';
import type { ClientProcess } from './support/client-process.ts';
import { expectAccessible, expectNoSidewaysScroll, it, PATHS, PHONE } from './support/page.ts';

const KEY = 'supersecretkey123';
const PASSWORD = 'correct horse battery';
const LOCKED = { API_KEY: KEY, LOGIN_PASSWORD: PASSWORD };
const API_PATHS = ['/api/backend', '/api/version', '/api/model', '/api/samples', '/api/predictions', '/api/predict', '/api/chat'];
/** What makes Next answer with data or a part of a page instead of the whole. */
const DISGUISES = [
  {},
  { rsc: '1' },
  { 'next-router-prefetch': '1', rsc: '1' },
  { purpose: 'prefetch' },
  { 'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy' },
];

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Asks as a program does that may write any header field. */
function ask(client: ClientProcess, path: string, { method = 'GET', headers = {}, body = '' } = {}): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const outgoing = httpRequest(client.url + path, { method, headers, agent: false }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () =>
      resolve({ status: response.statusCode!, headers: response.headers, body: `${Buffer.concat(chunks)}` }),
    );
  });
  outgoing.once('error', reject).end(body);
  return promise;
}

/** Follows where Next itself sends a request on, as to the address that a part of a page has. */
async function askOn(client: ClientProcess, path: string, options: Parameters<typeof ask>[2]): Promise<Answer> {
  const answer = await ask(client, path, options);
  const on = new URL(String(answer.headers.location ?? ''), client.url);
  return answer.status === 307 || answer.status === 308 ? ask(client, on.pathname + on.search, options) : answer;
}

function logIn(client: ClientProcess, password: string, headers = {}): Promise<Answer> {
  const body = new URLSearchParams({ password, next: '/model' }).toString();
  return ask(client, '/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });
}

const cookieOf = ({ headers }: Answer): string => headers['set-cookie']![0]!.split(';')[0]!;

describe('a client with a key, seen by who is not logged in', () => {
  it('shows no page and no data, however it is asked', async ({ startApi, startClient }) => {
    const api = await startApi('iris-rf', { API_KEY: KEY });
    const client = await startClient({ API_URL: api.url, ...LOCKED });
    for (const headers of DISGUISES) {
      for (const path of [...PATHS, '/no-such-page', '/apis', '/healthz/x', '/Model', '/%6dodel', '//model']) {
        const { status, headers: answer, body } = await askOn(client, path, { headers });
        expect([303, 404], `${path} ${JSON.stringify(headers)}`).toContain(status);
        if (status === 303) expect(answer.location).toMatch(/^\/login\?next=/);
        expect(body).not.toMatch(/setosa|sepal|0\.1\.0/);
      }
      for (const path of API_PATHS) {
        for (const method of ['GET', 'POST']) {
          const json = { 'content-type': 'application/json' };
          const { status, body } = await askOn(client, path, { method, headers: { ...headers, ...json } });
          expect([401, 405], `${method} ${path}`).toContain(status);
          expect(body).not.toMatch(/setosa|sepal|0\.1\.0/);
        }
      }
    }
  });

  it('still answers probes, and sends what the log-in page is made of', async ({ startClient }) => {
    const client = await startClient({ API_URL: 'http://127.0.0.1:1', ...LOCKED });
    const page = await ask(client, '/login');
    expect(page.status).toBe(200);
    const files = [...page.body.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g)].map(([, path]) => path!);
    expect(files.length).toBeGreaterThan(3);
    for (const path of ['/healthz', '/icon.svg', ...files]) expect((await ask(client, path)).status, path).toBe(200);
  });

  it('lets in with the password and only with it; another replica knows the session', async ({ startApi, startClient }) => {
    const api = await startApi('iris-rf', { API_KEY: KEY });
    const [client, replica] = [
      await startClient({ API_URL: api.url, ...LOCKED }),
      await startClient({ API_URL: api.url, ...LOCKED }),
    ];
    const wrong = await logIn(client, 'not the password');
    expect([wrong.status, wrong.headers.location, wrong.headers['set-cookie']]).toEqual([
      303,
      '/login?fault=wrong&next=%2Fmodel',
      undefined,
    ]);
    await expect.poll(() => client.lines.join('\n')).toContain('"msg":"log-in refused","fault":"wrong","address":"127.0.0.1"');
    const right = await logIn(client, PASSWORD);
    expect([right.status, right.headers.location]).toEqual([303, '/model']);
    const headers = { cookie: cookieOf(right) };
    for (const each of [client, replica]) {
      expect((await ask(each, '/api/version', { headers })).body).toContain('0.1.0');
      expect((await ask(each, '/model', { headers })).status).toBe(200);
    }
    const out = await ask(client, '/api/session/end', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([out.status, out.headers.location, cookieOf(out)]).toEqual([303, '/login', `${headers.cookie.split('=')[0]}=`]);
  });

  it('bounds attempts by the connection’s address, not by what the caller calls itself', async ({ startClient }) => {
    const client = await startClient({ API_URL: 'http://127.0.0.1:1', ...LOCKED });
    const cookie = cookieOf(await logIn(client, PASSWORD));
    const answers = [];
    for (let n = 0; n < 15; n++) {
      answers.push(await logIn(client, `guess ${n}`, { 'x-forwarded-for': `192.0.2.${n}`, 'x-iris-peer': `192.0.2.${n}` }));
    }
    expect(answers.map(({ headers }) => headers.location)).toContain('/login?fault=tooMany&next=%2Fmodel');
    // Who has known the password is not kept out by them.
    expect((await logIn(client, PASSWORD, { cookie })).headers.location).toBe('/model');
  });

  it('does not start without a password, unless something else lets people in', async () => {
    const client = startNode([CLIENT_PROGRAM], { API_KEY: KEY, HOST: '0.0.0.0' });
    expect(await client.ended).toBe(78);
    expect(client.lines).toEqual([expect.stringMatching(/^LOGIN_PASSWORD: is needed with API_KEY/)]);
  });
});

describe('what another site’s page asks', () => {
  const EVIL = { origin: 'http://evil.example', 'content-type': 'text/plain' };

  it.for([
    ['/api/chat'],
    ['/api/feedback'],
    ['/api/predict'],
    ['/api/predict/batch'],
    ['/api/explain'],
    ['/api/traffic'],
    ['/api/session'],
    ['/api/session/end'],
  ] as const)('is refused at %s, with and without Sec-Fetch-Site', async ([path], { startClient }) => {
    const client = await startClient({ API_URL: 'http://127.0.0.1:1', AGENT_URL: 'http://127.0.0.1:1' });
    const send = (headers: Record<string, string>) => ask(client, path, { method: 'POST', headers, body: '{}' });
    expect((await send(EVIL)).body).toContain('CROSS_SITE');
    expect((await send({ ...EVIL, 'sec-fetch-site': 'cross-site' })).body).toContain('CROSS_SITE');
    // As a form of a page without a referrer is sent.
    expect((await send({ 'content-type': 'text/plain' })).body).toContain('MEDIA_TYPE_REFUSED');
  });
});

const TEXTS = {
  en: { title: 'Log in', password: 'Password', submit: 'Log in', wrong: 'This is not the password', out: 'Log out' },
  fr: {
    title: 'Connexion',
    password: 'Mot de passe',
    submit: 'Se connecter',
    wrong: 'Mot de passe incorrect',
    out: 'Se déconnecter',
  },
} as const;

async function submit(page: Page, locale: 'en' | 'fr', password: string): Promise<void> {
  await page.getByLabel(TEXTS[locale].password).fill(password);
  await page.getByRole('button', { name: TEXTS[locale].submit, exact: true }).click();
}

describe('the log-in page', () => {
  it.for(['en', 'fr'] as const)(
    '%s: is accessible in both schemes and on a phone, and leads in and out',
    async (locale, { openPage, startApi, startClient }) => {
      const api = await startApi('iris-rf', { API_KEY: KEY });
      const client = await startClient({ API_URL: api.url, ...LOCKED });
      // A look at who answers that is on its way when the session ends is refused.
      const page = await openPage({ url: client.url, path: '/model?x=1', locale, expected: /401/ });
      await page.getByRole('heading', { name: TEXTS[locale].title }).waitFor();
      await submit(page, locale, 'not the password');
      await page.getByRole('alert').getByText(TEXTS[locale].wrong).waitFor();
      await expectAccessible(page);
      await page.setViewportSize(PHONE);
      await expectNoSidewaysScroll(page);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
      await expectAccessible(page);

      await submit(page, locale, PASSWORD);
      await page.waitForURL(`${client.url}/model?x=1`);
      await page.getByRole('table').first().waitFor();
      await expectNoSidewaysScroll(page);
      await page.getByRole('button', { name: TEXTS[locale].out }).click();
      await page.getByRole('heading', { name: TEXTS[locale].title }).waitFor();
      await page.goto(`${client.url}/model`);
      expect(page.url()).toContain('/login?next=%2Fmodel');
    },
  );

  it('works without a script', async ({ browser, startApi, startClient }) => {
    const api = await startApi('iris-rf', { API_KEY: KEY });
    const client = await startClient({ API_URL: api.url, ...LOCKED });
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
    try {
      const page = await context.newPage();
      await page.goto(`${client.url}/history`);
      await submit(page, 'en', PASSWORD);
      await page.waitForURL(`${client.url}/history`);
    } finally {
      await context.close();
    }
  });

  it('is asked for in words when a session ends under an open page, which goes on after it', async ({
    openPage,
    startApi,
    startClient,
  }) => {
    const api = await startApi('iris-rf', { API_KEY: KEY });
    const client = await startClient({ API_URL: api.url, ...LOCKED });
    const page = await openPage({ url: client.url, expected: /401/ });
    await submit(page, 'en', PASSWORD);
    await page.getByText('Healthy').waitFor();
    await page.context().clearCookies();
    await page.getByText('Logged out', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Predict', exact: true }).click();
    await page.getByText('You are logged out').waitFor();
    const tab = await page.context().newPage();
    await tab.goto(`${client.url}/login`);
    await submit(tab, 'en', PASSWORD);
    await tab.waitForURL(`${client.url}/`);
    await page.getByText('Healthy').waitFor();
  });

  it('is not there where nobody has to log in', async ({ openPage }) => {
    const page = await openPage({ path: '/login?next=/model' });
    await page.waitForURL(`${inject('clientUrl')}/model`);
    expect(await page.getByRole('button', { name: 'Log out' }).count()).toBe(0);
  });
});
