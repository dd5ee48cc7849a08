import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { expectAccessible, expectNoSidewaysScroll, it, PHONE } from './support/page.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const CHURNING = { tenure_months: 2, num_complaints: 6, avg_session_minutes: 4, plan_type: 'basic', region: 'EU' };

async function feedbackOf(requestId: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT feedback FROM predictions WHERE request_id = $1', [requestId]);
    return rows[0]?.feedback;
  } finally {
    await client.end();
  }
}

/** A log of files that no other test writes to. */
async function ownLog(): Promise<{ readonly PREDICTION_LOG: string }> {
  return { PREDICTION_LOG: `file:${await mkdtemp(join(tmpdir(), 'iris-history-'))}` };
}

/** Asks for a logged prediction under a request id. */
async function predict(url: string, requestId: string, sample: object = SETOSA, headers: object = {}): Promise<void> {
  const answer = await fetch(`${url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ ...sample, request_id: requestId }),
  });
  expect(answer.status).toBe(200);
}

async function predictMany(url: string, first: number, last: number): Promise<void> {
  for (let number = first; number <= last; number++) await predict(url, `r${number}`);
}

/** Through the client that all tests share. */
const predictHere = (requestId: string) => predict(`${inject('clientUrl')}/api`, requestId);

/** The row of a prediction. */
const rowOf = (page: Page, requestId: string): Locator => page.getByRole('row').filter({ hasText: requestId });

/** Buttons that copy come with the page's script: what is clicked before it runs is lost. */
const scriptRuns = (page: Page): Promise<void> => page.getByRole('button', { name: /^Copy/ }).first().waitFor();

async function tell(page: Page, requestId: string, label: string): Promise<void> {
  await scriptRuns(page);
  await rowOf(page, requestId)
    .getByRole('button', { name: /It was in fact|setosa|versicolor|virginica/ })
    .click();
  await page.getByRole('menuitem', { name: label }).click();
}

/** Request ids as they stand on the page. */
async function requestIds(page: Page): Promise<string[]> {
  await page.getByRole('row').nth(1).waitFor();
  return page.locator('tbody code').allTextContents();
}

/** Expects that the page comes to show these, in this order. */
async function expectShown(page: Page, ids: readonly string[]): Promise<void> {
  await expect.poll(() => requestIds(page)).toEqual(ids);
}

const numbered = (first: number, last: number) => Array.from({ length: first - last + 1 }, (_, index) => `r${first - index}`);

describe('F2-3, F3-3: what it was in fact', () => {
  it('is told in the history and stands in PostgreSQL', async ({ openPage }) => {
    await predictHere('round-1');
    const page = await openPage({ path: '/history?version=0.1.0' });
    const row = rowOf(page, 'round-1');
    await tell(page, 'round-1', 'versicolor');
    await row.getByText('Saved').waitFor();
    expect(await feedbackOf('round-1')).toBe('versicolor');
    await row.getByRole('img', { name: 'wrong' }).waitFor();
    await page.getByRole('img', { name: /Accuracy in service: .*0\.1\.0: [\d.]+%, between/ }).waitFor();

    await page.reload();
    await tell(page, 'round-1', 'setosa');
    await row.getByText('Saved').waitFor();
    await row.getByRole('img', { name: 'right' }).waitFor();
    expect(await feedbackOf('round-1')).toBe('setosa');
  });

  it('can be told with the keyboard alone, and is accessible while it is', async ({ openPage }) => {
    await predictHere('keys-1');
    const page = await openPage({ path: '/history' });
    const row = rowOf(page, 'keys-1');
    await scriptRuns(page);
    await row.getByRole('button', { name: 'It was in fact' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await expectAccessible(page);
    const focused = () => page.evaluate('document.activeElement.textContent');
    await expect.poll(focused).toBe('setosa');
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe('versicolor');
    await page.keyboard.press('Enter');
    await row.getByText('Saved').waitFor();
    expect(await feedbackOf('keys-1')).toBe('versicolor');
  });
});

describe('F2-3: the prediction log', () => {
  it('is read page by page, and its address keeps filters and page', async ({ openPage, startApi, startClient }) => {
    const api = await startApi('iris-logreg', await ownLog());
    await predictMany(api.url, 1, 60);
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url, path: '/history?span=day' });
    await expectShown(page, numbered(60, 36));
    await scriptRuns(page);
    await page.getByLabel('Version').selectOption('0.3.0');
    await page.locator('a[href*="version=0.3.0"]', { hasText: 'Older' }).click();
    await expectShown(page, numbered(35, 11));
    await page.reload();
    await expectShown(page, numbered(35, 11));
    await scriptRuns(page);
    expect(await page.getByLabel('Version').inputValue()).toBe('0.3.0');
    await page.getByRole('link', { name: 'Older' }).click();
    await expectShown(page, numbered(10, 1));
    expect(await page.getByRole('link', { name: 'Older' }).count()).toBe(0);
    await page.goBack();
    await expectShown(page, numbered(35, 11));
    await page.getByRole('link', { name: 'Newer' }).click();
    await expectShown(page, numbered(60, 36));
    expect(new URL(page.url()).search).toBe('?version=0.3.0&span=day');
    await page.getByLabel('Predicted class').selectOption('virginica');
    await page.getByText('No prediction matches these filters.').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await expectShown(page, numbered(60, 36));

    // It does not move under the reader: what comes is announced, and taken in on demand.
    await predictMany(api.url, 61, 62);
    const announcement = page.getByRole('button', { name: 'Show 2 new predictions' });
    await announcement.waitFor();
    expect(await requestIds(page)).toEqual(numbered(60, 36));
    await announcement.click();
    await expectShown(page, numbered(62, 38));
    expect(await announcement.count()).toBe(0);
  });

  it('a filter that is chosen before the page’s script runs is applied once it does', async ({ openPage }) => {
    await predictHere('early-1');
    const page = await openPage({ path: '/history' });
    const script = Promise.withResolvers<void>();
    await page.route('**/_next/static/**/*.js', (route) => script.promise.then(() => route.continue()));
    await page.goto(page.url(), { waitUntil: 'commit' });
    await page.getByLabel('Predicted class').selectOption('virginica');
    script.resolve();
    await page.waitForURL(/\?prediction=virginica$/);
  });

  it('shows what each row holds, in the reader’s language and time zone', async ({ openPage }) => {
    await predictHere('whole-1');
    const page = await openPage({ path: '/history', locale: 'fr' });
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setTimezoneOverride', { timezoneId: 'Asia/Kolkata' });
    await page.reload();
    const row = rowOf(page, 'whole-1');
    const time = row.locator('time');
    const instant = (await time.getAttribute('datetime'))!;
    const format = new Intl.DateTimeFormat('fr', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Asia/Kolkata' });
    await expect.poll(() => time.textContent()).toBe(format.format(new Date(instant)));
    const { instance } = (await (await fetch(`${inject('clientUrl')}/api/version`)).json()) as { instance: string };
    const text = (await row.textContent())!;
    for (const part of ['setosa', '100\u202f%', 'Sepal length5,1', 'Petal width0,2', 'rf 0.1.0', instance]) {
      expect(text.replaceAll('\u00a0', '\u202f')).toContain(part);
    }
  });

  it('is a list of cards on a phone, of whatever data', async ({ openPage, startApi, startClient }) => {
    const api = await startApi('churn-logreg', await ownLog());
    await predict(api.url, 'phone-1', CHURNING);
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url, path: '/history', viewport: PHONE });
    const row = rowOf(page, 'phone-1');
    await row.getByText('basic').waitFor();
    await scriptRuns(page);
    await row.getByRole('button', { name: 'It was in fact' }).click();
    await expectNoSidewaysScroll(page);
    await page.getByRole('menuitem').first().click();
    await row.getByText('Saved').waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});

describe('F2-3: a log that cannot be read', () => {
  it('without one, the page says so and how to get one, and fills once there is one', async ({
    openPage,
    startApi,
    startClient,
  }) => {
    const PORT = String(await freePort());
    const api = await startApi('iris-rf', { PORT });
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url, path: '/history', expected: /404|50[02]/ });
    await page.getByRole('heading', { name: 'Predictions are not kept' }).waitFor();
    await page.getByText('PREDICTION_LOG=file:DIR').waitFor();
    await expectAccessible(page);
    await api.terminate();
    const logging = await startApi('iris-rf', { PORT, ...(await ownLog()) });
    await predict(logging.url, 'kept-1');
    await rowOf(page, 'kept-1').waitFor();
  });

  it('when its database is away, the page says so', async ({ openPage, startApi, startClient }) => {
    const api = await startApi('iris-rf', { DATABASE_URL: `postgres://iris@127.0.0.1:${await freePort()}/iris` });
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url, path: '/history', expected: /503/ });
    await page.getByText('The history cannot be read now').waitFor();
  });

  it('an address that no log can answer is refused, with a way on', async ({ openPage }) => {
    const page = await openPage({ path: '/history?cursor=nonsense', expected: /422/ });
    await page.getByText('A value was refused').waitFor();
    await page.getByRole('button', { name: 'To the newest predictions' }).click();
    await page.getByRole('region', { name: 'Prediction log' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('P5-7: with the API’s key it is read and judged, with a wrong one it is refused', async ({
    openPage,
    startApi,
    startClient,
  }) => {
    const api = await startApi('iris-rf', { ...(await ownLog()), API_KEY: 'right-key' });
    await predict(api.url, 'key-1', SETOSA, { 'x-api-key': 'right-key' });
    const allowed = await startClient({ API_URL: api.url, API_KEY: 'right-key' });
    const page = await openPage({ url: allowed.url, path: '/history' });
    await tell(page, 'key-1', 'setosa');
    await rowOf(page, 'key-1').getByText('Saved').waitFor();

    const refused = await startClient({ API_URL: api.url, API_KEY: 'wrong-key' });
    const other = await openPage({ url: refused.url, path: '/history', expected: /502/ });
    await other.getByText('The API refuses this client').waitFor();
    expect(await other.getByRole('row').count()).toBe(0);
  });
});

describe('F2-3: the API goes, and another version comes, while the page is open', () => {
  it('no word is lost or said to be kept before it is; rows stay and name their version', async ({
    openPage,
    startApi,
    startClient,
  }) => {
    const environment = { ...(await ownLog()), PORT: String(await freePort()) };
    const old = await startApi('iris-rf', environment);
    await predict(old.url, 'old-1');
    const client = await startClient({ API_URL: old.url });
    const page = await openPage({ url: client.url, path: '/history', expected: /50[02]/ });
    const row = rowOf(page, 'old-1');
    await row.getByText('rf 0.1.0').waitFor();
    await old.terminate();
    await page.getByText('This page tries again by itself').waitFor();
    await tell(page, 'old-1', 'virginica');
    await row.getByText('Not saved. The API cannot be reached').waitFor();
    expect(await row.getByText('Saved', { exact: true }).count()).toBe(0);
    await row.getByRole('button', { name: 'virginica' }).waitFor();
    await expectAccessible(page);

    const next = await startApi('iris-svm', environment);
    await row.getByRole('button', { name: 'Try again' }).click();
    await row.getByText('Saved', { exact: true }).waitFor();
    const { predictions } = await next.read<{ predictions: { feedback: string }[] }>('/predictions');
    expect(predictions[0]!.feedback).toBe('virginica');

    await predict(next.url, 'new-1');
    await page.getByRole('button', { name: 'Show 1 new prediction' }).click();
    await rowOf(page, 'new-1').getByText('svm 0.2.0').waitFor();
    await row.getByText('rf 0.1.0').waitFor();
    await page.getByLabel('Version').selectOption('0.2.0');
    await expectShown(page, ['new-1']);
  });
});
