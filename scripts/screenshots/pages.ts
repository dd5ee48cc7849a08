/** The pages, and what a person would do on each before a picture is taken. */
import type { Page } from 'playwright-core';

/** A page of the client. */
export interface Pictured {
  readonly name: string;
  readonly path: string;
  /** Resolves when the page shows what it is for. */
  readonly prepare: (page: Page) => Promise<void>;
  /** Whether it is taken before two versions at once. */
  readonly canary?: boolean;
}

/** "600 of at most …", "600 requêtes …" and more: enough for a chart, few enough not to wait long. */
const ENOUGH_REQUESTS = /^[6-9]\d\d\D/;

/** Every page, in the order of the navigation. */
export const PICTURED: readonly Pictured[] = [
  { name: 'predict', path: '/', prepare: waitForAnswer },
  { name: 'batch', path: '/batch', prepare: async () => undefined },
  // The log's days lie in the past: the usual span would be empty.
  {
    name: 'history',
    path: '/history?span=all',
    prepare: (page) => page.locator('svg[role="img"][aria-label*="setosa"]').waitFor(),
  },
  { name: 'traffic', path: '/traffic', prepare: observeTraffic, canary: true },
  { name: 'model', path: '/model', prepare: (page) => page.getByRole('table').first().waitFor() },
];

async function waitForAnswer(page: Page): Promise<void> {
  await page
    .getByRole('region', { name: /^(Answer|Réponse)$/ })
    .getByText('setosa')
    .first()
    .waitFor();
  await page.waitForLoadState('networkidle');
}

async function observeTraffic(page: Page): Promise<void> {
  await page.locator('main select').selectOption({ index: 2 });
  await page.getByRole('button', { name: /^(Start|Démarrer)$/ }).click();
  await page.getByText(ENOUGH_REQUESTS).waitFor();
}
