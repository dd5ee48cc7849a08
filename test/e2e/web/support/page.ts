/** Pages of a real browser for tests: `it` with `openPage`, and the checks that every page has to pass. */
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { it as base, expect, inject } from 'vitest';
import { type ApiProcess, startApiProcess } from '../../support/api-process.ts';
import { type ClientProcess, startClient as startClientProcess } from './client-process.ts';

interface PageOptions {
  readonly path?: string;
  readonly locale?: 'en' | 'fr';
  readonly colorScheme?: 'light' | 'dark';
  /** Size of the window in CSS pixels. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Another client than the one that all tests share. */
  readonly url?: string;
  /** Problems that the test provokes: messages of the console that match are not held against the page. */
  readonly expected?: RegExp;
}

type OpenPage = (options?: PageOptions) => Promise<Page>;

/** Every page, by its path. */
export const PATHS = ['/', '/batch', '/history', '/traffic', '/drift', '/chat', '/model', '/models'] as const;

/** A phone; the window is a laptop's unless a test says otherwise. */
export const PHONE = { width: 360, height: 740 };
const LAPTOP = { width: 1280, height: 800 };

interface Fixtures {
  /** Starts an API with one of the models that `train-models.ts` trains; ended after the test and after its pages. */
  readonly startApi: (model: string, environment?: Readonly<Record<string, string>>) => Promise<ApiProcess>;
  /** Starts a client of the test's own; ended likewise. */
  readonly startClient: (environment: Readonly<Record<string, string>>) => Promise<ClientProcess>;
  readonly browser: Browser;
  readonly openPage: OpenPage;
}

/** vitest's `it` with pages. A page that logs an error, breaks its policy or asks another host fails its test. */
export const it = base.extend<Fixtures>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are used
    async ({}, use) => {
      const { path, environment } = inject('chromium');
      const browser = await chromium.launch({
        executablePath: path,
        args: ['--no-sandbox', '--disable-gpu', '--headless=shell'],
        env: { ...process.env, ...environment },
      });
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  startApi: async ({}, use) => {
    const started: ApiProcess[] = [];
    await use(async (model, environment = {}) => {
      const api = await startApiProcess({ MODEL_FILE: join(inject('models'), `${model}.json`), ...environment });
      started.push(api);
      return api;
    });
    await Promise.all(started.map((api) => api.terminate()));
  },
  // It asks for `startApi` only to be ended before it, as pages are before both: a page whose server is gone logs errors.
  startClient: async ({ startApi: _first }, use) => {
    const started: ClientProcess[] = [];
    await use(async (environment) => {
      const client = await startClientProcess(environment);
      started.push(client);
      return client;
    });
    await Promise.all(started.map((client) => client.terminate()));
  },
  openPage: async ({ browser, startClient: _first }, use) => {
    const contexts: BrowserContext[] = [];
    const problems: string[] = [];
    await use(async ({ path = '/', locale = 'en', colorScheme = 'light', viewport = LAPTOP, url, expected } = {}) => {
      const context = await browser.newContext({
        locale: locale === 'fr' ? 'fr-FR' : 'en-GB',
        colorScheme,
        viewport,
        reducedMotion: 'reduce',
      });
      contexts.push(context);
      const page = await context.newPage();
      const address = url ?? inject('clientUrl');
      collectProblems(page, address, (problem) => expected?.test(problem) || problems.push(problem));
      await page.goto(address + path);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(problems).toEqual([]);
  },
});

/** Errors and warnings of the console (breaches of the policy and faults of hydration among them), exceptions, requests to other hosts. */
function collectProblems(page: Page, address: string, tell: (problem: string) => void): void {
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) tell(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => tell(`exception: ${error.stack}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(blob|data):/.test(url)) tell(`request to ${url}`);
  });
}

/** Colours that are on their way to others have a contrast that is nobody's; people who ask for less motion see them too. */
const TRANSITIONS_ENDED =
  'Promise.allSettled(document.getAnimations().filter((each) => each instanceof CSSTransition).map(({ finished }) => finished))';

/** Expects that axe finds no fault of accessibility. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(TRANSITIONS_ENDED);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`)}`),
  ).toEqual([]);
}

/** Expects that the page is no wider than its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, window] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  expect(content).toBeLessThanOrEqual(window);
}
