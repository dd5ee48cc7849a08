/** L6-7: whether live data still look like the training data, seen on a page: real predictions, real verdicts. */

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplesOf } from '@iris/dataset';
import { generateChurn } from '@iris/dataset/churn';
import { runSql, startTemporaryPostgres } from '@iris/local-postgres';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import type { ApiProcess } from '../support/api-process.ts';
import { expectAccessible, expectNoSidewaysScroll, it, PHONE } from './support/page.ts';

/** A log of files that no other test writes to. */
async function ownLog(): Promise<{ readonly PREDICTION_LOG: string }> {
  return { PREDICTION_LOG: `file:${await mkdtemp(join(tmpdir(), 'iris-drift-page-'))}` };
}

interface Answers {
  readonly predictions: readonly { readonly request_id: string; readonly prediction: string }[];
}

/** Customers as those of the training, with another tenure where one is given; resolves when they are in the log. */
async function sendCustomers(
  api: ApiProcess,
  sampleCount: number,
  tenureOf: (tenure: number) => number = (tenure) => tenure,
): Promise<Answers['predictions']> {
  const before = await count(api);
  const instances = samplesOf(generateChurn({ seed: 11, sampleCount })).map(([tenure, ...others]) => ({
    features: [tenureOf(Number(tenure)), ...others],
  }));
  const { predictions } = await api.send<Answers>('/predict/batch', { instances });
  await expect.poll(() => count(api)).toBe(before + sampleCount);
  return predictions;
}

const count = async (api: ApiProcess) => (await api.read<{ predictions: number }>('/predictions/stats')).predictions;

const half = (tenure: number) => Math.ceil(tenure / 2);

/** The names of the columns with a picture, as they follow one another. */
const columns = (page: Page) => page.getByRole('article').getByRole('heading', { level: 3 }).allTextContents();

const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' }).getByRole('status');

describe('the drift page', () => {
  it('says which column drifts, shows it first, against the training data, in a picture and in figures', async ({
    openPage,
    startApi,
    startClient,
  }) => {
    const api = await startApi('churn-logreg', await ownLog());
    await sendCustomers(api, 400, half);
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url, path: '/drift?last=1h' });
    expect(await verdict(page).textContent()).toMatch(/^Drift: [12] of 6 columns no longer looks? like the training data\.$/);
    const compared = (await page.getByRole('region', { name: 'Verdict' }).textContent())!;
    expect(compared).toContain('400 predictions between');
    expect(compared).toContain('Compared with up to 1,000 training rows of logreg');

    const [first, ...others] = await columns(page);
    expect(first).toMatch(/^Tenure months/);
    expect(others).toHaveLength(5);
    const card = page.getByRole('article').first();
    await card.getByText('Drift', { exact: true }).waitFor();
    await card
      .getByRole('img', { name: /^Tenure months.*training against live\. Most different: .*% in training and .*% live/ })
      .waitFor();
    await card.getByText(/^Effect 0\.\d+ standard deviations, alarm from 0\.1; adjusted p <\s0\.001\.$/).waitFor();
    await card.getByText('In figures').click();
    const rows = card.getByRole('row');
    expect(await rows.nth(1).textContent()).toMatch(/^0 to 5[\d.]+%[\d.]+%$/);
    const cells = await card.getByRole('cell').allTextContents();
    const live = cells.filter((_, index) => index % 2 === 1).map(Number.parseFloat);
    expect(live.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 0);

    const table = page.getByRole('region', { name: 'All columns' });
    expect(await table.getByRole('row').nth(1).textContent()).toMatch(/^Tenure months.*DriftKolmogorov–Smirnov/);
    expect(await table.getByRole('row').last().getByText('Drift', { exact: true }).count()).toBe(0);
    await page.getByRole('img', { name: /Share of columns that drift over time: some in 1 of 1 period/ }).waitFor();
    await expectAccessible(page);
    await page.setViewportSize(PHONE);
    await expectNoSidewaysScroll(page);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    await expectAccessible(page);
  });

  it('says none for customers as before, and sets the accuracy of feedback beside the expected one, over time too', async ({
    openPage,
    startApi,
    startClient,
  }) => {
    const api = await startApi('churn-logreg', await ownLog());
    const predictions = await sendCustomers(api, 300);
    for (const [index, { request_id, prediction }] of predictions.slice(0, 20).entries()) {
      const label = index < 15 ? prediction : ({ yes: 'no', no: 'yes' }[prediction] ?? prediction);
      expect((await api.post('/feedback', { request_id, label })).status).toBe(200);
    }
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url, path: '/drift', locale: 'fr' });
    const region = page.getByRole('region', { name: 'Exactitude' });
    await page
      .getByText(/^Pas de dérive/)
      .first()
      .waitFor();
    const text = (await region.textContent())!.replaceAll(/[\u00a0\u202f]/g, ' ');
    expect(text).toMatch(/Attendue, sans retours\d\d(,\d)? %/);
    expect(text).toMatch(/Mesurée par les retours75 %Intervalle à 95 % de 53,1 % à 88,8 %, sur 20 prédictions vérifiées\./);
    await page.getByRole('img', { name: /^Exactitude en service au fil du temps, sur 1 tranche vérifiée/ }).waitFor();
    const overTime = page.getByRole('region', { name: 'Au fil du temps' });
    await overTime.getByText('En chiffres').click();
    expect((await overTime.getByRole('row').nth(1).textContent())!.replaceAll(/[\u00a0\u202f]/g, ' ')).toMatch(
      /3002075 %de 53,1 % à 88,8 %0 %/,
    );
    await expectAccessible(page);
  });

  it('marks where another version came', async ({ openPage, startApi, startClient }) => {
    const postgres = await startTemporaryPostgres();
    try {
      const api = await startApi('churn-logreg', { DATABASE_URL: postgres.url });
      await sendCustomers(api, 100);
      await runSql(
        postgres.url,
        `INSERT INTO predictions (record_id, request_id, created_at, churned, model, version, features, probabilities, instance, feedback)
         SELECT gen_random_uuid(), 'old-' || id, created_at - interval '3 hours', churned, model, '0.9.0', features, probabilities, instance, churned
         FROM predictions`,
      );
      const client = await startClient({ API_URL: api.url });
      const page = await openPage({ url: client.url, path: '/drift' });
      const name = 'Live accuracy over time, from 1 period with feedback; another version came once.';
      const picture = page.getByRole('img', { name });
      await picture.waitFor();
      expect(await picture.textContent()).toContain('1.0.0');
      const overTime = page.getByRole('region', { name: 'Over time' });
      await overTime.getByText('In figures').click();
      const rows = await overTime.getByRole('row').allTextContents();
      expect(rows.slice(1).map((row) => /(0\.9|1\.0)\.0100(0–|100)/.exec(row)?.[0])).toEqual(['1.0.01000–', '0.9.0100100']);
    } finally {
      await postgres.stop();
    }
  });

  it('says too few, and what it takes; another span is another address', async ({ openPage, startApi, startClient }) => {
    const api = await startApi('churn-logreg', await ownLog());
    await sendCustomers(api, 12);
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url, path: '/drift' });
    await expect
      .poll(() => verdict(page).textContent())
      .toBe('Too few predictions for a verdict: at least 50 are needed, there are 12.');
    expect(await page.getByText('Too few values for a test: 12.').count()).toBe(6);
    await expectAccessible(page);
    // The switch works once the page's script runs.
    await page
      .getByRole('img', { name: /training against live/ })
      .first()
      .waitFor();
    await page.getByLabel('Predictions of').selectOption('7d');
    await page.waitForURL(/\?last=7d$/);
    await page.reload();
    expect(await page.getByLabel('Predictions of').inputValue()).toBe('7d');
    await expect.poll(() => verdict(page).textContent()).toMatch(/there are 12\.$/);
  });
});

