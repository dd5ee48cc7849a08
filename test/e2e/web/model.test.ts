import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { runScript } from '../support/processes.ts';
import { expectAccessible, expectNoSidewaysScroll, it, PHONE } from './support/page.ts';

interface Card {
  readonly checksum: string;
  readonly metrics: {
    readonly accuracy: { readonly mean: number; readonly standardError: number };
    readonly confusionMatrix: number[][];
  };
  readonly dataset: { readonly description: string; readonly features: readonly { readonly name: string }[] };
  readonly training: { readonly engine: string; readonly options: Readonly<Record<string, number>> };
}

/** A model with its figures: those of the other tests are trained without. */
let evaluated: string;
beforeAll(async () => {
  evaluated = join(await mkdtemp(join(tmpdir(), 'iris-evaluated-')), 'iris-svm.json');
  const options = ['--dataset', 'iris', '--model', 'svm', '--version', '0.9.0', '--evaluate', 'full', '--out', evaluated];
  expect(await runScript('train', options)).toMatchObject({ code: 0 });
});

/** Text of the panels by their name. */
const panel = (page: Page, name: string | RegExp) => page.getByRole('region', { name }).first();

async function matrixCounts(page: Page): Promise<number[][]> {
  const rows = await page.getByRole('table').first().locator('tbody tr').all();
  return Promise.all(
    rows.map(async (row) =>
      (await row.locator('td > span:last-child').allTextContents()).map((text) => Number(text.replace(',', ''))),
    ),
  );
}

describe('F2-3: the model card', () => {
  it('shows what the API says of an evaluated model', async ({ openPage, startApi, startClient }) => {
    const api = await startApi('iris-svm', { MODEL_FILE: evaluated });
    const card = await api.read<Card>('/model');
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url, path: '/model' });
    const { mean, standardError } = card.metrics.accuracy;
    await panel(page, 'On unseen samples')
      .getByText(`${mean.toFixed(3)} ± ${standardError.toFixed(3)}`)
      .waitFor();
    await page.getByText('Cross-validated over 100 fits').waitFor();
    expect(await matrixCounts(page)).toEqual(card.metrics.confusionMatrix);
    // Readable without colour: every cell says its share, and the right ones are framed.
    expect(await page.locator('[data-correct="true"]').allTextContents()).toEqual(
      card.metrics.confusionMatrix.map((row, index) => expect.stringMatching(new RegExp(`%${row[index]}$`))),
    );
    const training = await panel(page, 'Training').textContent();
    for (const text of ['Support vector machine', card.training.engine, card.checksum, ...Object.keys(card.training.options)]) {
      expect(training).toContain(text);
    }
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy the checksum' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(card.checksum);
    await expectAccessible(page);
    await page.setViewportSize(PHONE);
    await expectNoSidewaysScroll(page);
  });

  it('is of whatever model answers: another dataset’s takes over while the page is open', async ({
    openPage,
    startApi,
    startClient,
  }) => {
    const PORT = String(await freePort());
    const soil = await startApi('third-rf', { PORT });
    const client = await startClient({ API_URL: soil.url });
    const page = await openPage({ url: client.url, path: '/model', locale: 'fr', expected: /50[02]/ });
    await page.getByText('Ce modèle n’a pas été évalué à l’entraînement').waitFor();
    const card = await soil.read<Card>('/model');
    const { labels } = await soil.read<{ labels: string[] }>('/samples');
    const dataset = panel(page, /^Données.: soil$/);
    await dataset.getByText(card.dataset.description).waitFor();
    const sand = labels.filter((label) => label === 'sand').length;
    expect(await dataset.getByRole('listitem').allTextContents()).toContain(`sand${sand}`);
    expect(await dataset.getByRole('row').count()).toBe(card.dataset.features.length + 1);
    await dataset.getByRole('row', { name: /^Colour Au choix pale, brown, grey ou black$/ }).waitFor();
    await expectAccessible(page);

    await soil.terminate();
    const iris = await startApi('iris-svm', { PORT, MODEL_FILE: evaluated });
    await page.getByText('Validation croisée sur 100 entraînements').waitFor();
    const { checksum, metrics } = await iris.read<Card>('/model');
    await panel(page, 'Entraînement').getByText(checksum).waitFor();
    await page.getByText(`${metrics.accuracy.mean.toFixed(3)} ±`.replace('.', ',')).waitFor();
    await panel(page, /^Données.: iris$/).waitFor();
  });

  it('L6-1: of churn shows categories and counts, on a phone too', async ({ openPage, startApi, startClient }) => {
    const api = await startApi('churn-logreg');
    const client = await startClient({ API_URL: api.url });
    const page = await openPage({ url: client.url, path: '/model', viewport: PHONE, colorScheme: 'dark' });
    const dataset = panel(page, 'Dataset: churn');
    await dataset.getByText('Counts among the 1,000 reference samples').waitFor();
    await dataset.getByText(/^basic, /).waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});
