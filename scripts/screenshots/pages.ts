/** The pages, and what a person would do on each before a picture is taken. */
import type { Page } from 'playwright-core';

/** A page of the client. */
export interface Pictured {
  readonly name: string;
  readonly path: string;
  /** Resolves when the page shows what it is for. */
  readonly prepare: (page: Page) => Promise<void>;
}

/** Every page, in the order of the navigation. */
export const PICTURED: readonly Pictured[] = [
  { name: 'predict', path: '/', prepare: async () => undefined },
  { name: 'batch', path: '/batch', prepare: async () => undefined },
  // The log's days lie in the past: the usual span would be empty.
  { name: 'history', path: '/history?span=all', prepare: waitForFigures },
  { name: 'traffic', path: '/traffic', prepare: async () => undefined },
  { name: 'model', path: '/model', prepare: (page) => page.getByRole('table').first().waitFor() },
];

async function waitForFigures(page: Page): Promise<void> {
  await page.locator('svg[role="img"][aria-label*="setosa"]').waitFor();
}
