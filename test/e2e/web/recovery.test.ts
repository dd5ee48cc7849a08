import { describe, expect } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { it } from './support/page.ts';

describe('F2-3: an API that comes and goes', () => {
  it('is shown as away, and the form comes by itself once it is there', async ({ openPage, startApi, startClient }) => {
    const port = await freePort();
    const client = await startClient({ API_URL: `http://127.0.0.1:${port}` });
    const page = await openPage({ url: client.url, expected: /502/ });
    await page.getByText('The API cannot be reached').waitFor();
    await page.getByText('Unreachable').waitFor();
    await startApi('iris-rf', { PORT: String(port) });
    await page.getByLabel('Sepal length (cm)').first().waitFor();
    await page.getByText('Healthy').waitFor();
    expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0);
  });

  it('loses nothing that was typed, and the new version shows without a reload', async ({ openPage, startApi, startClient }) => {
    const port = await freePort();
    const PORT = String(port);
    const first = await startApi('iris-rf', { PORT });
    const client = await startClient({ API_URL: `http://127.0.0.1:${port}` });
    const page = await openPage({ url: client.url, expected: /502/ });
    const field = page.getByLabel('Sepal length (cm)').first();
    await field.fill('5.7');
    const backend = page.getByRole('region', { name: 'Backend info' });
    await backend.getByText('0.1.0').waitFor();
    await first.terminate();
    await backend.getByText('Unreachable').waitFor();
    await startApi('iris-svm', { PORT });
    await backend.getByText('0.2.0').waitFor();
    expect(await field.inputValue()).toBe('5.7');
  });

  it('the language changes without losing what was typed', async ({ openPage }) => {
    const page = await openPage();
    const field = page.getByLabel('Sepal length (cm)').first();
    await field.fill('5.7');
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByRole('heading', { name: 'Prédire' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    expect(await page.getByLabel('Sepal length (cm)').first().inputValue()).toBe('5,7');
  });
});