describe('a drift page that cannot be filled', () => {
  it('without a log says how to get one, and fills once there is one', async ({ openPage, startApi, startClient }) => {
    const PORT = String(await freePort());
    const api = await startApi('churn-logreg', { PORT });
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url, path: '/drift', expected: /404|50[02]/ });
    await page.getByRole('heading', { name: 'Predictions are not kept' }).waitFor();
    await expectAccessible(page);
    await api.terminate();
    const logging = await startApi('churn-logreg', { PORT, ...(await ownLog()) });
    await sendCustomers(logging, 100);
    await expect.poll(() => verdict(page).textContent()).toMatch(/^No drift/);
  });

  it('keeps what it shows while the API is away, and says so', async ({ openPage, startApi, startClient }) => {
    const environment = { ...(await ownLog()), PORT: String(await freePort()) };
    const api = await startApi('churn-logreg', environment);
    await sendCustomers(api, 100);
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url, path: '/drift', expected: /50[02]/ });
    await expect.poll(() => verdict(page).textContent()).toMatch(/^No drift/);
    await page.getByRole('img', { name: /Share of columns that drift over time/ }).waitFor();
    await api.terminate();
    await page.getByText('This page tries again by itself').waitFor();
    expect(await verdict(page).textContent()).toMatch(/^No drift/);
    expect(await columns(page)).toHaveLength(6);
    await startApi('churn-logreg', environment);
    await page.getByText('This page tries again by itself').waitFor({ state: 'detached' });
  });

  it('shows no drift of another span over time while that of the new one does not come, and says so', async ({
    openPage,
    startApi,
    startClient,
  }) => {
    const api = await startApi('churn-logreg', await ownLog());
    await sendCustomers(api, 200, half);
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url, path: '/drift', expected: /503/ });
    const late = { status: 503, title: 'Service Unavailable', code: 'DRIFT_TIMEOUT', detail: 'late' };
    await page.route('**/api/drift/timeline?last=7d', (route) => route.fulfill({ status: 503, json: late }));
    const overTime = page.getByRole('region', { name: 'Over time' });
    const picture = (drifting: string) =>
      overTime.getByRole('img', { name: `Share of columns that drift over time: ${drifting}` });
    await picture('some in 1 of 1 period').waitFor();
    await overTime.getByLabel('Span').selectOption('7d');
    await overTime.getByRole('alert').getByText('The predictions are still being read').waitFor();
    await picture('some in 0 of 0 periods').waitFor();
    await page.unroute('**/api/drift/timeline?last=7d');
    await picture('some in 1 of 1 period').waitFor();
    await expect.poll(() => overTime.getByRole('alert').count()).toBe(0);
  });

  it('P5-7: is read with the API’s key, and refused with a wrong one', async ({ openPage, startApi, startClient }) => {
    const api = await startApi('churn-logreg', { ...(await ownLog()), API_KEY: 'right-key' });
    const allowed = await startClient({ API_URL: api.url, API_KEY: 'right-key' });
    const page = await openPage({ url: allowed.url, path: '/drift' });
    await expect.poll(() => verdict(page).textContent()).toMatch(/there are none\.$/);
    const refused = await startClient({ API_URL: api.url, API_KEY: 'wrong-key' });
    const other = await openPage({ url: refused.url, path: '/drift', expected: /502/ });
    await other.getByText('The API refuses this client').waitFor();
    expect(await verdict(other).count()).toBe(0);
  });
});
