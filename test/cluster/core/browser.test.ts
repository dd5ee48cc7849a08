import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { it } from '../../e2e/web/support/page.ts';
import { nodePortUrl } from '../support/folders.ts';
import { useSuite } from '../support/suite.ts';

const suite = useSuite('browser');

/** Records every state that "Backend info" passes through, from the first to the last. */
const RECORD = `
  globalThis.moods = [];
  const look = () => {
    const mood = document.querySelector('[role=status][data-mood]')?.dataset.mood;
    if (mood && moods.at(-1) !== mood) moods.push(mood);
  };
  look();
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
`;

async function showsBackend(page: Page, version: string, model: string): Promise<void> {
  const strip = page.getByRole('region', { name: 'Backend info' });
  await strip.getByText(version, { exact: true }).waitFor({ timeout: 90_000 });
  await strip.getByText(model, { exact: true }).waitFor();
}

async function predictsSetosa(page: Page): Promise<void> {
  await page.getByLabel('Petal length (cm)').first().fill('1.4');
  await page.getByLabel('Petal width (cm)').first().fill('0.2');
  await page.getByRole('button', { name: 'Predict', exact: true }).click();
  // The label, before the bars of all classes.
  await page.getByRole('region', { name: 'Answer' }).getByText('setosa', { exact: true }).first().waitFor();
}

describe('F2-3, F2-5: the page on port 30801', () => {
  it('shows version and model while the server is updated, and never an error', async ({ openPage }) => {
    await suite.deploy('rolling');
    const page = await openPage({ url: nodePortUrl(30801) });
    await showsBackend(page, '0.1.0', 'rf');
    await page.evaluate(RECORD);
    await predictsSetosa(page);
    await suite.kubectl('set', 'image', 'deployment/mlops-server', 'mlops-server=mlops-server:0.2.0');
    await suite.rolledOut('mlops-server');
    await showsBackend(page, '0.2.0', 'svm');
    await predictsSetosa(page);
    expect(await page.evaluate('moods')).not.toContain('bad');
    expect(await page.evaluate('moods')).toContain('good');
  });
});
