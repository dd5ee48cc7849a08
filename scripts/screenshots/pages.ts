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

/** The form asks by itself; the plot comes after it, and what it is drawn over. */
async function waitForAnswer(page: Page): Promise<void> {
  const answer = page.getByRole('region', { name: /^(Answer|Réponse)$/ });
  // The first class may have a bar of no width.
  await answer.getByRole('progressbar').first().waitFor({ state: 'attached' });
  await page.locator('main svg[role="img"]').first().waitFor();
  await page.waitForLoadState('networkidle');
  // An example, once the page is idle: the time that is shown is an answer's, not that of a page which is still loading.
  const answered = page.waitForResponse(/\/api\/predict\?/);
  await page.getByRole('button', { name: 'virginica', exact: true }).click();
  await answered;
  await page.waitForLoadState('networkidle');
}

async function observeTraffic(page: Page): Promise<void> {
  await page.locator('main select').selectOption({ index: 2 });
  await page.getByRole('button', { name: /^(Start|Démarrer)$/ }).click();
  await page.getByText(ENOUGH_REQUESTS).waitFor();
}
