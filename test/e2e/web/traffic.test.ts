import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect } from 'vitest';
import { freePort } from '../../../scripts/free-port.ts';
import { type RoundRobinProxy, startRoundRobinProxy } from '../support/round-robin-proxy.ts';
import { expectAccessible, expectNoSidewaysScroll, it, PHONE } from './support/page.ts';

const [STABLE, CANARY] = ['0.1.0 (rf)', '0.2.0 (svm)'];
/** Answers after which a share of 25 % is known to ± 4 points with a probability of 95 %, were they drawn. */
const ENOUGH = 400;

const proxies: RoundRobinProxy[] = [];
afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});

async function startProxy(ports: readonly number[]): Promise<RoundRobinProxy> {
  const proxy = await startRoundRobinProxy(ports);
  proxies.push(proxy);
  return proxy;
}

/** Numbers of a table's row, without signs of percent. */
async function numbersOf(page: Page, panel: string, row: string): Promise<number[]> {
  const cells = await page
    .getByRole('region', { name: panel })
    .getByRole('row')
    .filter({ hasText: row })
    .getByRole('cell')
    .allTextContents();
  return cells.flatMap((text) => text.match(/[\d.,]+/g) ?? []).map((text) => Number(text.replace(',', '')));
}

async function sentBy(page: Page): Promise<number> {
  const text = await page.getByText(/requests sent$/).textContent();
  return Number(/^[\d,]+/.exec(text ?? '')?.[0].replace(',', ''));
}

describe('F2-3: the traffic by version', () => {
  it('a canary of one connection in four is seen as such; an instance that dies, and comes back, too', async ({
    openPage,
    startApi,
    startClient,
  }) => {
    const port = await freePort();
    const stable = await startApi('iris-rf');
    const canary = await startApi('iris-svm', { PORT: String(port) });
    const proxy = await startProxy([stable.port, stable.port, stable.port, port]);
    const client = await startClient({ API_URL: proxy.url });
    const page = await openPage({ url: client.url, path: '/traffic', expected: /502/ });
    await page.getByLabel('Requests a second').selectOption('50/s');
    await page.getByRole('button', { name: 'Start' }).click();

    await expect.poll(() => sentBy(page)).toBeGreaterThan(ENOUGH);
    const [, share, low, high] = await numbersOf(page, 'Answers by version', CANARY);
    expect(share).toBeGreaterThan(21);
    expect(share).toBeLessThan(29);
    expect(low).toBeLessThan(25);
    expect(high).toBeGreaterThan(25);
    const [, stableShare] = await numbersOf(page, 'Answers by version', STABLE);
    expect(stableShare! + share!).toBeCloseTo(100, 0);
    await page.getByText('None: every request was answered.').waitFor();
    await page.getByRole('img', { name: /Share of the requests over time/ }).waitFor();

    await canary.terminate();
    await expect.poll(() => numbersOf(page, 'Failed requests', 'Connection broken')).toHaveLength(1);
    await expectAccessible(page);

    await startApi('iris-svm', { PORT: String(port) });
    await page.getByText('The last columns as a table').click();
    const newest = page.getByRole('region', { name: 'Share of the requests' }).getByRole('row').nth(1).getByRole('cell');
    // Columns stand in the order of the first answers, and two probes on their way together may be answered in either.
    const shares = async () => (await newest.allTextContents()).sort();
    await expect.poll(shares).toEqual(['0%', expect.stringMatching(/^2/), expect.stringMatching(/^7/)]);
    const [failed] = await numbersOf(page, 'Failed requests', 'Together');
    expect(failed).toBeGreaterThan(5);
  });

  it('pauses, goes on after a reload, is downloaded whole, and starts again from nothing', async ({ openPage }) => {
    const page = await openPage({ path: '/traffic' });
    await page.getByRole('button', { name: 'Start' }).click();
    await expect.poll(() => sentBy(page)).toBeGreaterThan(40);
    const before = await sentBy(page);
    await page.reload();
    await expect.poll(() => sentBy(page)).toBeGreaterThan(before);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused').waitFor();
    const paused = await sentBy(page);

    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download CSV' }).click()]);
    const [header, ...rows] = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    expect(header).toBe('time,version,model,instance,failure,requests');
    expect(rows.reduce((sum, row) => sum + Number(row.split(',').at(-1)), 0)).toBe(paused);
    expect(rows[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,0\.1\.0,rf,.+,,\d+$/);
    expect(await sentBy(page)).toBe(paused);

    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByText('Not started').waitFor();
    expect(await sentBy(page)).toBe(0);
  });

  it('sends nothing more once its page is closed', async ({ openPage, startApi, startClient }) => {
    const api = await startApi('iris-rf');
    const { url, connections } = await startProxy([api.port]);
    const client = await startClient({ API_URL: url });
    const page = await openPage({ url: client.url, path: '/traffic' });
    await page.getByRole('button', { name: 'Start' }).click();
    await expect.poll(() => sentBy(page)).toBeGreaterThan(40);
    await page.close();
    // What was on its way may still come: silence is two looks with nothing in between.
    async function newConnections(): Promise<number> {
      const before = connections();
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return connections() - before;
    }
    await expect.poll(newConnections).toBe(0);
  });

  it('is accessible and fits a phone while it runs, in French and in the dark as well', async ({ openPage }) => {
    const page = await openPage({ path: '/traffic', locale: 'fr', viewport: PHONE });
    await page.getByRole('button', { name: 'Démarrer' }).click();
    await page.getByRole('img', { name: /./ }).waitFor();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    await expectAccessible(page);
  });
});
